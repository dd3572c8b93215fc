"""The figures of a workbook against the book of facts, each with its cell: new, the same, different, or at fault.

A figure that the book has already from elsewhere is the same and is not entered again; one that differs is a
correction. What a table of facts would do when imported is asked of the very planner that imports them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from luming.errors import FactsFaults, UnitMismatch
from luming.facts import Fact as FactValue
from luming.facts.workbook import Account, Kind, Mapping, OfficeFile, Provenance, Reading, apply
from luming.unit import convert
from luming_portal.indicators.planning import plan_facts
from luming_portal.registers.plan import Difference, Outcome, Plan, PlannedRow
from luming_portal.registers.reading import MOST_ROWS, Row, Table
from luming_portal.workbooks.opening import Knowledge

_COLUMNS = (
    "subject", "indicator_key", "period", "value", "unit", "status", "source_key", "recorded_on", "note"
)  # fmt: skip
_MOST_FAULTS = 500


@dataclass(slots=True)
class Figure:
    """A figure with the cell it stands in and what would become of it.

    Attributes:
        number: from 1, in the order of the cells; the figure's row in the plan.
        converted: the amount in the dictionary's unit, where the cell writes another one.
        is_formula: whether the cell holds the stored result of a formula.
    """

    number: int
    sheet: str
    address: str
    text: str
    fact: FactValue
    label: str
    converted: str = ""
    is_formula: bool = False
    outcome: Outcome = Outcome.NEW
    differences: tuple[Difference, ...] = ()

    @property
    def where(self) -> str:
        """The cell's address with its sheet."""
        return f"{self.sheet}!{self.address}"

    @property
    def enters(self) -> bool:
        """Whether it would be written."""
        return self.outcome in (Outcome.NEW, Outcome.CHANGED)


@dataclass(slots=True)
class Preview:
    """What loading a workbook would do.

    Attributes:
        faults: where, what stands there, and the sentence, of every cell that stands for a figure and cannot be taken.
    """

    figures: list[Figure] = field(default_factory=list)
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    reading: Reading | None = None

    def of(self, *outcomes: Outcome) -> list[Figure]:
        """The figures of some outcomes."""
        return [one for one in self.figures if one.outcome in outcomes]

    @property
    def new(self) -> list[Figure]:
        """Those that the book has not."""
        return self.of(Outcome.NEW)

    @property
    def changed(self) -> list[Figure]:
        """Those that differ from what the book says."""
        return self.of(Outcome.CHANGED)

    @property
    def same(self) -> list[Figure]:
        """Those that the book has already."""
        return self.of(Outcome.UNCHANGED)

    @property
    def wrong_totals(self) -> list[str]:
        """Totals of the workbook that do not add up, in words."""
        checks = self.reading.totals if self.reading else ()
        return [f"{one.address}:{one.sentence()}" for one in checks if one.holds is False]

    @property
    def left(self) -> list[Account]:
        """Cells that were left on purpose, each with its reason."""
        return [one for one in (self.reading.left() if self.reading else ()) if not one.amiss]

    def digest(self) -> str:
        """A hash over everything that would be done, whatever source and day are named for it."""
        told = [
            [
                one.where,
                one.fact.subject,
                one.fact.indicator,
                one.fact.period.text,
                f"{one.fact.value:f}",
                one.fact.unit,
                one.fact.status.value,
                one.outcome.value,
                [[each.label, each.before, each.after] for each in one.differences],
            ]
            for one in self.figures
        ]
        return hashlib.sha256(json.dumps([told, self.faults], ensure_ascii=False).encode()).hexdigest()


