"""A table of facts against the book of facts: read and compared by the library, row by row in the register's words.

What the library's rules say holds here too: nothing is overwritten, a figure that differs is a correction that
supersedes the one that stood, and taking a file in twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from luming.errors import FactsFaults, Fault
from luming.facts import (
    DEMO,
    KEYS,
    Correction,
    Dictionary,
    FactBook,
    RowReader,
    correction_faults,
    disputed_faults,
    plan_import,
)
from luming.facts import Fact as FactValue
from luming_portal.accounts.rights import Action, decide
from luming_portal.audit.door import ChangeSet, change
from luming_portal.indicators.models import Fact, Indicator, Source
from luming_portal.indicators.services import add_facts
from luming_portal.indicators.values import fact_value, indicator_value
from luming_portal.library_words import word
from luming_portal.registers.plan import Difference, Outcome, Plan, PlannedRow, Problem
from luming_portal.registers.reading import Row, Table

COLUMNS = frozenset(
    {
        *("key", "subject", "indicator", "indicator_key", "period", "value", "unit", "status"),
        *("source", "source_key", "recorded_on", "supersedes", "note", "demo"),
    }
)
"""Keys of the register's columns that a file may fill in."""

_COLUMN_OF = {"id": "key", "source": "source_key"}
_YES = frozenset({"是", "1", DEMO, "true"})
_CHUNK = 400


def plan_facts(table: Table, user: Any, sources: Iterable[str] = ()) -> Plan:
    """What taking the table in would do.

    Args:
        sources: keys of sources that will be entered together with the figures.
    """
    return _Planner(table, user, sources).plan()


def apply_facts(changes: ChangeSet, plan: Plan) -> None:
    """Append what is new and what corrects."""
    add_facts(changes, [row.item for row in plan.rows if row.outcome in (Outcome.NEW, Outcome.CHANGED)])


def enter_facts(plan: Plan, reason: str) -> None:
    """Append what the plan says in one recorded change."""
    with change(reason) as changes:
        apply_facts(changes, plan)


class _Planner:
    def __init__(self, table: Table, user: Any, sources: Iterable[str]) -> None:
        self._table = table
        self._user = user
        self._labels = dict(Indicator.objects.values_list("key", "label"))
        self._dictionary = Dictionary(
            (indicator_value(row) for row in Indicator.objects.all()),
            [*Source.objects.values_list("key", flat=True), *sources],
        )
        self._problems: list[Problem] = []
        self._facts: list[FactValue] = []
        self._numbers: list[int] = []

    def plan(self) -> Plan:
        self._read()
        self._hold_together()
        bad = {problem.row for problem in self._problems}
        sound = [
            (fact, number)
            for fact, number in zip(self._facts, self._numbers, strict=True)
            if number not in bad
        ]
        rows = self._compared([fact for fact, _number in sound], [number for _fact, number in sound])
        known = {row.number for row in rows}
        faulty = {problem.row for problem in self._problems}
        rows = [row for row in rows if row.number not in faulty]
        rows += [
            PlannedRow(row.number, row.cells.get("subject", ""), Outcome.FAULTY)
            for row in self._table.rows
            if row.number in faulty or row.number not in known
        ]
        return Plan(sorted(rows, key=lambda row: row.number), self._problems)

    def _read(self) -> None:
        reader = RowReader(self._dictionary, lambda row, key: f"{row}\t{key}", spoken=True)
        for row in self._table.rows:
            if "period" in row.dates:
                self._note(row.number, "period", _DATE_FOR_PERIOD % row.cells.get("period", ""))
                continue
            before = len(reader.faults)
            fact = reader.read(_cells(row), row.number)
            for fault in reader.faults[before:]:
                number, key = _place(fault, row.number)
                self._note(number, key, _sentence(fault))
            if fact is not None:
                self._facts.append(fact)
                self._numbers.append(row.number)

    def _hold_together(self) -> None:
        """Faults between rows of the file."""

        def place(index: int) -> str:
            return f"第{self._numbers[index]}行"

        for fault in (*correction_faults(self._facts, place), *disputed_faults(self._facts, place)):
            number = next(
                (one for one in self._numbers if fault.where.startswith(f"第{one}行")), self._table.header
            )
            self._note(number, "", _sentence(fault))

    def _compared(self, facts: Sequence[FactValue], numbers: Sequence[int]) -> list[PlannedRow]:
        stored = {row.key: row for row in _stored(facts)}
        book = FactBook(fact_value(row) for row in stored.values())
        today = timezone.localdate()
        try:
            found = plan_import(book, facts, today, today)
        except FactsFaults as problem:
            bad = {_row_of(fault, facts, numbers): fault for fault in problem.faults}
            for number, fault in bad.items():
                self._note(number, "", _sentence(fault))
            rest = [(fact, number) for fact, number in zip(facts, numbers, strict=True) if number not in bad]
            return self._compared([fact for fact, _number in rest], [number for _fact, number in rest])
        added = {id(fact) for fact in found.added}
        corrections = list(found.corrected)
        rows = []
        for fact, number in zip(facts, numbers, strict=True):
            label = f"{fact.subject} {self._labels.get(fact.indicator, fact.indicator)} {fact.period.text}"
            if id(fact) in added:
                rows.append(
                    self._allowed(PlannedRow(number, label, Outcome.NEW, fact), Fact(), Action.CREATE)
                )
            elif corrections and _is_of(corrections[0], fact):
                rows.append(self._corrected(corrections.pop(0), number, label, stored))
            else:
                rows.append(PlannedRow(number, label, Outcome.UNCHANGED, fact))
        return rows

    def _corrected(self, one: Correction, number: int, label: str, stored: dict[str, Fact]) -> PlannedRow:
        differences = tuple(
            Difference(words, before, after)
            for words, before, after in (
                (_("数值"), f"{one.old.value}{one.old.unit}", f"{one.new.value}{one.new.unit}"),
                (_("状态"), word(one.old.status.label), word(one.new.status.label)),
                (_("来源"), one.old.source, one.new.source),
                (_("登记日"), one.old.recorded_on.isoformat(), one.new.recorded_on.isoformat()),
                (_("备注"), one.old.note, one.new.note),
            )
            if before != after
        )
        row = PlannedRow(number, label, Outcome.CHANGED, one.new, stored[one.old.id].version, differences)
        return self._allowed(row, stored[one.old.id], Action.CHANGE)

    def _allowed(self, row: PlannedRow, item: Fact, action: Action) -> PlannedRow:
        decision = decide(self._user, action, "fact", None if action is Action.CREATE else item)
        if decision:
            return row
        self._note(row.number, "", decision.reason)
        return PlannedRow(row.number, row.label, Outcome.FAULTY)

    def _note(self, row: int, key: str, sentence: str) -> None:
        self._problems.append(Problem(row, key, sentence))


