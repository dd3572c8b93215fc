"""A first mapping of a workbook, each part with its reason, for a person to confirm. Nothing is taken on a guess."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from collections.abc import Mapping as Mapping_
from dataclasses import dataclass

from luming.errors import FactsFaults, Fault
from luming.facts.dictionary import Dictionary
from luming.facts.sheets import Sheet
from luming.facts.spoken_period import month_of_date_cell
from luming.facts.workbook.amount import read_amount
from luming.facts.workbook.grid import Grid, grid_of
from luming.facts.workbook.heads import Head, Role
from luming.facts.workbook.layout import Layout, find_layout, moved_heads
from luming.facts.workbook.mapping import (
    ColumnMapping,
    Mapping,
    NameMapping,
    SheetMapping,
    sheet_fingerprint,
    workbook_fingerprint,
)
from luming.facts.workbook.names import Confidence, Match, bare_name
from luming.facts.workbook.subjects import is_place_or_body, judge_subject, measures
from luming.facts.workbook.table import (
    Table,
    indicators_of_rows,
    is_value,
    lacks_unit,
    names_subjects,
    read_table,
    rows_are,
    sheet_indicator,
)
from luming.facts.workbook.units_written import unit_in_name
from luming.facts.xlsx_guard import column_letters, column_number

HIDDEN_COLUMN = "隐藏的列"

_WHOLE_CITY = re.compile(r"^(?:全市|全市合计|本市|市本级合计)$")


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """What a person says of a sheet before its columns are proposed; what is empty is found out."""

    head_shift: tuple[int, int] = (0, 0)
    label_column: str = ""
    rows_are: str = ""


Choices = Mapping_[str, SheetChoice]
"""What is said of sheets, by their name."""


def propose(
    sheets: Sequence[Sheet],
    dictionary: Dictionary,
    subject: str,
    made_from: str = "",
    *,
    known: Collection[str] = (),
    hidden: Collection[str] = (),
    choices: Choices | None = None,
) -> Mapping:
    """Propose how to read a workbook.

    Args:
        subject: whom the figures are about where the workbook names nobody (包头市).
        known: subjects that the book or a list of districts has already.
        hidden: names of hidden sheets that are read all the same.
        choices: what a person says of sheets, by their name.

    Raises:
        FactsFaults: no sheet holds a table, or a heading cannot be where it is said to be.
    """
    choices = choices or {}
    found: list[SheetMapping] = []
    left_out: list[str] = []
    prints: list[str] = []
    for sheet in sheets:
        grid = grid_of(sheet)
        read = sheet.visible or sheet.name in hidden
        layout = find_layout(grid) if read else None
        if layout is None:
            left_out.append(f"{sheet.name}:{'没有找到表格' if read else '隐藏的工作表'}")
            continue
        choice = choices.get(sheet.name, SheetChoice())
        found.append(_sheet(grid, layout, dictionary, subject, {subject, *known}, choice))
        if sheet.visible:
            prints.append(found[-1].fingerprint)
    if not found:
        fault = Fault(
            "facts.no_table",
            made_from or "工作簿",
            "没有带标题行的数据表",
            "至少一张有标题、有行名、有数字的表",
        )
        raise FactsFaults([fault])
    return Mapping(
        fingerprint=workbook_fingerprint(prints),
        made_from=made_from,
        sheets=tuple(found),
        hidden_sheets=tuple(sheet.name for sheet in sheets if not sheet.visible and sheet.name in hidden),
        left_out=tuple(left_out),
    )


def _sheet(
    grid: Grid,
    found: Layout,
    dictionary: Dictionary,
    subject: str,
    known: Collection[str],
    choice: SheetChoice,
) -> SheetMapping:
    layout = moved_heads(grid, found, choice.head_shift)
    label = column_number(choice.label_column)
    table = read_table(grid, layout, dictionary, label if label <= grid.width else 0)
    kind = choice.rows_are or rows_are(table, dictionary)
    of_sheet = sheet_indicator(table, dictionary) if kind != "indicator" else None
    rows = indicators_of_rows(table, dictionary, known) if kind == "indicator" else {}
    context = _Context(kind, of_sheet, dictionary, known, rows)
    columns = tuple(_columns(table, context))
    if all(column.indicator for column in columns if column.role in (Role.VALUE, Role.GROWTH)):
        of_sheet = None
    return SheetMapping(
        sheet=grid.name,
        fingerprint=sheet_fingerprint(grid, found),
        head_rows=layout.heads,
        head_shift=choice.head_shift,
        label_column=column_letters(table.label),
        rows_are=kind,
        subject=subject if kind != "subject" else "",
        indicator=of_sheet.indicator if of_sheet else "",
        unit=layout.unit,
        unit_written=layout.unit,
        confidence=of_sheet.confidence if of_sheet else Confidence.EXACT,
        reason=of_sheet.reason if of_sheet else "",
        columns=columns,
        names=tuple(_names(table, context, columns, subject)),
    )


@dataclass(frozen=True, slots=True)
class _Context:
    """What the columns of a table are judged by: what its rows are, and the indicators that they name."""

    kind: str
    of_sheet: Match | None
    dictionary: Dictionary
    known: Collection[str]
    rows: dict[str, Match]


def _columns(table: Table, context: _Context) -> Iterator[ColumnMapping]:
    first_value = min((c for c in table.heads if is_value(table, c)), default=table.grid.width)
    for column, head in table.heads.items():
        letters = column_letters(column)
        if not head.text and not any(table.grid.text(row, column) for row in table.body()):
            continue
        if column == table.label:
            yield ColumnMapping(column=letters, head=head.text, role=Role.LABEL)
        elif column in table.grid.marks.hidden_columns:
            yield ColumnMapping(column=letters, head=head.text, role=Role.IGNORED, reason=HIDDEN_COLUMN)
        elif head.role not in (None, Role.GROWTH):
            yield ColumnMapping(
                column=letters, head=head.text, role=head.role, unit=head.unit, reason=head.reason
            )
        elif not is_value(table, column):
            role = Role.GROUP if column < first_value else Role.NOTE
            yield ColumnMapping(column=letters, head=head.text, role=role)
        else:
            made = _value_column(letters, head, context, lacks_unit(table, column))
            yield _with_month(made, table, column)


def _with_month(made: ColumnMapping, table: Table, column: int) -> ColumnMapping:
    """Ask a person where a spreadsheet may have turned a month of the heading into a date."""
    month = month_of_date_cell(table.grid.text(table.layout.heads[1], column))
    if not month:
        return made
    reason = f"标题是日期 {month}-01,按月份 {month} 读"
    return made.model_copy(
        update={"confidence": Confidence.NEAR, "reason": ";".join(filter(None, (made.reason, reason)))}
    )


def _value_column(letters: str, head: Head, context: _Context, lacks_unit: bool) -> ColumnMapping:
    role, of_sheet, dictionary = head.role or Role.VALUE, context.of_sheet, context.dictionary
    base = ColumnMapping(column=letters, head=head.text, role=role, unit=head.unit)
    if context.kind == "indicator":
        return _column_of_indicators(base, head.words, context) if head.words else base
    match = head.match or of_sheet or Match("", Confidence.NONE, "标题和表题都没有点明指标")
    if match.indicator and role is Role.GROWTH:
        match = growth_of(match, dictionary)
    update: dict[str, object] = {
        "indicator": match.indicator if head.match or role is Role.GROWTH else "",
        "confidence": match.confidence if head.match or not match.indicator else Confidence.EXACT,
        "reason": match.reason,
    }
    if lacks_unit and match.indicator:
        unit = dictionary.indicators[match.indicator].unit
        update |= {
            "unit": unit,
            "confidence": Confidence.NEAR,
            "reason": f"{match.reason};表中没有写单位,按指标字典取“{unit}”",
        }
    return base.model_copy(update=update)


def _column_of_indicators(base: ColumnMapping, words: str, context: _Context) -> ColumnMapping:
    """A column with words of its own beside rows that name indicators: a quantity that they share, or a subject."""
    dictionary = context.dictionary
    if words not in context.known and measures(words, dictionary):
        of_rows = [
            dictionary.indicators[match.indicator] for match in context.rows.values() if match.indicator
        ]
        fits = [any(words in name for name in item.names) for item in of_rows]
        if all(fits):
            return base
        reason = f"列标题说的是“{words}”,有的行名不是"
        if any(fits):
            return base.model_copy(update={"confidence": Confidence.NEAR, "reason": reason})
        reason = f"列标题说的是“{words}”,行名说的是别的指标;要取请在映射里写明 indicator"
        return base.model_copy(update={"role": Role.IGNORED, "confidence": Confidence.NONE, "reason": reason})
    confidence, reason = judge_subject(words, dictionary, context.known)
    return base.model_copy(update={"subject": words, "confidence": confidence, "reason": reason})


def growth_of(match: Match, dictionary: Dictionary) -> Match:
    """The growth indicator that goes with an indicator."""
    id = f"{match.indicator}_growth"
    if id in dictionary.indicators:
        return Match(id, match.confidence, match.reason)
    label = dictionary.indicators[match.indicator].label
    return Match("", Confidence.NONE, f"指标字典中没有“{label}”的增速指标")


def _names(
    table: Table, context: _Context, columns: tuple[ColumnMapping, ...], subject: str
) -> Iterator[NameMapping]:
    if context.kind == "period":
        return
    seen: set[str] = set()
    for row, text in table.labels():
        if text in seen:
            continue
        seen.add(text)
        if context.kind == "subject":
            yield _subject_name(table, text, context, subject)
        else:
            yield _indicator_name(table, row, text, columns, context)


def _subject_name(table: Table, text: str, context: _Context, subject: str) -> NameMapping:
    name = bare_name(text)
    if _WHOLE_CITY.match(name):
        return NameMapping(text=text, means=subject)
    confidence, reason = judge_subject(name, context.dictionary, context.known)
    if names_subjects(table) or (confidence is Confidence.NEAR and is_place_or_body(name)):
        return NameMapping(text=text, means=name)
    means = name if confidence is not Confidence.NONE else ""
    return NameMapping(text=text, means=means, confidence=confidence, reason=reason)


def _indicator_name(
    table: Table, row: int, text: str, columns: tuple[ColumnMapping, ...], context: _Context
) -> NameMapping:
    match, dictionary = context.rows[text], context.dictionary
    unit, confidence, reason = unit_in_name(text), match.confidence, match.reason
    unit_columns = [number for number, head in table.heads.items() if head.role is Role.UNIT]
    has_unit = unit or table.layout.unit or any(table.grid.text(row, column) for column in unit_columns)
    values = {column.column for column in columns if column.role is Role.VALUE and not column.unit}
    bare = [
        amount
        for column in table.heads
        if column_letters(column) in values and (amount := read_amount(table.grid.text(row, column)))
    ]
    if match.indicator and not has_unit and any(not amount.unit for amount in bare):
        unit = dictionary.indicators[match.indicator].unit
        confidence, reason = Confidence.NEAR, f"{reason};表中没有写单位,按指标字典取“{unit}”"
    return NameMapping(text=text, means=match.indicator, unit=unit, confidence=confidence, reason=reason)
