"""Where the parts of a table lie on a sheet: title, unit, heading rows, body, notes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from luming.errors import FactsFaults, Fault
from luming.facts.spoken_period import find_parts, fold, is_period
from luming.facts.workbook.amount import is_no_data, read_amount
from luming.facts.workbook.grid import Grid
from luming.facts.workbook.units_written import unit_above, unit_in_name

_NOTE = re.compile(
    r"^[\s**※]*(?:注|备注|说明|附注|资料来源|数据来源|来源|填报人|填表人|填报单位|填报日期|报送|审核|制表|"
    r"联系|单位负责人|单位领导|负责人|签字|盖章|统计负责人|复核)\s*\d*[::、(]?"
)
_TOTAL = re.compile(r"^(?:合计|小计|总计|总和|全部合计|共计)(?:$|[((::])")
_LONG_LINE = 20
_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of one table; rows from 1, both ends included.

    Attributes:
        titles: rows above the heading, titles and unit lines alike.
        unit: the unit written above the table, else "".
        heads: first and last row of the heading; lines of one cell between heading and figures (一、人才) are body.
        body: first and last row of the data.
    """

    titles: tuple[int, ...]
    unit: str
    heads: tuple[int, int]
    body: tuple[int, int]


def find_layout(grid: Grid) -> Layout | None:
    """The table of a sheet, or None where there is none to be found."""
    first = next((row for row in range(1, grid.height + 1) if _is_data(grid, row)), None)
    if first is None:
        return None
    bottom = next((row for row in range(first - 1, 0, -1) if grid.distinct(row) != 1), 0)
    top = bottom + 1
    while top > 1 and _is_head(grid, top - 1):
        top -= 1
    if top > bottom:
        return None
    return _layout(grid, top, bottom)


def moved_heads(grid: Grid, layout: Layout, shift: tuple[int, int]) -> Layout:
    """The layout with first and last row of the heading moved as a person says.

    Raises:
        FactsFaults: no row of figures or no row of headings would remain.
    """
    if shift == (0, 0):
        return layout
    top, bottom = layout.heads[0] + shift[0], layout.heads[1] + shift[1]
    if not 1 <= top <= bottom < grid.height:
        fault = Fault(
            "facts.heads_outside",
            f"{grid.name} 表头",
            f"第{top}至第{bottom}行",
            f"第1行至第{grid.height - 1}行之间,先后两行不颠倒",
            "请改正表头的起止行",
        )
        raise FactsFaults([fault])
    return _layout(grid, top, bottom)


def _layout(grid: Grid, top: int, bottom: int) -> Layout:
    titles = tuple(row for row in range(1, top) if grid.distinct(row))
    above = [text for row in titles for text in grid.row(row)]
    unit = next((found for read in (unit_above, unit_in_name) for text in above if (found := read(text))), "")
    return Layout(titles, unit, (top, bottom), (bottom + 1, _last_row(grid, bottom)))


def is_note(text: str) -> bool:
    """Whether a text is a note or a signature line under a table."""
    return bool(_NOTE.match(unicodedata.normalize("NFKC", text)))


def is_total(text: str) -> bool:
    """Whether a label is a total (合 计, 小计, 总计)."""
    return bool(_TOTAL.match(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))))


def is_subtotal(text: str) -> bool:
    """Whether a total is that of a part only (小计)."""
    return re.sub(r"\s+", "", text).startswith("小计")


def _is_data(grid: Grid, row: int) -> bool:
    """A row with a label and a figure to the right of it; years and month names are headings."""
    texts = grid.row(row)
    label = next((index for index, text in enumerate(texts) if text and read_amount(text) is None), None)
    if label is None or is_note(texts[label]) or _is_head_words(grid, row):
        return False
    if any(grid.unread(row, column) for column in range(label + 2, grid.width + 1)):
        return True
    figures = [text for text in texts[label + 1 :] if text and (read_amount(text) or is_no_data(text))]
    return any(not _YEAR.fullmatch(fold(text)) for text in figures)


def _is_head_words(grid: Grid, row: int) -> bool:
    """A row in which at least two cells give periods and none of the rest a figure."""
    texts = [text for text in grid.row(row) if text]
    periods = [text for text in texts if find_parts(fold(text))]
    others = [text for text in texts if not find_parts(fold(text)) and read_amount(text)]
    return len(periods) >= 2 and not others


def _is_head(grid: Grid, row: int) -> bool:
    texts = [text for text in grid.row(row) if text]
    return (
        grid.distinct(row) >= 2
        and not any(unit_above(text) for text in texts)
        and not any(
            is_note(text) and not re.fullmatch(r"\s*(?:备注|说明|来源|数据来源|资料来源)\s*", text)
            for text in texts
        )
    )


def _last_row(grid: Grid, heads: int) -> int:
    """The last row of the body: before notes, two blank rows, or the heading of another table."""
    known = {text for text in grid.row(heads) if text}
    last = heads + 1
    for row in range(heads + 1, grid.height + 1):
        texts = [text for text in grid.row(row) if text]
        if not texts:
            if not any(grid.row(row + 1)):
                break
            continue
        if is_note(texts[0]) or (row > last and grid.is_spread(row) and len(texts[0]) > _LONG_LINE):
            break
        if _is_another_heading(texts, known):
            break
        last = row
    return last


def _is_another_heading(texts: list[str], known: set[str]) -> bool:
    """Whether a row without figures repeats the heading or gives periods beside its first cell."""
    if any(read_amount(text) and not _YEAR.fullmatch(fold(text)) for text in texts):
        return False
    periods = [text for text in texts[1:] if is_period(text)]
    return bool(periods) or (len(texts) > 1 and 2 * len(known & set(texts)) >= len(set(texts)))
