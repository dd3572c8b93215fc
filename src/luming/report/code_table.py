"""The last part of a paper with codes: 核验码, one row for each subject, and the sign of one figure to scan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from luming.report.codes import COUNTS, Coded
from luming.report.model import (
    CodeMark,
    Column,
    Inline,
    Inlines,
    Paper,
    Row,
    Table,
    Text,
    inlines_of,
    keys_in,
)
from luming.report.typeset import set_text

CAPTION = "核验码"
HOW = "在存有本次结果的电脑上输入 luming recompute 核验码，即由存下的条款、规则和数据重新算出同一个数。"
_LEADS = ("completion", "value", "target")


@dataclass(frozen=True, slots=True)
class Printed:
    """The codes that a paper prints.

    Attributes:
        table: the table of codes.
        line: the same on running lines, for papers that must not pass a page.
        sign: what the sign to scan holds; `sign_note` says which figure it is about.
    """

    table: Table
    line: Inlines
    sign: str
    sign_note: str


def printed_codes(paper: Paper) -> Printed | None:
    """What a paper prints of its figures' codes; None where it has none."""
    found = codes_in(paper)
    if not found:
        return None
    lead = signed(found)
    columns = (Column("项目", "left", 2.0), Column("数字和核验码", "left", 7.5))
    rows = tuple(Row(((Text(set_text(group)),), _cell(held))) for group, held in _grouped(found))
    return Printed(Table(columns, rows, CAPTION, (HOW,)), tuple(_line(found)), lead.opens, sign_note(lead))


def codes_in(paper: Paper) -> tuple[Coded, ...]:
    """The codes of the figures that the paper prints, each once, in reading order."""
    keys = dict.fromkeys(
        key for inlines in inlines_of((*paper.blocks, *paper.annex)) for key in keys_in(inlines)
    )
    return tuple(one for one in map(paper.codes.get, keys) if one is not None)


def signed(found: Sequence[Coded]) -> Coded:
    """The figure of the sign: the first completion, else the first figure of a target, else the first."""
    for kind in _LEADS:
        for one in found:
            if one.kind == kind:
                return one
    return found[0]


def sign_note(lead: Coded) -> str:
    """What the sign is about."""
    return set_text(f"扫此码看“{lead.label} {lead.words}”（{lead.code}）的条款、规则和数据。")


def _grouped(found: Sequence[Coded]) -> list[tuple[str, list[Coded]]]:
    groups: dict[str, list[Coded]] = {}
    for one in found:
        groups.setdefault("总体" if one.kind in COUNTS else _subject(one), []).append(one)
    return list(groups.items())


def _subject(one: Coded) -> str:
    """Under which name a code stands; missing figures stand together."""
    return "缺数" if one.kind == "missing" else one.group


def _cell(held: Sequence[Coded], between: str = "；") -> Inlines:
    inlines: list[Text | CodeMark] = []
    for one in held:
        inlines += [Text(set_text(f"{between if inlines else ''}{one.said}")), CodeMark(one.code, one.href)]
    return tuple(inlines)


def _line(found: Sequence[Coded]) -> Iterator[Inline]:
    yield Text(f"{CAPTION}：")
    for at, (group, held) in enumerate(_grouped(found)):
        yield Text(f"{'；' if at else ''}{set_text(group)}：")
        yield from _cell(held, "、")