_DATE_FOR_PERIOD = "“时期”是日期格式(%s):表格软件会把 2025-06 自动改成日期。请把该列设为文本格式,按月填 2025-06,按日填 2025-06-30。"


def _cells(row: Row) -> list[str]:
    cells = row.cells
    given = {
        **{key: cells.get(key, "") for key in KEYS},
        "id": cells.get("key", ""),
        "indicator": cells.get("indicator_key") or cells.get("indicator", ""),
        "source": cells.get("source_key") or cells.get("source", ""),
        "demo": DEMO if cells.get("demo", "").lower() in _YES else "",
    }
    return [given[key] for key in KEYS]


def _place(fault: Fault, row: int) -> tuple[int, str]:
    number, _tab, key = fault.where.partition("\t")
    return (int(number) if number.isdigit() else row), _COLUMN_OF.get(key, key)


def _sentence(fault: Fault) -> str:
    parts = [f"发现{fault.found}", f"应为{fault.expected}", *([fault.remedy] if fault.remedy else [])]
    return ";".join(parts) + "。"


def _row_of(fault: Fault, facts: Sequence[FactValue], numbers: Sequence[int]) -> int:
    """The row that a fault of the book speaks of, as far as its words tell."""
    for fact, number in zip(facts, numbers, strict=True):
        if f"“{fact.id}" in fault.where or f"“{fact.subject}·{fact.indicator}·{fact.period}”" in fault.where:
            return number
    return numbers[0] if numbers else 1


def _is_of(correction: Correction, fact: FactValue) -> bool:
    new = correction.new
    return new == replace(fact, id=new.id, supersedes=new.supersedes, recorded_on=new.recorded_on)


def _stored(facts: Iterable[FactValue]) -> list[Fact]:
    """The facts of the register on the same subjects and indicators, and those that are named."""
    facts = list(facts)
    subjects = sorted({fact.subject for fact in facts})
    indicators = {fact.indicator for fact in facts}
    named = sorted({fact.id for fact in facts} | {fact.supersedes for fact in facts if fact.supersedes})
    found: dict[str, Fact] = {}
    for start in range(0, len(subjects), _CHUNK):
        wanted = Q(subject__in=subjects[start : start + _CHUNK], indicator__key__in=indicators)
        found |= {row.key: row for row in Fact.objects.filter(wanted).select_related("indicator", "source")}
    for start in range(0, len(named), _CHUNK):
        rows = Fact.objects.filter(key__in=named[start : start + _CHUNK])
        found |= {row.key: row for row in rows.select_related("indicator", "source")}
    while missing := {row.supersedes for row in found.values() if row.supersedes} - set(found):
        rows = Fact.objects.filter(key__in=sorted(missing)[:_CHUNK]).select_related("indicator", "source")
        more = {row.key: row for row in rows}
        if not more:
            break
        found |= more
    return sorted(found.values(), key=lambda row: row.pk)
