"""A table of entries against the register: which are new, which stand already, which are faulty and why.

A row with a known key, or for a person or thing that the unit has entered already, stands as it is; entries are not
changed by a file. The numbers of documents are sealed before the file is kept (`sealed`), so that none lies anywhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from luming.pack import CountedOver, CountingRule
from luming_portal.accounts.rights import Action, decide
from luming_portal.audit.door import ChangeSet
from luming_portal.counting.identities import IdentityProblem, known_by, seal
from luming_portal.counting.models import CountedEntry
from luming_portal.counting.services import Paper, write_entries
from luming_portal.counting.values import rules
from luming_portal.documents.packs import districts
from luming_portal.indicators.models import Indicator
from luming_portal.registers.cells import CellFault, read_cell
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.plan import Outcome, Plan, PlannedRow, Problem
from luming_portal.registers.reading import Row, Table

COLUMNS = frozenset(
    {
        *("key", "indicator", "category", "name", "id_number", "credit_code", "host", "unit", "counted_on"),
        *(
            "district",
            "evidence_kind",
            "evidence_number",
            "evidence_issued_on",
            "evidence_valid_until",
            "note",
        ),
    }
)
"""Keys of the register's columns that a file may fill in."""

_TEXTS = {"category": 60, "name": 200, "host": 200, "unit": 100, "district": 60, "note": 2000}
_DAYS = ("counted_on", "evidence_issued_on", "evidence_valid_until")
_LONGEST = {"evidence_kind": 60, "evidence_number": 200}


@dataclass(frozen=True, slots=True)
class Given:
    """A new entry with its paper, as a plan holds it."""

    entry: CountedEntry
    paper: Paper | None


def sealed(table: Table) -> Table:
    """The table with every number of a document replaced by its key."""
    rows = tuple(
        replace(row, cells={**row.cells, "id_number": seal(row.cells["id_number"])})
        if row.cells.get("id_number")
        else row
        for row in table.rows
    )
    return replace(table, rows=rows)


def plan_entries(table: Table, user: Any, *, demo: bool = False) -> Plan:
    """What taking the table in would do."""
    return _Planner(table, user, demo=demo).plan()


def apply_entries(changes: ChangeSet, plan: Plan) -> None:
    """Write what is new."""
    write_entries(changes, [(row.item.entry, row.item.paper) for row in plan.new])


class _Fault(Exception):
    def __init__(self, column: str, sentence: str) -> None:
        self.column, self.sentence = column, sentence
        super().__init__(sentence)


