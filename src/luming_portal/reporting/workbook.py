"""The month's workbook: template, export and import at once. Its words are Chinese, as the units'.

What may be filled in is unlocked, all else is locked without a password; the column that says which report a row is
stands hidden at the left. Nothing in it is a formula.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter

from luming.period import parse_period
from luming.reporting import Stage
from luming_portal.registers.cells import FORMULA_STARTS
from luming_portal.reporting.book_entry import RowNumber, cell_text
from luming_portal.reporting.concerns import before, same_as_last, series_of, told_before
from luming_portal.reporting.models import Report, ReportingMonth

SHEET = "报送"
HELP = "填写说明"
LONGEST = {"narrative": 4000, "evidence": 1000}
_CELL_DIGITS = 15
_FIRST_ROW = 1


@dataclass(frozen=True, slots=True)
class BookColumn:
    """A column: its key, its head, its width, the other names under which it is known, whether it is filled in."""

    key: str
    label: str
    width: int
    names: tuple[str, ...] = ()
    filled: bool = False


COLUMNS = (
    BookColumn("number", "编号", 30, ("报送编号", "id")),
    BookColumn("unit", "填报单位", 18, ("单位", "报送单位", "数据单位")),
    BookColumn("indicator", "报送内容", 30, ("指标", "指标名称")),
    BookColumn("subject", "对象", 12, ("地区", "主体")),
    BookColumn("period", "时期", 16, ("报告期", "期间")),
    BookColumn("of_measure", "计量单位", 10),
    BookColumn("last", "上期数", 14, ("上期", "上期值", "上期数值")),
    BookColumn("value", "数值", 14, ("本期数", "本期值", "本期数值", "本期"), filled=True),
    BookColumn("unchanged", "与上期相同", 12, ("同上期", "是否与上期相同"), filled=True),
    BookColumn("narrative", "进展与原因", 44, ("进展和原因", "进展", "原因", "进展情况"), filled=True),
    BookColumn("evidence", "依据", 30, ("数据依据", "依据文号"), filled=True),
    BookColumn("stage", "状态", 14),
    BookColumn("remark", "退回或修订理由", 24, ("退回理由",)),
)
LABELS = {column.key: column.label for column in COLUMNS}
_PLACE = {column.key: place for place, column in enumerate(COLUMNS)}

_HELP = (
    (
        "能填的列",
        "白底的四列:数值、与上期相同、进展与原因、依据。灰底的列是锁定的,不要改;已经提交的行也是锁定的。",
    ),
    ("数值", "只填数字,不写单位、不写“约”。单位看“计量单位”列。没有数就空着并写明原因,空着不等于零。"),
    ("进展项", "没有计量单位的行只写进展,不填数值;“上期数”列里是上期写的进展。"),
    ("与上期相同", "和上期一样的填“是”,数值(或进展)可以空着,导入时取上期的;不一样的空着。"),
    ("进展与原因", "最多4000字。与上期或上年同期相差很大的,请写明原因。"),
    ("依据", "文号、台账编号或链接,最多1000字。"),
    (
        "编号",
        "第一列是隐藏的编号,系统凭它认行。不要自己加行、改编号;不用填的行可以整行删去,删去的行保持原样。",
    ),
    (
        "公式",
        "可以用公式,读的是表格软件算好存下的结果;上传前请保存一次。宏不会运行,标出问题的工作簿里也不再有宏。",
    ),
    (
        "上传",
        "在平台“数据报送”的本单位报表里点“用表格填报”上传。先看预览,确认以后才保存;有问题的行可以下载标好问题的工作簿,改好再传。",
    ),
    ("提交", "导入只是保存草稿,和在网页上填写一样;核对以后请在网页上点“提交”。"),
)


def plain(value: Decimal) -> str:
    """A figure without exponent and without noughts that say nothing."""
    return format(value.normalize(), "f")


def workbook(month: ReportingMonth, reports: Sequence[Report]) -> bytes:
    """The workbook of some reports of a month, in their order, with what is in them now."""
    target = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": f"{month.year}年{month.month}月报送"})
        _reports(book, reports)
        _help(book, month)
    return target.getvalue()


def _reports(book: Any, reports: Sequence[Report]) -> None:
    sheet = book.add_worksheet(SHEET)
    styles = _Styles(book)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width, None, {"hidden": column.key == "number"})
        sheet.write_string(0, place, column.label, styles.head_filled if column.filled else styles.head)
    series, told = series_of(reports), told_before(reports)
    for row, report in enumerate(reports, _FIRST_ROW):
        last = same_as_last(report, before(report, series), told.get(report.pk, ""))
        _row(sheet, row, report, last, styles)
    last_row = max(len(reports), 1)
    sheet.freeze_panes(1, _PLACE["subject"])
    sheet.autofilter(0, 0, last_row, len(COLUMNS) - 1)
    _guidance(sheet, last_row)
    sheet.protect(
        "",
        {
            "autofilter": True,
            "sort": True,
            "format_cells": True,
            "format_columns": True,
            "format_rows": True,
            "delete_rows": True,
        },
    )
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _row(sheet: Any, row: int, report: Report, last: Decimal | str | None, styles: _Styles) -> None:
    locked = report.at is not Stage.DRAFT
    told: dict[str, str | Decimal | None] = {
        "number": RowNumber.of(report, report.reporting_month).text,
        "unit": report.unit,
        "indicator": report.label,
        "subject": report.subject,
        "period": parse_period(report.period).label(),
        "of_measure": report.of_measure,
        "last": last,
        "value": report.value,
        "unchanged": "是" if report.unchanged else "",
        "narrative": report.narrative,
        "evidence": report.evidence,
        "stage": report.at.label,
        "remark": report.remark,
    }
    for place, column in enumerate(COLUMNS):
        asked = report.asks_figure or column.key != "value"
        _cell(sheet, row, place, told[column.key], styles, open_=column.filled and asked and not locked)


def _cell(
    sheet: Any, row: int, place: int, value: str | Decimal | None, styles: _Styles, *, open_: bool
) -> None:
    if isinstance(value, Decimal):
        form = styles.number_open if open_ else styles.number
        if len(value.normalize().as_tuple().digits) <= _CELL_DIGITS and abs(value.adjusted()) < _CELL_DIGITS:
            sheet.write_number(row, place, value, form)
        else:
            sheet.write_string(row, place, plain(value), form)
        return
    text = cell_text(value or "")
    form = styles.text_open if open_ else styles.text
    if not text:
        sheet.write_blank(
            row, place, None, styles.number_open if open_ and place == _PLACE["value"] else form
        )
    elif text.startswith(FORMULA_STARTS):
        sheet.write_string(row, place, text, styles.quoted_open if open_ else styles.quoted)
    else:
        sheet.write_string(row, place, text, form)


def _guidance(sheet: Any, last: int) -> None:
    """Hints and checks of the spreadsheet program itself; a figure of another kind is asked about, not refused."""
    sheet.data_validation(
        _FIRST_ROW,
        _PLACE["value"],
        last,
        _PLACE["value"],
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -(10**15),
            "maximum": 10**15,
            "error_type": "warning",
            "error_title": "只填数字",
            "error_message": "请只填数字,不写单位,不写“约”。没有数就空着,在“进展与原因”里写明原因。",
        },
    )
    sheet.data_validation(
        _FIRST_ROW,
        _PLACE["unchanged"],
        last,
        _PLACE["unchanged"],
        {
            "validate": "list",
            "source": ["是"],
            "error_title": "是,或空着",
            "error_message": "与上期相同的填“是”,否则空着。",
        },
    )
    for key, most in LONGEST.items():
        sheet.data_validation(
            _FIRST_ROW,
            _PLACE[key],
            last,
            _PLACE[key],
            {
                "validate": "length",
                "criteria": "<=",
                "value": most,
                "error_title": "太长",
                "error_message": f"最多{most}字。",
            },
        )


def _help(book: Any, month: ReportingMonth) -> None:
    sheet = book.add_worksheet(HELP)
    head = book.add_format({"bold": True, "font_size": 13})
    name = book.add_format({"bold": True, "valign": "top"})
    words = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 88)
    demo = "【演示数据】" if month.demo else ""
    sheet.write_string(0, 0, f"{demo}{month.year}年{month.month}月报送:填写说明", head)
    sheet.write_string(1, 0, "报送截止", name)
    sheet.write_string(1, 1, month.due_on.isoformat(), words)
    for row, (label, text) in enumerate(_HELP, 2):
        sheet.write_string(row, 0, label, name)
        sheet.write_string(row, 1, text, words)
    sheet.protect()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


class _Styles:
    """The few formats of the sheet."""

    def __init__(self, book: Any) -> None:
        line = {"border": 1, "border_color": "#C9D3E0", "valign": "top"}
        grey = {**line, "bg_color": "#F1F3F6", "font_color": "#333333"}
        white = {**line, "locked": False}
        wrap = {"text_wrap": True}
        head = {"bold": True, "border": 1, "border_color": "#B9CDE6", "text_wrap": True, "valign": "vcenter"}
        self.head = book.add_format({**head, "bg_color": "#E6EEF8"})
        self.head_filled = book.add_format({**head, "bg_color": "#1F5FA8", "font_color": "#FFFFFF"})
        self.text = book.add_format({**grey, **wrap})
        self.text_open = book.add_format({**white, **wrap})
        self.number = book.add_format({**grey, "align": "right"})
        self.number_open = book.add_format({**white, "align": "right"})
        self.quoted = book.add_format({**grey, **wrap, "quote_prefix": True})
        self.quoted_open = book.add_format({**white, **wrap, "quote_prefix": True})
