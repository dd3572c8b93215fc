"""Who carries a measure out: lead and co-operating units, and on what ground they are named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from luming.desk.decomposition import Decomposition, name_of
from luming.desk.faults import DeskFaults
from luming.document import fold
from luming.errors import Fault
from luming.mark import Mark
from luming.pack import Duty, Measure

MARKS = (Mark.VERIFIED, Mark.EXPECTED, Mark.OURS)
"""The standing a division of labour may have: the text names it, an officer supposes it, the platform proposes it."""

_BASIS = {
    Mark.VERIFIED: "原文条末列明",
    Mark.EXPECTED: "按部门职能推定,待办公室核定",
    Mark.OURS: "平台建议,待办公室核定",
}
_BETWEEN = re.compile(r"[、,;\s]+")
_LONGEST_NAME = 60


def assign(
    decomposition: Decomposition,
    measure: str,
    lead: Sequence[str],
    support: Sequence[str] = (),
    mark: str = "",
    basis: str = "",
) -> Decomposition:
    """Enter who leads a measure and who co-operates; without any name the entry is taken away.

    Args:
        mark: verified where the text of the measure names every unit, expected where an officer supposes them,
            ours where it is the platform's proposal; chosen by the text where it is empty.

    Raises:
        DeskFaults: every fault: no lead, a unit in both parts, or `verified` for a unit that the text does not name.
    """
    where = decomposition.measure(measure)
    leading, helping = _clean(lead), _clean(support)
    others = tuple(duty for duty in decomposition.duties if duty.measure != measure)
    if not leading and not helping:
        return decomposition.changed(duties=others)
    unnamed = not_named(decomposition, where, (*leading, *helping))
    chosen = mark or (Mark.EXPECTED if unnamed else Mark.VERIFIED)
    faults = list(_faults(where, leading, helping, chosen, unnamed))
    if faults:
        raise DeskFaults(faults)
    standing = Mark(chosen)
    duty = Duty(
        measure=measure, lead=leading, support=helping, mark=standing, basis=basis.strip() or _BASIS[standing]
    )
    order = {one.id: position for position, one in enumerate(decomposition.measures)}
    kept = [*others, duty]
    if all(one.measure in order for one in kept):
        kept.sort(key=lambda one: order[one.measure])
    return decomposition.changed(duties=tuple(kept))


def read_units(typed: str) -> tuple[str, ...]:
    """The names in a field: divided by 、, commas, semicolons or blanks, each once.

    >>> read_units("市科技局、市财政局 市科技局")
    ('市科技局', '市财政局')
    """
    return _clean(_BETWEEN.split(fold(typed)))


def not_named(decomposition: Decomposition, measure: Measure, names: Iterable[str]) -> tuple[str, ...]:
    """The units among these that the text of the measure does not name."""
    written = fold("\n".join(sentence.quote for sentence in measure.sentences))
    return tuple(name for name in names if fold(name) not in written)


def known_units(decomposition: Decomposition, others: Iterable[Duty] = ()) -> tuple[str, ...]:
    """The units that this document or other duties name, the most used first."""
    counts: dict[str, int] = {}
    for duty in (*decomposition.duties, *others):
        for name in (*duty.lead, *duty.support):
            counts[name] = counts.get(name, 0) + 1
    for indicator in decomposition.indicators:
        if indicator.owner:
            counts.setdefault(indicator.owner, 0)
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def _clean(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def _faults(
    measure: Measure, lead: Sequence[str], support: Sequence[str], mark: str, unnamed: Sequence[str]
) -> Iterable[Fault]:
    where = name_of(measure)
    if not lead:
        yield Fault("desk.no_lead", where, "只有配合单位,没有牵头单位", "至少一个牵头单位")
    if both := [name for name in lead if name in support]:
        yield Fault("desk.unit_twice", where, f"“{'、'.join(both)}”既牵头又配合", "只列一处")
    for name in (*lead, *support):
        if len(name) > _LONGEST_NAME:
            yield Fault("desk.unit_name", where, f"“{name[:20]}…”有{len(name)}字", "一个单位的名称")
    if mark not in set(MARKS):
        labels = "、".join(one.label for one in MARKS)
        yield Fault("desk.duty_mark", where, f"“{mark}”", f"以下之一:{labels}")
    elif mark == Mark.VERIFIED and unnamed:
        yield Fault(
            "desk.not_named", where, f"原文没有提到“{'、'.join(unnamed)}”", "原文点名的单位",
            "推定的分工请选“待主管部门确定”",
        )  # fmt: skip
