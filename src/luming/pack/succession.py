"""From year to year: what a document changes against the one before, and a draft for the next.

Commitments are matched by `continues`, then by indicator, then by id; levels are compared after conversion of units.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from luming.errors import UnitMismatch
from luming.mark import Mark
from luming.pack.files import CommitmentsFile, DocumentFile, DutiesFile, MonitorFile, SourcesFile
from luming.pack.model import Commitment, Duty, Pack
from luming.pack.writer import to_yaml
from luming.unit import convert, same_kind


@dataclass(frozen=True, slots=True)
class Change:
    """One commitment against its predecessor.

    `kind`: new, dropped, raised, lowered, same, reworded (the level stands, but the comparator or the growth asked
    beside it differ), changed (units that cannot be compared), or unknown (the old pack is partial and holds no such
    commitment, which does not mean that the old document had none).
    `percent`: change of the level in percent of the old; None where it cannot be reckoned.
    """

    kind: str
    old: Commitment | None
    new: Commitment | None
    percent: Decimal | None = None

    @property
    def label(self) -> str:
        """The kind as an officer says it."""
        return {
            "new": "新增",
            "dropped": "不再提出",
            "raised": "提高",
            "lowered": "降低",
            "same": "持平",
            "reworded": "数值持平,要求有变",
            "changed": "口径改变",
            "unknown": "原年未收录",
        }[self.kind]


def compare(old: Pack, new: Pack) -> tuple[Change, ...]:
    """What the new document changes, in its order; what it dropped comes last, in the order of the old.

    Dropped is only said of a whole pack: a partial pack of the new year does not show what is absent.
    """
    previous = {item.id: item for item in old.commitments}
    by_indicator = {item.indicator: item for item in old.targets() if item.indicator}
    met: set[str] = set()
    changes = []
    for item in new.commitments:
        before = previous.get(item.continues) or by_indicator.get(item.indicator) or previous.get(item.id)
        if before is not None:
            met.add(before.id)
        absent = "unknown" if old.document.partial else "new"
        changes.append(_change(before, item) if before else Change(absent, None, item))
    if not new.document.partial:
        changes += [Change("dropped", item, None) for item in old.commitments if item.id not in met]
    return tuple(changes)


def _change(old: Commitment, new: Commitment) -> Change:
    if old.value is None or new.value is None or old.value == 0 or not _comparable(old, new):
        return Change("changed", old, new)
    before = convert(old.value, old.unit, new.unit)
    kind = "raised" if new.value > before else "lowered" if new.value < before else "same"
    if kind == "same" and _demand(old) != _demand(new):
        kind = "reworded"
    return Change(kind, old, new, (new.value - before) / before * 100)


def _comparable(old: Commitment, new: Commitment) -> bool:
    """Whether the levels can be compared; a draft may hold units that nobody has put right yet."""
    try:
        return same_kind(old.unit, new.unit)
    except UnitMismatch:
        return False


def _demand(item: Commitment) -> tuple[object, ...]:
    growth = item.growth and (item.growth.comparator, item.growth.value, item.growth.unit)
    return item.comparator, growth, item.aspiration


def rollover_files(pack: Pack, year: int, serial: int = 1) -> Mapping[str, str]:
    """The files of a draft for a later year: targets, duties and curves carried over, each marked expected.

    The draft has no text yet and says so; values stand as last year's until the new document is published. Deadlines
    within the old document's year move with the years; later ones stay.

    Raises:
        ValueError: the year is not later than the pack's.
    """
    if year <= pack.document.year:
        raise ValueError(f"结转年份{year}应晚于{pack.document.year}")
    moved = year - pack.document.year
    city = pack.document.id.split(".")[0]
    head = pack.document.model_copy(
        update={
            "id": f"{city}.{year}-{serial}",
            "number": "",
            "title": f"{pack.document.title}({year}年草稿,由{pack.document.year}年结转)",
            "date": dt.date(year, 1, 1),
            "year": year,
            "text": "",
            "sha256": "",
            "succeeds": pack.document.id,
            "partial": True,
            "draft": True,
            "mark": Mark.EXPECTED,
            "note": "由上一年结转生成,尚无原文;数值沿用上一年,待新文件印发后逐条核改。",
        }
    )
    carried = tuple(_carried(item, moved, pack) for item in pack.commitments)
    curves = tuple(curve.model_copy(update={"mark": Mark.OURS}) for curve in pack.curves)
    note = "由上一年结转,逐条核改后再用。"
    return {
        "document.yaml": to_yaml(DocumentFile(document=head), note),
        "commitments.yaml": to_yaml(CommitmentsFile(commitments=carried), note),
        "duties.yaml": to_yaml(DutiesFile(duties=()), _duties_note(pack.duties)),
        "monitor.yaml": to_yaml(MonitorFile(light_rule=pack.light_rule, curves=curves), note),
        "sources.yaml": to_yaml(SourcesFile(sources=pack.own_sources)),
    }


def moved_by_years(day: dt.date, years: int) -> dt.date:
    """The same day in another year; 29 February becomes the 28th where there is none.

    >>> moved_by_years(dt.date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    last = day.month == 2 and day.day == 29 and not calendar.isleap(day.year + years)
    return day.replace(year=day.year + years, day=28 if last else day.day)


def _carried(item: Commitment, years: int, pack: Pack) -> Commitment:
    deadline = item.deadline
    if deadline is not None and deadline.year == pack.document.year:
        deadline = moved_by_years(deadline, years)
    growth = item.growth and item.growth.model_copy(update={"start": -1, "end": -1, "quote": ""})
    return item.model_copy(
        update={
            "deadline": deadline,
            "growth": growth,
            "clause": "",
            "start": -1,
            "end": -1,
            "quote": "",
            "continues": item.id,
            "source": item.source or pack.document.source,
            "mark": Mark.EXPECTED,
            "note": f"沿用{pack.document.year}年数值,待新文件确定",
        }
    )


def _duties_note(duties: tuple[Duty, ...]) -> str:
    lines = [f"{duty.measure}: 牵头 {'、'.join(duty.lead)}" for duty in duties]
    return "\n".join(["新文件的条款号确定后再分工。上一年的分工供参考:", *lines])
