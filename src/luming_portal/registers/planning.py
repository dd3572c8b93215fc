"""Compares the rows of a file with a register: which entries are new, which change, which are faulty, and why.

A row speaks of the entry with its key; without a key, of the one with its credit code, then of the one with its name.
A row that speaks of none is a new entry, whose key is made of its name, so that taking a file in twice changes nothing.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Action, Decision
from luming_portal.audit.door import difference
from luming_portal.registers.cells import CellFault, cell_words, read_cell
from luming_portal.registers.plan import Difference, Outcome, Plan, PlannedRow, Problem
from luming_portal.registers.reading import Row, Table
from luming_portal.registers.register import Register
from luming_portal.registers.targets import Target

Permit = Callable[[Action, Any], Decision]
_CHUNK = 500


def plan_records(register: Register, table: Table, columns: Mapping[str, Target], permit: Permit) -> Plan:
    """Compare a table with the register.

    Args:
        columns: what may be written, by key.
        permit: whether the person may make or change an entry.
    """
    return _Planner(register, table, columns, permit).plan()


class _Planner:
    def __init__(
        self, register: Register, table: Table, columns: Mapping[str, Target], permit: Permit
    ) -> None:
        self._register = register
        self._table = table
        self._columns = columns
        self._permit = permit
        self._related = _related_keys(columns.values())
        self._standing = _Standing(register.model, register.title, table.rows)
        self._taken: dict[tuple[str, str], int] = {}
        self._plan = Plan()

    def plan(self) -> Plan:
        for row in self._table.rows:
            self._plan.rows.append(self._planned(row))
        return self._plan

    def _planned(self, row: Row) -> PlannedRow:
        values, problems = self._values(row)
        label = (
            row.cells.get(self._register.title, "") or row.cells.get("key", "") or _("第%d行") % row.number
        )
        stored = self._standing.of(row)
        item: Any = copy.copy(stored) if stored is not None else self._register.model()
        if stored is not None:
            item._state = copy.copy(stored._state)
            label = row.cells.get(self._register.title, "") or str(stored)
        self._set(item, values)
        if stored is None and not item.key:
            item.key = key_for(self._register.slug, label)
        if not problems:
            problems = [*self._checked(row, item), *self._twice(row, item)]
        if not problems:
            problems = self._allowed(row, stored, item)
        if problems:
            self._plan.problems += problems
            return PlannedRow(row.number, label, Outcome.FAULTY)
        if stored is None:
            return PlannedRow(row.number, label, Outcome.NEW, item)
        after = difference(stored, item)[1]
        if not after:
            return PlannedRow(row.number, label, Outcome.UNCHANGED, item, stored.version)
        return PlannedRow(
            row.number, label, Outcome.CHANGED, item, stored.version, self._differences(stored, item, after)
        )

    def _values(self, row: Row) -> tuple[dict[str, Any], list[Problem]]:
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for key, text in row.cells.items():
            target = self._columns[key]
            try:
                if target.by_key:
                    values[target.field.attname] = self._related_pk(target, text)
                else:
                    values[target.field.attname] = read_cell(target.column, text)
            except CellFault as fault:
                problems.append(
                    Problem(
                        row.number,
                        key,
                        _("“%(label)s”为“%(found)s”,应为%(expected)s。")
                        % {"label": target.column.label, "found": text[:60], "expected": fault},
                    )
                )
        return values, problems

    def _related_pk(self, target: Target, text: str) -> Any:
        if not text:
            return None
        found = self._related[target.column.key].get(text)
        if found is None:
            raise CellFault(_("已登记的编号(见“来源”台账)"))
        return found

    def _set(self, item: Any, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            field = item._meta.get_field(name)
            if value is None and not field.null:
                continue
            if value == "" and field.null:
                value = None
            setattr(item, name, field.to_python(value) if not field.is_relation else value)

    def _checked(self, row: Row, item: Any) -> list[Problem]:
        found: dict[str, list[str]] = {}
        for check in (item.clean_fields, item.clean):
            try:
                check()
            except ValidationError as problem:
                for name, sentences in getattr(problem, "message_dict", {"": problem.messages}).items():
                    found.setdefault(name, []).extend(sentences)
        keys = {target.field.name: key for key, target in self._columns.items()}
        return [
            Problem(row.number, keys.get(name, ""), self._sentence(item, name, sentence))
            for name, sentences in found.items()
            for sentence in sentences
        ]

    def _sentence(self, item: Any, name: str, sentence: str) -> str:
        if not name or name == "__all__":
            return sentence
        return f"{item._meta.get_field(name).verbose_name}:{sentence}"

    def _twice(self, row: Row, item: Any) -> list[Problem]:
        problems = []
        for name in ("key", "credit_code"):
            value = getattr(item, name, None)
            if not value:
                continue
            first = self._taken.setdefault((name, value), row.number)
            owner = self._standing.owner(name, value)
            if first != row.number:
                sentence = _("与第%(row)d行是同一个(%(value)s),一个文件里只能出现一次。")
                problems.append(Problem(row.number, name, sentence % {"row": first, "value": value}))
            elif owner is not None and owner != item.pk:
                sentence = _("“%(value)s”已属于台账中的另一条,请核对。")
                problems.append(Problem(row.number, name, sentence % {"value": value}))
        return problems

    def _allowed(self, row: Row, stored: Any, item: Any) -> list[Problem]:
        if stored is None:
            decision = self._permit(Action.CREATE, item)
        elif not difference(stored, item)[1]:
            return []
        else:
            decision = self._permit(Action.CHANGE, stored)
        return [] if decision else [Problem(row.number, "", decision.reason)]

    def _differences(self, stored: Any, item: Any, after: Mapping[str, Any]) -> tuple[Difference, ...]:
        found = []
        for target in self._columns.values():
            name = target.field.attname
            if name not in after:
                continue
            if target.by_key:
                keys = {pk: key for key, pk in self._related[target.column.key].items()}
                words = [keys.get(getattr(one, name), "") for one in (stored, item)]
            else:
                words = [cell_words(target.column, getattr(one, name)) for one in (stored, item)]
            found.append(Difference(str(target.column.label), *words))
        return tuple(found)


class _Standing:
    """The entries of the register that the rows speak of."""

    def __init__(self, model: type[Model], title: str, rows: Sequence[Row]) -> None:
        self._title = title
        names = ["key", title]
        if any(field.name == "credit_code" for field in model._meta.fields):
            names.insert(1, "credit_code")
        self._by: dict[str, dict[str, Any]] = {}
        for name in names:
            wanted = {row.cells.get(name, "") for row in rows} - {""}
            if name == "credit_code":
                wanted = {value.upper() for value in wanted}
            self._by[name] = _fetched(model, name, wanted)

    def of(self, row: Row) -> Any:
        """The entry that a row speaks of, or None."""
        key = row.cells.get("key", "")
        if key:
            return self._by["key"].get(key)
        code = row.cells.get("credit_code", "").upper()
        if code and code in self._by.get("credit_code", {}):
            return self._by["credit_code"][code]
        return self._by[self._title].get(row.cells.get(self._title, ""))

    def owner(self, name: str, value: str) -> Any:
        """Key of the entry that has a value already."""
        found = self._by.get(name, {}).get(value)
        return None if found is None else found.pk


def _fetched(model: type[Model], name: str, wanted: Iterable[str]) -> dict[str, Any]:
    """Entries by a field; of several with one name none."""
    found: dict[str, Any] = {}
    several: set[str] = set()
    values = sorted(wanted)
    for start in range(0, len(values), _CHUNK):
        for item in model._default_manager.filter(**{f"{name}__in": values[start : start + _CHUNK]}):
            value = getattr(item, name)
            if value in found:
                several.add(value)
            found[value] = item
    return {value: item for value, item in found.items() if value not in several}


def _related_keys(targets: Iterable[Target]) -> dict[str, dict[str, Any]]:
    return {
        target.column.key: dict(target.field.related_model._default_manager.values_list("key", "pk"))  # type: ignore[union-attr]
        for target in targets
        if target.by_key
    }


def key_for(slug: str, name: str) -> str:
    """The key of an entry that came without one: always the same for one name."""
    made = hashlib.sha256(name.encode()).hexdigest()[:10]
    if slug in ("indicators", "sources"):  # the library's dictionary takes small letters and _ only
        return f"{slug[:3]}_{made}"
    return f"{slug[:3].upper()}-{made}"
