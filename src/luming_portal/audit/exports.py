"""The record of changes as CSV and as a workbook: exactly what the filter shows, masked as the page masks it.

A cell that a spreadsheet would take for a formula is written as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from luming_portal.audit.models import Change
from luming_portal.audit.selectors import Entry, entries

LARGEST = 200_000
"""Rows of one export; whoever needs more narrows the time."""
_BATCH = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def heads() -> list[str]:
    """Heads of the columns."""
    return [
        _("编号"),
        _("时间"),
        _("登录名"),
        _("姓名"),
        _("角色"),
        _("动作"),
        _("对象类别"),
        _("对象编号"),
        _("对象"),
        _("理由"),
        _("变更内容"),
        _("请求编号"),
    ]


def as_csv(changes: QuerySet[Change], reader: Any) -> Iterator[bytes]:
    """Lines of a CSV file that spreadsheets open with the right characters."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(heads())
    yield b"\xef\xbb\xbf" + buffer.getvalue().encode()
    for entry in _all(changes, reader):
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([_guarded(cell) for cell in _cells(entry)])
        yield buffer.getvalue().encode()


def as_xlsx(changes: QuerySet[Change], reader: Any) -> bytes:
    """A workbook with one sheet."""
    target = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(_("审计日志"))
        sheet.freeze_panes(1, 0)
        sheet.set_column(1, 1, 20)
        sheet.set_column(8, 10, 40)
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, heads(), bold)
        for number, entry in enumerate(_all(changes, reader), 1):
            for column, cell in enumerate(_cells(entry)):
                sheet.write_string(number, column, cell[:32767])
    return target.getvalue()


def as_data(entry: Entry) -> dict[str, Any]:
    """An entry for programs."""
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "login": entry.login,
        "name": entry.who,
        "role": entry.role,
        "action": entry.action,
        "action_label": entry.action_label,
        "kind": entry.kind,
        "object_id": entry.object_id,
        "object": entry.object_label,
        "reason": entry.reason,
        "request_id": entry.request_id,
        "changes": [
            {"field": line.key, "label": line.label, "before": line.before, "after": line.after}
            for line in entry.lines
        ],
    }


def _all(changes: QuerySet[Change], reader: Any) -> Iterator[Entry]:
    rows = changes[:LARGEST].iterator(chunk_size=_BATCH)
    while batch := list(islice(rows, _BATCH)):
        yield from entries(batch, reader)


def _cells(entry: Entry) -> list[str]:
    return [
        str(entry.id),
        timezone.localtime(entry.at).strftime("%Y-%m-%d %H:%M:%S"),
        entry.login,
        entry.who,
        entry.role,
        entry.action_label,
        entry.kind,
        entry.object_id,
        entry.object_label,
        entry.reason,
        ";".join(_line(line.label, line.before, line.after) for line in entry.lines),
        entry.request_id,
    ]


def _line(label: str, before: str, after: str) -> str:
    return f"{label}:{before} → {after}" if before and after else f"{label}:{before or after}"


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