def preview_of(
    mapping: Mapping,
    file: OfficeFile,
    knowledge: Knowledge,
    provenance: Provenance,
    *,
    by: Any,
    without: Collection[int] = (),
) -> Preview:
    """What loading a workbook would do as things stand now.

    Args:
        provenance: key of the source, which need not be entered yet, and the day of registration.
        without: numbers of figures that are left out.
    """
    try:
        reading = apply(
            mapping.model_copy(update={"confirmed": True}), file.sheets, knowledge.dictionary, provenance
        )
    except FactsFaults as problem:
        return Preview(faults=[(one.where, one.found, one.sentence()) for one in problem.faults])
    if len(reading.facts) > MOST_ROWS:
        sentence = _("一次最多装入%d个数。请把工作簿分成几份,或少选几张工作表。") % MOST_ROWS
        return Preview(faults=[(mapping.made_from, str(len(reading.facts)), sentence)])
    figures = [one for one in _figures(reading, file, knowledge) if one.number not in without]
    plan = plan_facts(_table(figures, provenance), by, [provenance.source])
    amiss = [(f"{one.sheet}!{one.address}", one.text, one.reason) for one in reading.amiss()]
    return Preview(_judged(figures, plan), [*amiss, *_faults(figures, plan)][:_MOST_FAULTS], reading)


def facts_of(figures: Sequence[Figure], provenance: Provenance, *, by: Any) -> tuple[Plan, list[PlannedRow]]:
    """The plan for just these figures, and its rows that are faulty after all."""
    plan = plan_facts(_table(figures, provenance), by, [provenance.source])
    return plan, plan.faulty


def provisional(day: dt.date) -> Provenance:
    """What a preview is reckoned with before the source is named."""
    return Provenance("workbook", day)


def _figures(reading: Reading, file: OfficeFile, knowledge: Knowledge) -> list[Figure]:
    cells: dict[str, Account] = {}
    for account in reading.accounts:
        if account.kind is Kind.TAKEN:
            cells.setdefault(account.reason, account)
    formulas = {sheet.name: sheet.marks.formulas for sheet in file.sheets}
    figures = []
    for number, fact in enumerate(reading.facts, 1):
        cell = cells[fact.id]
        figures.append(
            Figure(
                number,
                cell.sheet,
                cell.address,
                cell.text,
                fact,
                knowledge.labels.get(fact.indicator, fact.indicator),
                _converted(fact, knowledge),
                _place(cell.address) in formulas.get(cell.sheet, ()),
            )
        )
    return figures


def _place(address: str) -> tuple[int, int]:
    column = 0
    for sign in address.rstrip("0123456789"):
        column = column * 26 + ord(sign) - 64
    return int(address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), column


def _converted(fact: FactValue, knowledge: Knowledge) -> str:
    unit = knowledge.dictionary.indicators[fact.indicator].unit
    if unit == fact.unit:
        return ""
    try:
        value = convert(fact.value, fact.unit, unit)
    except UnitMismatch:
        return ""
    text = f"{value:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}{unit}"


def _table(figures: Sequence[Figure], provenance: Provenance) -> Table:
    rows = []
    for one in figures:
        fact = one.fact
        cells = (
            fact.subject,
            fact.indicator,
            fact.period.text,
            f"{fact.value:f}",
            fact.unit,
            fact.status.value,
            provenance.source,
            provenance.recorded_on.isoformat(),
            f"工作簿单元格 {one.where}{'(公式的结果)' if one.is_formula else ''}",
        )
        rows.append(Row(one.number, dict(zip(_COLUMNS, cells, strict=True))))
    return Table(_COLUMNS, 0, tuple(rows))


def _judged(figures: list[Figure], plan: Plan) -> list[Figure]:
    """The figures with what the plan makes of them; one that the book has from another source is the same."""
    rows = {row.number: row for row in plan.rows}
    telling = {_("数值"), _("状态")}
    for one in figures:
        row = rows[one.number]
        one.outcome = row.outcome
        one.differences = tuple(each for each in row.differences if each.label in telling)
        if row.outcome is Outcome.CHANGED and not one.differences:
            one.outcome = Outcome.UNCHANGED
    return figures


def _faults(figures: list[Figure], plan: Plan) -> list[tuple[str, str, str]]:
    by_number = {one.number: one for one in figures}
    return [
        (by_number[one.row].where, by_number[one.row].text, one.sentence)
        if one.row in by_number
        else ("", "", one.sentence)
        for one in plan.problems
    ]
