"""One table of a sheet with its headings read: which column names the rows, what the rows are, what is a figure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from luming.facts.dictionary import Dictionary
from luming.facts.spoken_period import find_parts, fold, is_period
from luming.facts.workbook.amount import is_no_data, read_amount
from luming.facts.workbook.grid import Grid
from luming.facts.workbook.heads import Head, Role, read_head
from luming.facts.workbook.layout import Layout, is_total
from luming.facts.workbook.names import Confidence, Match, bare_name, match_indicator
from luming.facts.workbook.subjects import measures

_SUBJECT_HEADS = re.compile(r"地区|旗县区|区县|县区|园区|单位名称|企业|主体|区域|盟市|机构")
_PERIOD_HEADS = re.compile(r"时间|年份|年度|月份|时期|季度")
_TITLE_WORDS = re.compile(
    r"^(?:附件|附表|表)\s*\d*[::]?|(?:情况|统计|一览|汇总|月报|快报|季报|年报|调度|明细)?(?:统计)?表$|\(.*?\)"
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `heads` by column from 1; `label` is the column whose cells name the rows."""

    grid: Grid
    layout: Layout
    heads: dict[int, Head]
    label: int

    def body(self) -> range:
        """The rows of the data."""
        return range(self.layout.body[0], self.layout.body[1] + 1)

    def labels(self) -> list[tuple[int, str]]:
        """Rows with a label that is no total and has something beside it."""
        return [
            (row, text)
            for row in self.body()
            if (text := self.grid.text(row, self.label))
            and not is_total(text)
            and self.grid.distinct(row) > 1
        ]


def read_table(grid: Grid, layout: Layout, dictionary: Dictionary, label: int = 0) -> Table:
    """Read the headings of a table and find the column that names its rows, where `label` does not say it."""
    columns = range(1, grid.width + 1)
    heads = {column: read_head(_head_texts(grid, layout, column), dictionary) for column in columns}
    return Table(grid, layout, heads, label or _label_column(grid, layout, heads, dictionary))


def rows_are(table: Table, dictionary: Dictionary) -> str:
    """What the row labels name: indicator, subject or period."""
    texts = [text for _, text in table.labels()]
    head = table.heads[table.label].text
    if texts and sum(is_period(text) for text in texts) >= len(texts) / 2:
        return "period"
    if names_subjects(table):
        return "subject"
    known = sum(match_indicator(text, dictionary).confidence is not Confidence.NONE for text in texts)
    if known >= max(1, len(texts) / 2) or (known and not _PERIOD_HEADS.search(head)):
        return "indicator"
    named = any(item.match and item.match.indicator for item in table.heads.values())
    return "subject" if named or sheet_indicator(table, dictionary).indicator else "indicator"


def names_subjects(table: Table) -> bool:
    """Whether the heading of the labels says that they name places or bodies."""
    return bool(_SUBJECT_HEADS.search(table.heads[table.label].text))


def indicators_of_rows(table: Table, dictionary: Dictionary, known: Collection[str]) -> dict[str, Match]:
    """The indicator of every row label, by itself or with the quantity that the headings share (稀土产业 · 产值)."""
    words = {table.heads[column].words for column in table.heads if is_value(table, column)}
    shared = [word for word in words if word and word not in known and measures(word, dictionary)]
    found = {text: match_indicator(text, dictionary) for _, text in table.labels()}
    if len(shared) != 1:
        return found
    for text, match in found.items():
        if match.confidence is not Confidence.EXACT:
            whole = match_indicator(bare_name(text) + shared[0], dictionary)
            if whole.confidence is Confidence.EXACT:
                reason = f"行名与列标题“{shared[0]}”合起来与指标字典中的名称相同"
                found[text] = Match(whole.indicator, whole.confidence, reason)
    return found


def sheet_indicator(table: Table, dictionary: Dictionary) -> Match:
    """The indicator that title or sheet name speaks of."""
    texts = [table.grid.name] + [
        text for row in table.layout.titles for text in dict.fromkeys(table.grid.row(row))
    ]
    matches = [
        match_indicator(_TITLE_WORDS.sub("", without_period(text)), dictionary) for text in texts if text
    ]
    exact = {match.indicator for match in matches if match.confidence is Confidence.EXACT}
    if len(exact) == 1:
        return Match(exact.pop(), Confidence.EXACT, "表题与指标字典中的名称相同")
    inside = {
        id: name
        for id, item in dictionary.indicators.items()
        for name in item.names
        if any(name in text for text in texts)
    }
    longest = {
        id
        for id, name in inside.items()
        if not any(name != other and name in other for other in inside.values())
    }
    if len(longest) == 1:
        id = longest.pop()
        return Match(id, Confidence.NEAR, f"表题中含有“{inside[id]}”")
    return Match("", Confidence.NONE, "表题没有点明是哪个指标")


def without_period(text: str) -> str:
    """The text without the first period in it."""
    folded = fold(text)
    parts = find_parts(folded)
    return folded if parts is None else folded[: parts.start] + folded[parts.end :]


def is_value(table: Table, column: int) -> bool:
    """Whether a column holds figures."""
    if column == table.label or table.heads[column].role not in (None, Role.GROWTH):
        return False
    cells = [(row, text) for row in table.body() if (text := table.grid.text(row, column))]
    texts = [text for _, text in cells]
    figures = sum(
        1 for row, text in cells if read_amount(text) or is_no_data(text) or table.grid.unread(row, column)
    )
    return bool(texts) and figures >= len(texts) / 2


def lacks_unit(table: Table, column: int) -> bool:
    """Whether a figure of the column has no unit in its own cell and none stands above the table or in a column."""
    has_column = any(head.role is Role.UNIT for head in table.heads.values())
    if table.layout.unit or has_column or table.heads[column].unit:
        return False
    amounts = [read_amount(table.grid.text(row, column)) for row in table.body()]
    return any(amount is not None and not amount.unit for amount in amounts)


def _head_texts(grid: Grid, layout: Layout, column: int) -> list[str]:
    texts: list[str] = []
    seen: set[tuple[int, int]] = set()
    for row in range(layout.heads[0], layout.heads[1] + 1):
        owner = grid.owner(row, column)
        if owner not in seen and grid.text(row, column):
            texts.append(grid.text(row, column))
        seen.add(owner)
    return texts


def _label_column(grid: Grid, layout: Layout, heads: dict[int, Head], dictionary: Dictionary) -> int:
    """The column whose cells name the rows: most known names first, then most words, then the rightmost."""
    best, best_score = 1, (-1.0, -1.0, 0)
    for column in range(1, grid.width + 1):
        if heads[column].role in (Role.NUMBERING, Role.NOTE, Role.UNIT, Role.GROWTH, Role.TOTAL):
            continue
        texts = [
            text for row in range(layout.body[0], layout.body[1] + 1) if (text := grid.text(row, column))
        ]
        words = [text for text in texts if read_amount(text) is None and not is_no_data(text)]
        is_years = bool(texts) and all(find_parts(fold(text)) for text in texts)
        if (
            column in grid.marks.hidden_columns
            or not texts
            or (len(words) < len(texts) / 2 and not (is_years and not heads[column].has_period))
        ):
            continue
        known = sum(match_indicator(text, dictionary).confidence is Confidence.EXACT for text in set(texts))
        score = (known / len(set(texts)), len(set(texts)) / len(texts), -abs(column))
        if score > best_score:
            best, best_score = column, score
    return best
