"""A workbook read by a confirmed mapping: facts, and an account of every cell that is not blank.

A cell is taken, or it is heading, label, unit, total or note, or it is left with the reason. Nothing disappears.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from luming.errors import FactsFaults, Fault, PeriodError, UnitMismatch
from luming.facts.checks import Checker
from luming.facts.dictionary import Dictionary
from luming.facts.fact import Fact, Status
from luming.facts.fact_id import new_id
from luming.facts.sheets import Sheet
from luming.facts.spoken_period import (
    find_parts,
    fold,
    is_this_period,
    month_of_date_cell,
    period_of,
    spoken_extent,
)
from luming.facts.workbook.account import Account, Kind, Provenance, Reading
from luming.facts.workbook.amount import Amount, complete_unit, is_no_data, read_amount
from luming.facts.workbook.grid import Grid, address, grid_of
from luming.facts.workbook.heads import Role
from luming.facts.workbook.layout import Layout, find_layout, is_note, is_subtotal, is_total, moved_heads
from luming.facts.workbook.mapping import (
    ColumnMapping,
    Mapping,
    NameMapping,
    SheetMapping,
    sheet_fingerprint,
    workbook_fingerprint,
)
from luming.facts.workbook.names import is_among
from luming.facts.workbook.settle import settle
from luming.facts.workbook.totals import Line, TotalCheck, check_total_columns, check_totals
from luming.facts.workbook.units_written import known_unit, unit_above, unit_in_name
from luming.facts.xlsx_guard import column_number
from luming.period import Period, parse_period
from luming.unit import parse_unit

_Became = tuple[Kind, str] | tuple[Kind, str, bool]
"""What became of a cell, why, and True where it was left although it stands for a figure."""


@dataclass(slots=True)
class _Gathered:
    """What has been read so far."""

    statements: list[tuple[int, Fact]] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    totals: list[TotalCheck] = field(default_factory=list)


def apply(
    mapping: Mapping, sheets: Sequence[Sheet], dictionary: Dictionary, provenance: Provenance
) -> Reading:
    """Read a workbook by its mapping.

    Raises:
        FactsFaults: the mapping is not confirmed, or the workbook is laid out otherwise.
    """
    grids = [grid_of(sheet) for sheet in sheets]
    read = [sheet.visible or sheet.name in mapping.hidden_sheets for sheet in sheets]
    layouts = [find_layout(grid) if one else None for one, grid in zip(read, grids, strict=True)]
    prints = [sheet_fingerprint(grid, layout) for grid, layout in zip(grids, layouts, strict=True) if layout]
    _check_mapping(mapping, prints)
    waiting = list(mapping.sheets)
    gathered = _Gathered()
    for grid, layout, one in zip(grids, layouts, read, strict=True):
        how = waiting.pop(0) if layout else None
        if layout is None or how is None or not how.taken:
            reason = "映射里写明不读这张工作表" if how else _NO_TABLE if one else _HIDDEN_SHEET
            gathered.accounts += [_account(grid, place, Kind.LEFT, reason) for place in sorted(grid.cells)]
            continue
        layout = moved_heads(grid, layout, how.head_shift)
        _check_unit(grid, layout, how)
        _SheetReader(grid, layout, how, dictionary, provenance, gathered).read()
    facts, accounts = settle(gathered.accounts, gathered.statements)
    return Reading(facts, accounts, tuple(gathered.totals))


def fingerprint_of(sheets: Sequence[Sheet]) -> str:
    """The fingerprint under which the mapping of a workbook is remembered."""
    prints = []
    for sheet in sheets:
        grid = grid_of(sheet)
        layout = find_layout(grid) if sheet.visible else None
        if layout is not None:
            prints.append(sheet_fingerprint(grid, layout))
    return workbook_fingerprint(prints)


def _check_mapping(mapping: Mapping, prints: list[str]) -> None:
    if not mapping.confirmed:
        fault = Fault(
            "facts.not_confirmed",
            "映射",
            "还没有人确认",
            "confirmed: true",
            "请先用 luming facts map 查看并确认",
        )
        raise FactsFaults([fault])
    if [sheet.fingerprint for sheet in mapping.sheets] != prints:
        fault = Fault(
            "facts.other_layout",
            mapping.made_from or "工作簿",
            "版式与映射记住的不同",
            "列名和位置不变的工作簿",
            "请重新运行 luming facts map 确认新的版式",
        )
        raise FactsFaults([fault])


_NO_TABLE = "工作表里没有找到表格"
_HIDDEN_SHEET = "隐藏的工作表,没有读"


def _check_unit(grid: Grid, layout: Layout, mapping: SheetMapping) -> None:
    """Refuse a sheet that now speaks in another unit: its figures would be wrong by a power of ten."""
    if mapping.unit_written and layout.unit and layout.unit != mapping.unit_written:
        fault = Fault(
            "facts.other_unit",
            grid.name,
            f"表上方的单位是“{layout.unit}”",
            f"“{mapping.unit_written}”,和记住的读法一样",
            "请重新运行 luming facts map 确认,或核对工作簿",
        )
        raise FactsFaults([fault])


def _account(
    grid: Grid, place: tuple[int, int], kind: Kind, reason: str = "", amiss: bool = False
) -> Account:
    return Account(grid.name, address(*place), grid.cells[place], kind, reason, amiss)


class _SheetReader:
    """Reads one sheet."""

    def __init__(
        self,
        grid: Grid,
        layout: Layout,
        mapping: SheetMapping,
        dictionary: Dictionary,
        provenance: Provenance,
        gathered: _Gathered,
    ) -> None:
        self.grid, self.layout, self.mapping, self.gathered = grid, layout, mapping, gathered
        self.dictionary, self.provenance = dictionary, provenance
        self.checker = Checker(dictionary)
        self.columns = {column_number(column.column): column for column in mapping.columns}
        self.names = {name.text: name for name in mapping.names}
        self.label = column_number(mapping.label_column)
        self.unit_column = next((n for n, c in self.columns.items() if c.role is Role.UNIT), 0)
        titles = [text for row in layout.titles for text in dict.fromkeys(grid.row(row)) if text]
        self.titles = [text for text in titles if not is_note(text)]  # 填报日期 is no period of the figures

    def read(self) -> None:
        """Account for every cell of the sheet, in reading order."""
        checks = {check.address: check for check in self._totals()}
        self.gathered.totals += checks.values()
        for place in sorted(self.grid.cells):
            kind, reason, *amiss = self._kind(place, checks)
            self.gathered.accounts.append(_account(self.grid, place, kind, reason, bool(amiss)))

    def _kind(self, place: tuple[int, int], checks: dict[str, TotalCheck]) -> _Became:
        row, column = place
        text = self.grid.cells[place]
        if row < self.layout.heads[0]:
            return (Kind.UNIT if unit_above(text) else Kind.NOTE if is_note(text) else Kind.HEADING), ""
        if row <= self.layout.heads[1]:
            return Kind.HEADING, ""
        if row > self.layout.body[1]:
            return self._below(row, text)
        return self._in_body(row, column, text, checks)

    def _in_body(self, row: int, column: int, text: str, checks: dict[str, TotalCheck]) -> _Became:
        if row in self.grid.marks.hidden_rows and not self.mapping.hidden_rows:
            return Kind.LEFT, "隐藏的行,没有取"
        mapping = self.columns.get(column)
        if mapping is None:
            return Kind.LEFT, "不在表格的列里"
        if mapping.role in _FIXED_KINDS:
            return _FIXED_KINDS[mapping.role], mapping.reason
        if mapping.role is Role.IGNORED:
            return Kind.LEFT, mapping.reason or "映射里写明不取此列"
        label = self.grid.text(row, self.label)
        if is_total(label) or mapping.role is Role.TOTAL:
            check = checks.get(address(row, column))
            return Kind.TOTAL, check.sentence() if check else ""
        if is_no_data(text):
            return Kind.NO_DATA, "原表注明没有数据"
        return self._take(row, column, text, mapping)

    def _below(self, row: int, text: str) -> tuple[Kind, str]:
        first = next(found for found in self.grid.row(row) if found)
        if is_note(text) or is_note(first) or self.grid.distinct(row) == 1:
            return Kind.NOTE, ""
        return Kind.LEFT, "表格以下的内容,没有读"

    def _take(self, row: int, column: int, text: str, mapping: ColumnMapping) -> _Became:
        name = self.names.get(self.grid.text(row, self.label))
        if name is not None and not name.means:
            return Kind.LEFT, name.reason or "映射里写明不取此行"
        if self.grid.unread(row, column):
            words = "公式没有存下结果" if text.startswith("=") else "公式出错"
            return Kind.LEFT, f"{words},请在表格软件里打开、改好、保存后再来", True
        amount = read_amount(text)
        if amount is None:
            return Kind.LEFT, "不是能认的数字", True
        found = self._fact(row, column, amount, mapping)
        if isinstance(found, str):
            return Kind.LEFT, found, True
        faults = list(self.checker.faults(found, lambda key: ""))
        if faults:
            return Kind.LEFT, faults[0].sentence().lstrip(":"), True
        self.gathered.statements.append((len(self.gathered.accounts), found))
        return Kind.TAKEN, found.id

    def _fact(self, row: int, column: int, amount: Amount, mapping: ColumnMapping) -> Fact | str:
        """The fact of a cell, or the reason why there is none."""
        label = self.grid.text(row, self.label)
        name = self.names.get(label)
        if self.mapping.rows_are != "period" and name is None:
            return f"映射里没有“{label}”这一行" if label else "这一行没有行名"
        indicator = self._indicator(mapping, name)
        if not indicator or indicator not in self.dictionary.indicators:
            return mapping.reason or "没有对应的指标"
        period = self._period(row, column, mapping)
        if period is None:
            return "标题和行名里没有完整的时期"
        if not mapping.period and self._is_unclear(column, period):
            return "列名是“本期”,另有累计列:说不清是一个月还是累计;请在映射里写明此列的 period"
        subject = mapping.subject or (name.means if name and self.mapping.rows_are == "subject" else "")
        subject = subject or self.mapping.subject
        unit = self._unit(row, amount, mapping, name)
        if not unit:
            return "没有写单位"
        hedged = any("预计" in text or "快报" in text for text in (mapping.head, label))
        status = amount.status or (Status.ESTIMATE if hedged else Status.ACTUAL)
        return Fact(
            id=new_id(subject, indicator, period),
            subject=subject,
            indicator=indicator,
            period=period,
            value=amount.value,
            unit=unit,
            status=status,
            source=self.provenance.source,
            recorded_on=self.provenance.recorded_on,
        )

    def _indicator(self, mapping: ColumnMapping, name: NameMapping | None) -> str:
        if mapping.indicator:
            return mapping.indicator
        base = name.means if name and self.mapping.rows_are == "indicator" else self.mapping.indicator
        if mapping.role is not Role.GROWTH:
            return base
        own = self.dictionary.indicators.get(base)
        return base if own is not None and base.endswith("_growth") else f"{base}_growth"

    def _period(self, row: int, column: int, mapping: ColumnMapping) -> Period | None:
        for fixed in (mapping.period, self.mapping.period):
            if fixed:
                try:
                    return parse_period(fixed)
                except PeriodError:
                    return None
        head = self._head(column)
        if mapping.role is Role.GROWTH and not any(find_parts(fold(text)) for text in head):
            # a rate without a period of its own goes with the amount to its left
            left = [n for n, other in self.columns.items() if n < column and other.role is Role.VALUE]
            head += self._head(max(left)) if left else []
        label = [self.grid.text(row, self.label)] if self.mapping.rows_are == "period" else []
        return period_of([*head, *label, *self.titles, self.grid.name])

    def _is_unclear(self, column: int, period: Period) -> bool:
        """Whether 本期 stands beside a column of the year so far and the title speaks of several months."""
        own = self._head(column)
        if period.months == 1 or any(find_parts(fold(text)) for text in own):
            return False
        beside = [text for other in self.columns if other != column for text in self._head(other)]
        return any(map(is_this_period, own)) and any(spoken_extent(text) == "to_date" for text in beside)

    def _head(self, column: int) -> list[str]:
        """The heading of a column from the figures upwards; a month that became a date is a month again."""
        rows = range(self.layout.heads[1], self.layout.heads[0] - 1, -1)
        texts = [self.grid.text(row, column) for row in rows]
        return [month_of_date_cell(text) or text for text in texts]

    def _unit(self, row: int, amount: Amount, mapping: ColumnMapping, name: NameMapping | None) -> str:
        """The unit nearest to the cell: in it, in its heading, beside it, in the row label, above the table."""
        beside = known_unit(self.grid.text(row, self.unit_column)) if self.unit_column else ""
        label = unit_in_name(self.grid.text(row, self.label))
        around = [mapping.unit, "" if mapping.role is Role.GROWTH else beside, label]
        around += [name.unit if name else "", self.mapping.unit]
        nearest = next((unit for unit in around if unit), "")
        return complete_unit(amount.unit, nearest)

    def _totals(self) -> list[TotalCheck]:
        lines = [
            Line(row, label, is_total(label), is_total(label) and is_subtotal(label), is_among(label))
            for row in range(self.layout.body[0], self.layout.body[1] + 1)
            if (label := self.grid.text(row, self.label)) and self.grid.distinct(row) > 1
        ]
        amounts = [number for number, column in self.columns.items() if column.role is Role.VALUE]
        totals = [number for number, column in self.columns.items() if column.role is Role.TOTAL]
        return check_totals(lines, amounts, self._figure, address) + check_total_columns(
            lines, totals, amounts, self._figure, address
        )

    def _figure(self, row: int, column: int) -> tuple[Decimal, str] | None:
        """The amount of a cell with its unit, for adding up; None for rates, which do not add up."""
        amount = read_amount(self.grid.text(row, column))
        if amount is None:
            return None
        label = self.grid.text(row, self.label)
        unit = self._unit(row, amount, self.columns[column], self.names.get(label))
        return None if _is_rate(unit) else (amount.value, unit)


def _is_rate(unit: str) -> bool:
    try:
        return parse_unit(unit).kind in ("ratio", "point") if unit else False
    except UnitMismatch:
        return False


_FIXED_KINDS = {
    Role.LABEL: Kind.LABEL,
    Role.GROUP: Kind.LABEL,
    Role.NUMBERING: Kind.LABEL,
    Role.UNIT: Kind.UNIT,
    Role.NOTE: Kind.NOTE,
}
