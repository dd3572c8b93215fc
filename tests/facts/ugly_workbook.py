"""A monthly report as bad as they come, written with stored results of its formulas; invented figures.

Merged two-line heading, full-width digits, “约３５” as text, formulas, a formula that was never reckoned, a hidden row,
a hidden column, a hidden sheet, a cover without a table, notes and signatures below. `later` is next month's: columns
have moved, one is new, a row is new.
"""

from __future__ import annotations

import io
import zipfile

import xlsxwriter

MONTHS = {False: ("5月", "6月"), True: ("6月", "7月")}


def ugly(*, later: bool = False, unit: str = "", uncounted: bool = True, macros: bool = False) -> bytes:
    """The workbook; `uncounted` puts a formula without a result and an error into it."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    cover = book.add_worksheet("封面")
    cover.write("B3", "人才与创新服务进展月报")
    sheet = book.add_worksheet("进展")
    draft = book.add_worksheet("底稿")
    draft.hide()
    for row, cells in enumerate([["指标", "2025年3月(家)"], ["科技体检入企数", 77]]):
        draft.write_row(row, 0, cells)
    _report(sheet, later=later, unit=unit, uncounted=uncounted)
    book.close()
    return _with_macros(target.getvalue()) if macros else target.getvalue()


def _report(sheet: xlsxwriter.worksheet.Worksheet, *, later: bool, unit: str, uncounted: bool) -> None:
    width = 8 if later else 7
    first, second = MONTHS[later]
    sheet.merge_range(0, 0, 0, width - 1, "２０２５年人才与创新服务进展月报")
    sheet.write(1, 0, "填报日期:2025年7月3日")
    if unit:
        sheet.write(1, width - 1, f"单位:{unit}")
    # place of: number, name, unit, figures, target, note
    name, measure, figures, target, note = (2, 1, 4, 7, 3) if later else (1, 2, 3, 5, 6)
    for column, head in (
        (0, "序号"),
        (name, "指 标"),
        (measure, "计量单位"),
        (target, "年度目标"),
        (note, "备注"),
    ):
        sheet.merge_range(2, column, 3, column, head)
    if later:
        sheet.merge_range(2, 6, 3, 6, "完成质量")
    sheet.merge_range(2, figures, 2, figures + 1, "完成情况")
    sheet.write(3, figures, first)
    sheet.write(3, figures + 1, second)
    letters = "ABCDEFGH"[figures]
    rows = [
        ("柔性引进高层次人才团队", "个", "１２", (f"={letters}5+3", 15), 35),
        ("新增专业技术人才", "万人", 0.4, "０．５", "1.3万人"),
        ("科技体检入企数", "家", 100, 120, None),
        ("域外科创飞地", "家", 2, "约３", None),
        ("需求清单", "项", 40, 44, None),
    ]
    if later:
        rows = [
            ("柔性引进高层次人才团队", "个", 15, 19, 35),
            ("新增专业技术人才", "万人", 0.52, "０．７", "1.3万人"),
            ("科技体检入企数", "家", 121, 140, None),
            ("域外科创飞地", "家", "约３", 4, None),
            ("需求清单", "项", 44, 50, None),
            ("新增高技能人才", "人", None, 300, None),
        ]
    for index, (label, of, before, now, aim) in enumerate(rows):
        row = index + 4
        sheet.write(row, 0, index + 1)
        sheet.write(row, name, label)
        sheet.write(row, measure, of)
        for offset, value in enumerate((before, now)):
            if isinstance(value, tuple):
                sheet.write_formula(row, figures + offset, value[0], None, value[1])
            elif value is not None:
                sheet.write(row, figures + offset, value)
        if aim is not None:
            sheet.write(row, target, aim)
    if not later:
        sheet.set_row(6, None, None, {"hidden": True})
        if uncounted:
            sheet.write(9, 0, 6)
            sheet.write(9, 1, "新增高技能人才")
            sheet.write(9, 2, "人")
            sheet.write_formula(9, 3, "=D5*10", None, "")
            sheet.write_formula(9, 4, "=D5/0", None, "#DIV/0!")
    end = len(rows) + (6 if not later and uncounted else 5)
    sheet.merge_range(end, 0, end, width - 1, "注:本表为快报数。")
    sheet.write(end + 1, 0, "填报人:某")
    if not later:
        sheet.set_column(6, 6, None, None, {"hidden": True})


def _with_macros(content: bytes) -> bytes:
    """The workbook with a part in which macros stand; what is in it is never read."""
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            data = old.read(part)
            if part == "[Content_Types].xml":
                data = data.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            new.writestr(part, data)
        new.writestr("xl/vbaProject.bin", b'\xd0\xcf\x11\xe0 Sub Workbook_Open() Kill "*.*" End Sub')
    return result.getvalue()


def dates_as_text() -> bytes:
    """Days of one year down the rows, each written in another way, with full-width figures."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("进度")
    rows: list[list[object]] = [
        ["包头市科技体检入企情况"],
        ["时间", "科技体检入企数(家)"],
        ["2025年3月31日", "１１"],
        ["2025.4.30", "２２"],
        ["２０２５年５月", "３３"],
        ["2025-06-30", 44],
        ["2025/7", "５５家"],
    ]
    for row, cells in enumerate(rows):
        sheet.write_row(row, 0, cells)
    book.close()
    return target.getvalue()
