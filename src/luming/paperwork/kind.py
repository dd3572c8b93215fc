"""Kinds of papers that a case brings forth, and how each is numbered.

A number is 机关代字 + the kind's sign + 〔year〕 + serial number + 号, as of reminder letters (luming.reporting). No source
states the signs of Baotou's offices: ours, until an office sets its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper.

    Attributes:
        key: by which processes name it.
        label: by which people name it; processes may use it too.
        sign: what its numbers carry behind the office's 机关代字 (平台默认口径).
        public: whether what is produced is meant for everybody.
        inside: whether it goes from office to office, and is not for the subject of the case.
    """

    key: str
    label: str
    sign: str
    public: bool = False
    inside: bool = False


KINDS: Mapping[str, PaperKind] = {
    one.key: one
    for one in (
        PaperKind("acceptance", "受理通知书", "受"),
        PaperKind("supplement", "补正通知书", "补"),
        PaperKind("rejection", "不予受理通知书", "不受"),
        PaperKind("publicity", "公示", "示", public=True),
        PaperKind("decision", "决定书", "决"),
        PaperKind("supervision", "督办函", "督", inside=True),
        PaperKind("agreement", "协议书", "协"),
        PaperKind("task_book", "任务书", "任"),
        PaperKind("acceptance_opinion", "验收意见书", "验"),
        PaperKind("payment_receipt", "拨付回执", "拨"),
        PaperKind("recovery", "追回通知书", "追"),
        PaperKind("evaluation_report", "评价报告", "评"),
        PaperKind("card", "人才服务卡", "才"),
    )
}


def kind_named(name: str) -> PaperKind:
    """The kind of a key or a label.

    Raises:
        KeyError: there is none.
    """
    for kind in KINDS.values():
        if name in (kind.key, kind.label):
            return kind
    raise KeyError(name)


def paper_number(mark: str, year: int, serial: int) -> str:
    """The number of a paper.

    Raises:
        ValueError: the serial number does not begin at 1.

    >>> paper_number("包科受", 2026, 7)
    '包科受〔2026〕7号'
    """
    if serial < 1:
        raise ValueError(f"serial numbers begin at 1, not {serial}")
    return f"{mark}〔{year}〕{serial}号"