class _Planner:
    def __init__(self, table: Table, user: Any, *, demo: bool) -> None:
        self._table, self._user, self._demo = table, user, demo
        self._rules = rules()
        self._indicators: dict[str, Indicator] = {}
        for row in Indicator.objects.filter(key__in=self._rules):
            self._indicators |= {row.key: row, row.label: row}
        self._districts = {one.name for one in districts()}
        keys = {row.cells.get("key", "") for row in table.rows} - {""}
        self._keys = {one.key: one for one in CountedEntry.objects.filter(key__in=keys)}
        self._taken: dict[tuple[Any, ...], int] = {}
        self._standing: dict[int, set[tuple[Any, ...]]] = {}

    def plan(self) -> Plan:
        plan = Plan()
        for row in self._table.rows:
            label = row.cells.get("name", "") or _("第%d行") % row.number
            try:
                plan.rows.append(self._planned(row, label))
            except _Fault as fault:
                plan.problems.append(Problem(row.number, fault.column, fault.sentence))
                plan.rows.append(PlannedRow(row.number, label, Outcome.FAULTY))
        return plan

    def _planned(self, row: Row, label: str) -> PlannedRow:
        known = self._keys.get(row.cells.get("key", ""))
        if known is not None:
            return self._as_it_stands(row, known, label)
        entry, rule, paper = self._read(row.cells)
        place = _place(entry, rule)
        first = self._taken.setdefault(place, row.number)
        if first != row.number:
            raise _Fault("", _("与第%d行是同一个,一个文件里只能出现一次。") % first)
        if place in self._entered(entry.indicator, rule):
            return PlannedRow(row.number, label, Outcome.UNCHANGED)
        decision = decide(self._user, Action.CREATE, "counted_entry", entry) if self._user else True
        if not decision:
            raise _Fault("unit", decision.reason)  # type: ignore[union-attr]
        return PlannedRow(row.number, label, Outcome.NEW, Given(entry, paper))

    def _as_it_stands(self, row: Row, known: CountedEntry, label: str) -> PlannedRow:
        """A row that speaks of an entry by its key: unchanged, or refused where it says something else."""
        for key, stored in _told(known).items():
            written = row.cells.get(key)
            if written is not None and written.strip() != stored and not (key == "id_number" and not written):
                sentence = _("台账条目不能用文件修改(现为“%s”)。要更正,请撤回依据后重新登记。")
                raise _Fault(key, sentence % (stored or _("空")))
        return PlannedRow(row.number, label, Outcome.UNCHANGED)

    def _read(self, cells: Mapping[str, str]) -> tuple[CountedEntry, CountingRule, Paper | None]:
        indicator = self._indicators.get(cells.get("indicator", ""))
        if indicator is None:
            names = "、".join(sorted({one.label for one in self._indicators.values()}))
            raise _Fault("indicator", _("“%(found)s”不是按台账计数的指标,应为:%(names)s。") % {
                "found": cells.get("indicator", "")[:60], "names": names,
            })  # fmt: skip
        rule = self._rules[indicator.key]
        texts = {key: cells.get(key, "") for key in _TEXTS}
        texts["unit"] = texts["unit"] or getattr(self._user, "unit", "")
        for key, most in {**_TEXTS, **_LONGEST}.items():
            if len(cells.get(key, "")) > most:
                raise _Fault(key, _("超过%d个字。") % most)
        self._check(texts, rule)
        days = {key: _day(cells, key) for key in _DAYS}
        counted_on = days["counted_on"]
        if counted_on is None or counted_on > timezone.localdate():
            raise _Fault("counted_on", _("计入日期应为不晚于今天的日期,如 2025-06-30。"))
        try:
            by = known_by(
                rule,
                number=cells.get("id_number", ""),
                credit_code=cells.get("credit_code", ""),
                name=texts["name"],
                host=texts["host"],
            )
        except IdentityProblem as problem:
            raise _Fault(problem.field, str(problem)) from None
        entry = CountedEntry(
            indicator=indicator,
            label=CountedEntry.label_of(texts["name"], rule.counts),
            identity=by.identity,
            id_tail=by.tail,
            credit_code=by.credit_code,
            counted_on=counted_on,
            demo=self._demo,
            **texts,
        )
        return entry, rule, self._paper(cells, days)

    def _check(self, texts: Mapping[str, str], rule: CountingRule) -> None:
        if not texts["name"].strip():
            raise _Fault("name", _("缺姓名或名称。"))
        if not texts["unit"]:
            raise _Fault("unit", _("缺登记单位。"))
        if rule.categories and texts["category"] not in rule.categories:
            raise _Fault("category", _("类别应为:%s。") % "、".join(rule.categories))
        if texts["district"] and self._districts and texts["district"] not in self._districts:
            raise _Fault("district", _("“%s”不是本市的旗县区;不属于本市的不登记。") % texts["district"])

    def _paper(self, cells: Mapping[str, str], days: Mapping[str, dt.date | None]) -> Paper | None:
        kind, number = cells.get("evidence_kind", ""), cells.get("evidence_number", "")
        if not kind and not number:
            return None
        if not kind or not number:
            missing = "evidence_number" if kind else "evidence_kind"
            raise _Fault(missing, _("依据种类和依据文号或标题要一起填。"))
        issued, until = days["evidence_issued_on"], days["evidence_valid_until"]
        if issued and until and until < issued:
            raise _Fault("evidence_valid_until", _("有效期至早于依据日期。"))
        return Paper(kind, number, issued, until)

    def _entered(self, indicator: Indicator, rule: CountingRule) -> set[tuple[Any, ...]]:
        """What stands of an indicator, whoever entered it, by unit and identity."""
        if indicator.pk not in self._standing:
            rows = CountedEntry.objects.filter(indicator=indicator, demo=self._demo).exclude(
                evidence_state="withdrawn"
            )
            only = rows.only("indicator_id", "identity", "unit", "category", "counted_on")
            self._standing[indicator.pk] = {_place(one, rule) for one in only}
        return self._standing[indicator.pk]


def _place(entry: CountedEntry, rule: CountingRule) -> tuple[Any, ...]:
    """Within which a unit enters the same one only once."""
    return (
        entry.indicator_id,
        entry.unit,
        entry.identity,
        entry.category if rule.several else "",
        0 if rule.over is CountedOver.STOCK else entry.counted_on.year,
    )


def _told(entry: CountedEntry) -> dict[str, str]:
    """An entry as a file tells it."""

    def day(value: dt.date | None) -> str:
        return value.isoformat() if value else ""

    return {
        "category": entry.category,
        "name": entry.name,
        "id_number": f"{'*' * 14}{entry.id_tail}" if entry.id_tail else "",
        "credit_code": entry.credit_code,
        "host": entry.host,
        "unit": entry.unit,
        "counted_on": day(entry.counted_on),
        "district": entry.district,
        "evidence_kind": entry.evidence_kind,
        "evidence_number": entry.evidence_number,
        "evidence_issued_on": day(entry.evidence_issued_on),
        "evidence_valid_until": day(entry.evidence_valid_until),
    }


def _day(cells: Mapping[str, str], key: str) -> dt.date | None:
    try:
        value: dt.date | None = read_cell(Column(key, key, Kind.DATE), cells.get(key, ""))
    except (CellFault, ValidationError) as fault:
        raise _Fault(
            key, _("“%(found)s”应为%(expected)s。") % {"found": cells[key][:40], "expected": fault}
        ) from None
    return value
