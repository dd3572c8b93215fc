"""The mapping as a person corrects it on the page: every choice of the form, put on the mapping as it stood."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from luming.errors import FactsFaults, PeriodError, UnitMismatch
from luming.facts import whole_period
from luming.facts.workbook import (
    ColumnMapping,
    Confidence,
    Mapping,
    NameMapping,
    OfficeFile,
    Role,
    SheetChoice,
    SheetMapping,
    propose,
)
from luming.period import parse_period
from luming.unit import parse_unit
from luming_portal.workbooks.opening import Knowledge

MOST_SHEETS = 8
MOST_COLUMNS = 40
MOST_NAMES = 120
"""So many sheets, columns and rows can be corrected on the page; what is beyond stays as it was proposed."""

_LONGEST = 200


@dataclass(slots=True)
class Edited:
    """The mapping with the choices of the form, the faults of the form, and whether other rows are asked now."""

    mapping: Mapping
    faults: list[str] = field(default_factory=list)
    reshaped: bool = False


def shape_of(mapping: Mapping) -> str:
    """What the fields of the form stand for; a form for another shape must not be put on a mapping."""
    told = [
        [
            sheet.sheet,
            sheet.label_column,
            *(one.column for one in sheet.columns),
            *(one.text for one in sheet.names),
        ]
        for sheet in mapping.sheets
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:16]


def edited(given: Any, mapping: Mapping, file: OfficeFile, knowledge: Knowledge) -> Edited:
    """Put a form on a mapping. A heading, row label or hidden sheet chosen otherwise makes a new proposal.

    Args:
        given: the posted form (a QueryDict).
    """
    result = Edited(mapping)
    form = _Form(given, knowledge, result.faults)
    sheets = [
        form.sheet(place, sheet) if place < MOST_SHEETS else sheet
        for place, sheet in enumerate(mapping.sheets)
    ]
    result.mapping = mapping.model_copy(update={"sheets": tuple(sheets)})
    hidden = [name for name in given.getlist("hidden") if name in file.hidden_sheets()]
    choices = form.choices(mapping)
    if sorted(hidden) != sorted(mapping.hidden_sheets) or choices != _choices(mapping):
        try:
            result.mapping = _again(result.mapping, file, knowledge, hidden, choices)
            result.reshaped = True
        except FactsFaults as problem:
            result.faults += [fault.sentence() for fault in problem.faults]
    return result


def all_checked(mapping: Mapping) -> Mapping:
    """The mapping with everything that waited for a look taken as looked at."""

    def sure(one: Any) -> Any:
        if one.confidence is not Confidence.NEAR:
            return one
        return one.model_copy(update={"confidence": Confidence.EXACT})

    sheets = [
        sure(sheet).model_copy(
            update={
                "columns": tuple(sure(one) for one in sheet.columns),
                "names": tuple(sure(one) for one in sheet.names),
            }
        )
        for sheet in mapping.sheets
    ]
    return mapping.model_copy(update={"sheets": tuple(sheets)})


def waiting(mapping: Mapping) -> list[str]:
    """Everything that a person must still look at, in words."""
    found = []
    for sheet in mapping.sheets:
        if not sheet.taken:
            continue
        if sheet.confidence is Confidence.NEAR:
            found.append(f"{sheet.sheet}:{sheet.reason}")
        found += [
            f"{sheet.sheet}!{one.column}列“{one.head}”:{one.reason}"
            for one in sheet.columns
            if one.confidence is Confidence.NEAR
        ]
        found += [
            f"{sheet.sheet}“{one.text}”:{one.reason}"
            for one in sheet.names
            if one.confidence is Confidence.NEAR
        ]
    return found


def _choices(mapping: Mapping) -> dict[str, SheetChoice]:
    return {
        sheet.sheet: SheetChoice(sheet.head_shift, sheet.label_column, sheet.rows_are)
        for sheet in mapping.sheets
    }


def _again(
    mapping: Mapping,
    file: OfficeFile,
    knowledge: Knowledge,
    hidden: Collection[str],
    choices: dict[str, SheetChoice],
) -> Mapping:
    """A new proposal for what was chosen otherwise; sheets that were not touched keep what was said of them."""
    before = {sheet.sheet: sheet for sheet in mapping.sheets}
    old = _choices(mapping)
    made = propose(
        file.sheets,
        knowledge.dictionary,
        knowledge.place,
        mapping.made_from,
        known=knowledge.subjects,
        hidden=hidden,
        choices=choices,
    )
    sheets = [
        before[sheet.sheet]
        if old.get(sheet.sheet) == choices.get(sheet.sheet) and sheet.sheet in before
        else sheet
        for sheet in made.sheets
    ]
    return made.model_copy(update={"sheets": tuple(sheets)})


class _Form:
    """The posted fields, read one sheet at a time."""

    def __init__(self, given: Any, knowledge: Knowledge, faults: list[str]) -> None:
        self._given, self._knowledge, self._faults = given, knowledge, faults

    def choices(self, mapping: Mapping) -> dict[str, SheetChoice]:
        """Heading, label column and kind of the rows of every sheet."""
        found = _choices(mapping)
        for place, sheet in enumerate(mapping.sheets[:MOST_SHEETS]):
            if f"s{place}-first" in self._given:
                found[sheet.sheet] = self._choice(place, sheet)
        return found

    def sheet(self, place: int, sheet: SheetMapping) -> SheetMapping:
        """A sheet with its fields, columns and rows."""
        if f"s{place}-first" not in self._given:
            return sheet
        where = sheet.sheet
        indicator = self._indicator(f"s{place}-indicator", sheet.indicator, where)
        values: dict[str, object] = {
            "taken": f"s{place}-taken" in self._given,
            "hidden_rows": f"s{place}-hidden_rows" in self._given,
            "subject": self._text(f"s{place}-subject", sheet.subject),
            "indicator": indicator,
            "unit": self._unit(f"s{place}-unit", sheet.unit, where),
            "period": self._period(f"s{place}-period", sheet.period, where),
        }
        said = {name: values[name] for name in ("indicator", "unit", "period")}
        columns = [
            self._column(f"c{place}-{number}", sheet, column) if number < MOST_COLUMNS else column
            for number, column in enumerate(sheet.columns)
        ]
        names = [
            self._name(f"n{place}-{number}", sheet, name) if number < MOST_NAMES else name
            for number, name in enumerate(sheet.names)
        ]
        values |= {"columns": tuple(columns), "names": tuple(names)}
        return self._sure(f"s{place}-ok", sheet, said).model_copy(update=values)

    def _choice(self, place: int, sheet: SheetMapping) -> SheetChoice:
        shift = sheet.head_shift
        try:
            first, last = (int(self._text(f"s{place}-{end}", "0")) for end in ("first", "last"))
            shift = (
                shift[0] + first - sheet.head_rows[0],
                shift[1] + last - sheet.head_rows[1],
            )
        except ValueError:
            self._faults.append(_("工作表“%s”的表头起止行:请填行号,如 3 和 4。没有改动表头。") % sheet.sheet)
        kind = self._text(f"s{place}-rows_are", sheet.rows_are)
        letters = {column.column for column in sheet.columns}
        label = self._text(f"s{place}-label", sheet.label_column)
        return SheetChoice(
            shift,
            label if label in letters else sheet.label_column,
            kind if kind in ("indicator", "subject", "period") else sheet.rows_are,
        )

    def _column(self, key: str, sheet: SheetMapping, column: ColumnMapping) -> ColumnMapping:
        if f"{key}-role" not in self._given:
            return column
        where = f"{sheet.sheet}!{column.column}列"
        role = self._text(f"{key}-role", column.role.value)
        said: dict[str, object] = {
            "role": Role(role) if role in set(Role) else column.role,
            "indicator": self._indicator(f"{key}-indicator", column.indicator, where),
            "subject": self._text(f"{key}-subject", column.subject),
            "unit": self._unit(f"{key}-unit", column.unit, where),
            "period": self._period(f"{key}-period", column.period, where),
        }
        made: ColumnMapping = self._sure(f"{key}-ok", column, said)
        return made

    def _name(self, key: str, sheet: SheetMapping, name: NameMapping) -> NameMapping:
        if f"{key}-means" not in self._given:
            return name
        where = f"{sheet.sheet}“{name.text}”"
        means = (
            self._indicator(f"{key}-means", name.means, where)
            if sheet.rows_are == "indicator"
            else self._text(f"{key}-means", name.means)
        )
        said: dict[str, object] = {"means": means, "unit": self._unit(f"{key}-unit", name.unit, where)}
        made: NameMapping = self._sure(f"{key}-ok", name, said)
        return made

    def _sure(self, key: str, one: Any, said: dict[str, object]) -> Any:
        """What was changed by hand, or looked at, is certain."""
        if any(getattr(one, name) != value for name, value in said.items()):
            return one.model_copy(update={**said, "confidence": Confidence.EXACT, "reason": ""})
        if key in self._given and one.confidence is Confidence.NEAR:
            return one.model_copy(update={"confidence": Confidence.EXACT})
        return one

    def _text(self, key: str, before: str) -> str:
        value = self._given.get(key)
        return before if value is None else str(value).strip()[:_LONGEST]

    def _indicator(self, key: str, before: str, where: str) -> str:
        """The key of the indicator that was named; the one before where nobody of that name is known."""
        text = self._text(key, self._knowledge.labels.get(before, before))
        if not text:
            return ""
        if text == self._knowledge.labels.get(before):
            return before
        found = self._knowledge.by_name.get(text)
        if found is None:
            self._faults.append(
                _("%(where)s:指标字典里没有“%(name)s”。请从列表里选一个,或先到“指标”台账登记;这一处没有改。")
                % {"where": where, "name": text}
            )
            return before
        return found

    def _unit(self, key: str, before: str, where: str) -> str:
        text = self._text(key, before)
        try:
            return parse_unit(text).name if text and text != before else text
        except UnitMismatch:
            self._faults.append(
                _("%(where)s:不认识单位“%(unit)s”。请写成 万元、亿元、家、%% 这样的单位;这一处没有改。")
                % {"where": where, "unit": text}
            )
            return before

    def _period(self, key: str, before: str, where: str) -> str:
        text = self._text(key, before)
        if not text or text == before:
            return text
        try:
            return parse_period(text).text
        except PeriodError:
            spoken = whole_period(text)
        if spoken is None:
            self._faults.append(
                _(
                    "%(where)s:不认识时期“%(period)s”。请写成 2025年1—9月、2025-Q3、2025-06 这样;这一处没有改。"
                )
                % {"where": where, "period": text}
            )
            return before
        return spoken.text
