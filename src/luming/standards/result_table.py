"""The verdicts of a table of firms as a table again, for people: outcome, score, class, what is missing, why not.

One row a firm, a group of columns a standard; a second sheet says which version of each standard was used. Reckoned by
the scalar evaluator, exactly; for millions of rows see `columnar`.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from luming.errors import Fault
from luming.punctuation import full_width
from luming.standards.assessment import Outcome
from luming.standards.explanation import explain
from luming.standards.firm_table import NAMES, FirmTable
from luming.standards.model import Standard
from luming.standards.step import Explanation
from luming.standards.words import Words

_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be run as a formula by a spreadsheet."""


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Heading and rows of the results, and one line for each standard that was used."""

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    versions: tuple[tuple[str, ...], ...]


def assess_firms(
    table: FirmTable,
    standards: Sequence[Standard],
    as_of: dt.date,
    progress: Callable[[int], None] = lambda done: None,
) -> ResultTable:
    """Every firm of a table by some standards.

    Args:
        progress: told how many firms are done, after each.
    """
    carried = [key for key in (*NAMES, *table.columns) if any(key in row.other for row in table.rows)]
    carried = list(dict.fromkeys(key for key in carried if key))
    words = [Words(standard) for standard in standards]
    rows = []
    for done, firm in enumerate(table.rows, 1):
        cells = [firm.other.get(key, "") for key in carried]
        for standard, spoken in zip(standards, words, strict=True):
            found = explain(
                standard, {key: firm.facts[key] for key in standard.inputs if key in firm.facts}, as_of
            )
            cells += map(full_width, _cells(found, spoken))
        rows.append(tuple(cells))
        progress(done)
    heading = [NAMES.get(key, key) for key in carried]
    for standard, spoken in zip(standards, words, strict=True):
        heading += [full_width(f"{standard.about.label}:{column}") for column in _columns(standard, spoken)]
    versions = tuple(
        (
            item.about.label,
            item.name,
            item.document.number or item.document.title,
            as_of.isoformat(),
            item.about.mark.label,
            item.sha256,
            item.caution,
        )
        for item in standards
    )
    return ResultTable(tuple(heading), tuple(rows), versions)


def _columns(standard: Standard, words: Words) -> Iterator[str]:
    yield "结论"
    if standard.classes:
        yield "类别"
    for score in standard.scores:
        yield words.name(score.key)
    for amount in standard.amounts:
        yield f"{words.name(amount.key)}({amount.unit})"
    yield "原因"
    yield "还缺"


def _cells(found: Explanation, words: Words) -> Iterator[str]:
    verdict = found.assessment
    standard = verdict.standard
    yield verdict.outcome.label
    if standard.classes:
        named = {item.key: item.about.label for item in standard.classes}
        yield "或".join(named.get(key, "无") for key in verdict.classes)
    for score in standard.scores:
        yield words.span(verdict.scores[score.key], "分").removesuffix("分")
    for amount in standard.amounts:
        yield words.money(verdict.amounts[amount.key], amount).removesuffix(amount.unit)
    failed = verdict.outcome is Outcome.FAIL
    yield ";".join(step.reason for step in found.against) if failed else ""
    yield "、".join(item.about.label for item in found.deciding)


VERSIONS = ("标准", "代码@版本", "文号", "评价日", "出处", "校验值", "说明")


def write_result(path: Path, result: ResultTable, faults: Sequence[Fault]) -> None:
    """Write a result as CSV (UTF-8 with mark) or xlsx; the file stands whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    if path.suffix.lower() == ".xlsx":
        _write_xlsx(part, result, faults)
    else:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(result.heading)
            writer.writerows([_guarded(cell) for cell in row] for row in result.rows)
    part.replace(path)


def _guarded(cell: str) -> str:
    number = cell.replace(".", "", 1).removeprefix("-").isdigit()
    return f"'{cell}" if cell.startswith(_SIGNS) and not number else cell


def _write_xlsx(path: Path, result: ResultTable, faults: Sequence[Fault]) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheets = [("结论", result.heading, result.rows), ("标准", VERSIONS, result.versions)]
        if faults:
            sheets.append(("未读入", ("问题",), tuple((fault.sentence(),) for fault in faults)))
        for name, heading, rows in sheets:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            sheet.write_row(0, 0, heading, bold)
            for at, row in enumerate(rows, 1):
                for column, cell in enumerate(row):
                    sheet.write_string(at, column, cell)
            sheet.autofit()
            if rows:
                sheet.autofilter(0, 0, len(rows), len(heading) - 1)
