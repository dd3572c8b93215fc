"""One query for many standards: rows that know every fact by plain columns, the others cell by cell, one row each.

table -> facts read -> (places within peer groups)
    -> rows with every fact  -> raw columns                                   -> columns shown
    -> rows with facts missing -> lines, one a cell -> raw columns -> one row -> columns shown
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from luming.errors import LumingError
from luming.standards.columnar.cells import joined, unrolled
from luming.standards.columnar.known import Axis, Known, Presence
from luming.standards.columnar.meaning import Meaning
from luming.standards.columnar.node import ONE, Int, column, greatest
from luming.standards.columnar.place import Places
from luming.standards.columnar.reading import Field, Reading
from luming.standards.columnar.select import LONG, Selection, name
from luming.standards.columnar.verdicts import Merge, Raw, Report, Wanted, aggregates, merged
from luming.standards.model import Input, Standard
from luming.standards.points import parts_of
from luming.standards.split import MOST_CELLS

ASIDE = "luming_missing"
ROW, CELLS, LINE = "row_number", "cell_count", "cell_line"


@dataclass(frozen=True, slots=True)
class Table:
    """A table of firms.

    Attributes:
        relation: how it is named in a query.
        fields: its columns.
        keep: the columns carried through.
        sound: columns whose cells are all known to be the fact or empty.
    """

    relation: exp.Expr
    fields: Mapping[str, Field]
    keep: tuple[str, ...] = ()
    sound: frozenset[str] = frozenset()


class Plan:
    """The query of some standards over a table on a day.

    Raises:
        LumingError: a formula may need more digits than a column has, or no column is a fact.
    """

    def __init__(
        self, standards: Sequence[Standard], table: Table, as_of: dt.date, wanted: Wanted | None = None
    ) -> None:
        self.standards = tuple(standards)
        self.table = table
        self.as_of = as_of
        self.readings: dict[tuple[object, ...], Reading] = {}
        self._names = [self._named(standard) for standard in self.standards]
        if not self.readings:
            raise LumingError("表里没有任何一列是这些标准要用的事实;列名应为事实的键,如 revenue、employees。")
        labels = _labels(self.standards)
        self.labels = list(zip(self.standards, labels, strict=True))
        self._reports = [
            Report(standard, label, at, as_of, wanted or Wanted())
            for at, (standard, label) in enumerate(self.labels)
        ]
        self._places = [Places(standard, f"place_{at}") for at, standard in enumerate(self.standards)]

    def _named(self, standard: Standard) -> dict[str, str]:
        """The column of each fact that the table has."""
        found = {}
        for key, item in standard.inputs.items():
            if key in self.table.fields:
                known = (key, item.type, item.factor, item.decimals, item.lowest, item.highest, item.options)
                if known not in self.readings:
                    alias = (
                        f"f_{key}"
                        if not any(at[0] == key for at in self.readings)
                        else f"f{len(self.readings)}_{key}"
                    )
                    self.readings[known] = Reading(
                        alias, key, item, self.table.fields[key], key in self.table.sound
                    )
                found[key] = self.readings[known].alias
        return found

    # What is known where

    def _presence(self, at: int, whole: bool) -> dict[str, Presence]:
        names = self._names[at]
        standard = self.standards[at]
        needed = _needed(standard)
        found = {}
        for key in standard.inputs:
            if key not in names:
                found[key] = Presence.NEVER
            else:
                found[key] = Presence.ALWAYS if whole and key in needed else Presence.SOMETIMES
        return found

    def _required(self) -> list[str]:
        """The columns that a row with every fact has."""
        found: dict[str, None] = {}
        for at, standard in enumerate(self.standards):
            for key in _needed(standard):
                if key in self._names[at]:
                    found[self._names[at][key]] = None
        return list(found)

    def _known(self, at: int, whole: bool, axes: Mapping[str, Axis] | None = None) -> Known:
        return Known(self.standards[at], self._names[at], self._presence(at, whole), axes)

    # The steps of the query

    def read(self, which: exp.Expr | None = None) -> exp.Select:
        """The facts of the table, and the columns carried through; of some rows only."""
        kept: list[exp.Expr] = [name(item) for item in self.table.keep]
        raw = {item.source: None for item in self.readings.values()} | dict.fromkeys(self.table.keep)
        first: list[exp.Expr] = [name(item) for item in raw]
        first += [exp.alias_(item.prepare(), item.prepared, quoted=True) for item in self.readings.values()]
        prepared = exp.Select(expressions=first).from_(self.table.relation.copy())
        if which is not None:
            prepared = prepared.where(which, copy=False)
        second: list[exp.Expr] = [
            exp.alias_(item.value(), item.alias, quoted=True) for item in self.readings.values()
        ]
        return exp.Select(expressions=kept + second).from_(prepared.subquery("t", copy=False), copy=False)

    def refusals(self) -> exp.Select:
        """The number of refused cells of each column."""
        refused = [
            exp.alias_(
                exp.Coalesce(
                    this=exp.Sum(
                        this=exp.Case()
                        .when(item.refused(), exp.Literal.number(1))
                        .else_(exp.Literal.number(0))
                    ),
                    expressions=[exp.Literal.number(0)],
                ),
                item.alias,
                quoted=True,
            )
            for item in self.readings.values()
        ]
        return exp.Select(expressions=refused).from_(self._beside().subquery("t", copy=False), copy=False)

    def refused_cells(self, reading: Reading, limit: int) -> exp.Select:
        """The rows in which a column is refused: what is carried through, and the cell."""
        shown: list[exp.Expr] = [name(item) for item in self.table.keep if item != reading.source]
        shown.append(exp.alias_(exp.cast(name(reading.source), "TEXT"), "cell", quoted=True))
        found = exp.Select(expressions=shown).from_(self._beside().subquery("t", copy=False), copy=False)
        return found.where(reading.refused(), copy=False).limit(limit, copy=False)

    def _beside(self) -> exp.Select:
        """The facts beside the cells they come from."""
        raw = {item.source: None for item in self.readings.values()} | dict.fromkeys(self.table.keep)
        first: list[exp.Expr] = [name(item) for item in raw]
        first += [exp.alias_(item.prepare(), item.prepared, quoted=True) for item in self.readings.values()]
        prepared = exp.Select(expressions=first).from_(self.table.relation.copy())
        second: list[exp.Expr] = [name(item) for item in raw]
        second += [exp.alias_(item.value(), item.alias, quoted=True) for item in self.readings.values()]
        return exp.Select(expressions=second).from_(prepared.subquery("t", copy=False), copy=False)

    def query(self, apart: bool = False) -> exp.Expr:
        """The whole query.

        Args:
            apart: rows with facts missing are reckoned standard by standard, each in its own cells only. Less work,
                where the database keeps the rows set aside instead of reading them again.
        """
        facts = [item.alias for item in self.readings.values()]
        source = self.read()
        for at, places in enumerate(self._places):
            if places.parts:
                known = self._known(at, whole=False)
                source = places.over(source, known, [*self.table.keep, *facts], self.as_of)
                facts += places.columns
        raws = [self._whole_raw(at) for at in range(len(self.standards))]
        whole = [raw for raw in raws if raw is not None]
        if len(whole) < len(raws):
            return self._shown(self._partly(source, facts))
        nodes = {key: node for raw in whole for key, (node, _) in raw.nodes.items()}
        required = self._required()
        if not required:
            return self._shown(Selection(nodes, self.table.keep, self.as_of).over(source))
        here, missing = self._split(source, required)
        complete = self._shown(Selection(nodes, self.table.keep, self.as_of).over(here))
        # Few rows in many columns: set aside and packed, they are reckoned in full batches.
        aside = exp.to_table(ASIDE)
        partly = self._apart(aside, facts) if apart else self._partly(_all(aside), facts)
        found = exp.Union(this=complete, expression=self._shown(partly), distinct=False)
        return found.with_(ASIDE, as_=_numbered(missing) if apart else missing, materialized=True, copy=False)

    def _split(self, source: exp.Select, required: list[str]) -> tuple[exp.Select, exp.Select]:
        """The rows that know every fact, and the others; told from the cells themselves where these are sound."""
        readings = [item for item in self.readings.values() if item.alias in required]
        early = all(item.sound for item in readings) and not any(item.parts for item in self._places)
        missing: list[exp.Expr] = [
            exp.Is(this=name(item.source if early else item.alias), expression=exp.null())
            for item in readings
        ]
        here: list[exp.Expr] = [exp.Not(this=exp.paren(item.copy())) for item in missing]
        if early:
            return self.read(exp.and_(*here)), self.read(exp.or_(*missing))
        return _rows(source, exp.and_(*here)), _rows(source.copy(), exp.or_(*missing))

    def _whole_raw(self, at: int) -> Raw | None:
        """The raw columns of a standard in rows that know every fact the table has; None where only lines can say."""
        plain = self._known(at, whole=True)
        cells = unrolled(self.standards[at], plain, self._presence(at, whole=True))
        if cells is None:
            return None
        places = self._places[at].stretches()
        whole = Meaning(self.standards[at], plain, places)
        return merged(
            self._reports[at].raw(
                Meaning(self.standards[at], self._known(at, True, axes), places, whole) if axes else whole
            )
            for axes in cells
        )

    def _partly(self, source: exp.Select, facts: list[str]) -> exp.Select:
        """The raw columns of rows with facts missing: one line a cell, then one row again."""
        said, merges = self._lines(range(len(self.standards)), _numbered(source), facts)
        return self._rows(said, merges)

    def _apart(self, aside: exp.Table, facts: list[str]) -> exp.Select:
        """The same, the cells of one standard after the other: the columns of the others are null in its lines."""
        parts, every = [], dict[str, Merge]()
        for at in range(len(self.standards)):
            said, merges = self._lines([at], _all(aside.copy()), facts)
            parts.append((said, merges))
            every |= merges
        whole: exp.Expr | None = None
        for said, merges in parts:
            shown: list[exp.Expr] = [name(item) for item in (ROW, *self.table.keep)]
            shown += [name(key) if key in merges else _nothing(key, how) for key, how in every.items()]
            part = exp.Select(expressions=shown).from_(said.subquery("t", copy=False), copy=False)
            whole = part if whole is None else exp.Union(this=whole, expression=part, distinct=False)
        assert isinstance(whole, exp.Query)
        return self._rows(whole, every)

    def _lines(
        self, chosen: Iterable[int], numbered: exp.Select, facts: list[str]
    ) -> tuple[exp.Select, dict[str, Merge]]:
        """The raw columns of some standards, one line for each cell of a row, and how the lines become one row."""
        line = column(LINE, 0, MOST_CELLS - 1)
        count: Int = ONE
        raws: list[Raw] = []
        for at in chosen:
            plain = self._known(at, whole=False)
            cells, axes = joined(self.standards[at], plain, line)
            count = greatest(count, cells)
            places = self._places[at].stretches()
            whole = Meaning(self.standards[at], plain, places)
            raws.append(
                self._reports[at].raw(
                    Meaning(self.standards[at], self._known(at, False, axes), places, whole)
                )
            )
        kept = [*self.table.keep, *facts, ROW]
        lines = _each_cell(Selection({CELLS: count}, kept, self.as_of).over(numbered), kept)
        nodes = {key: node for raw in raws for key, (node, _) in raw.nodes.items()}
        said = Selection(nodes, [*self.table.keep, ROW], self.as_of).over(lines)
        return said, {key: how for raw in raws for key, (_, how) in raw.nodes.items()}

    def _rows(self, said: exp.Query, merges: Mapping[str, Merge]) -> exp.Select:
        """The lines of each row as one row."""
        one = [exp.alias_(exp.AnyValue(this=name(item)), item, quoted=True) for item in self.table.keep]
        grouped = exp.Select(expressions=[*one, *aggregates(merges)])
        return grouped.from_(said.subquery("t", copy=False), copy=False).group_by(name(ROW), copy=False)

    def _shown(self, raw: exp.Select) -> exp.Select:
        items: list[exp.Expr] = [name(item) for item in self.table.keep]
        for report in self._reports:
            items += report.columns()
        return exp.Select(expressions=items).from_(raw.subquery("t", copy=False), copy=False)


def _rows(source: exp.Select, which: exp.Expr) -> exp.Select:
    found = exp.Select(expressions=[exp.Star()]).from_(source.subquery("t", copy=False), copy=False)
    return found.where(which, copy=False)


def _all(source: exp.Table) -> exp.Select:
    return exp.Select(expressions=[exp.Star()]).from_(source, copy=False)


def _numbered(source: exp.Select) -> exp.Select:
    """Each row with a mark of its own."""
    mark = exp.alias_(exp.Anonymous(this="LUMING_ROW"), ROW, quoted=True)
    return exp.Select(expressions=[exp.Star(), mark]).from_(source.subquery("t", copy=False), copy=False)


def _each_cell(counted: exp.Select, kept: Iterable[str]) -> exp.Select:
    """Each row as many times as it has cells, numbered from 0."""
    items: list[exp.Expr] = [name(item) for item in kept]
    items.append(exp.alias_(exp.Anonymous(this="LUMING_EACH", expressions=[name(CELLS)]), LINE, quoted=True))
    return exp.Select(expressions=items).from_(counted.subquery("t", copy=False), copy=False)


def _nothing(key: str, how: Merge) -> exp.Expr:
    kind = exp.DataType.build("BOOLEAN") if how in ("or", "and") else LONG.copy()
    return exp.alias_(exp.cast(exp.null(), kind), key, quoted=True)


def _needed(standard: Standard) -> dict[str, Input]:
    """The facts that a row with every fact has: not those that only stand in for others, nor those experts give."""
    judged = {part.judged for score in standard.scores for part in parts_of(score) if part.judged}
    given = {figure.key for figure in standard.figures}
    return {
        key: item
        for key, item in standard.inputs.items()
        if key not in given and (key not in judged or key in standard.split)
    }


def _labels(standards: Sequence[Standard]) -> list[str]:
    keys = [standard.key for standard in standards]
    return [
        standard.key if keys.count(standard.key) == 1 else f"{standard.key}_{standard.version}"
        for standard in standards
    ]
