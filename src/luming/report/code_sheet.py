"""核验码: the last sheet of the monthly workbook, with the code of each figure on the sheets before it."""

from __future__ import annotations

from luming.report.code_table import HOW, sign_note, signed
from luming.report.codes import Codes
from luming.report.qr import png
from luming.report.xlsx import Picture, Sheet, SheetColumn

_NOT_ON_THE_SHEETS = ("gap", "growth", "owed")


def code_sheet(codes: Codes) -> Sheet:
    """The sheet of codes, with the sign of one figure."""
    found = [one for one in codes if one.kind not in _NOT_ON_THE_SHEETS]
    columns = (
        SheetColumn("项目", width=34),
        SheetColumn("数字", width=14, center=True),
        SheetColumn("印出的值", width=40),
        SheetColumn("核验码", width=16, center=True),
    )
    rows = tuple((one.group, one.name, one.words, one.code) for one in found)
    lead = signed(found)
    return Sheet(
        "核验码",
        "本工作簿各数字的核验码",
        columns,
        rows,
        (HOW, sign_note(lead)),
        frozen=1,
        picture=Picture(png(lead.opens), sign_note(lead)),
    )
