"""Workbooks of a month for tests: many rows at once, read and filled as a spreadsheet program would."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

from luming_portal.accounts.models import User
from luming_portal.indicators.models import Indicator
from luming_portal.registers.plan import Outcome, Plan
from luming_portal.reporting.book_planning import plan_book
from luming_portal.reporting.book_reading import read_book
from luming_portal.reporting.models import Report, ReportingMonth
from luming_portal.reporting.selectors import reports_for
from luming_portal.reporting.workbook import COLUMNS, workbook
from portal.conftest import recorded
from portal_records import seen

LETTERS = {column.key: openpyxl.utils.get_column_letter(at) for at, column in enumerate(COLUMNS, 1)}


def asked(
    month: ReportingMonth, units: Sequence[str], rows: int, *, of_measure: str = "家", **fields: Any
) -> list[Report]:
    """Reports of each unit on so many indicators, one subject a unit."""
    with recorded() as changes:
        indicators = changes.create_many(
            [
                Indicator(
                    key=f"many_{at}",
                    label=f"指标{at:03d}",
                    definition="口径",
                    unit=of_measure,
                    kind="ratio" if of_measure == "%" else "stock",
                    frequency="month",
                )
                for at in range(rows)
            ]
        )
        return changes.create_many(
            [
                Report(
                    **{
                        "reporting_month": month,
                        "position": at,
                        "unit": unit,
                        "lead": unit,
                        "indicator": one,
                        "subject": f"对象{number}",
                        "period": "2025-09",
                        "of_measure": of_measure,
                        **fields,
                    }
                )
                for number, unit in enumerate(units)
                for at, one in enumerate(indicators)
            ]
        )


def book_for(month: ReportingMonth, user: User, **only: Any) -> bytes:
    """The workbook of what a person reports, or of some of it."""
    reports = reports_for(user, month).order_by("unit", "position", "pk")
    return workbook(month, list(reports.filter(**(only or {"unit": user.unit}))))


def opened(content: bytes) -> Any:
    """A workbook as openpyxl opens it."""
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: Any) -> bytes:
    """A workbook as openpyxl writes it."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def filled(content: bytes, cells: dict[str, Any]) -> bytes:
    """The workbook with cells written: by address."""
    book = opened(content)
    for address, value in cells.items():
        book["报送"][address] = value
    return saved(book)


def planned(month: ReportingMonth, content: bytes, user: User, name: str = "报送.xlsx") -> Plan:
    """What a workbook would do."""
    return plan_book(read_book(name, content), month, by=user)


def outcomes(plan: Plan) -> dict[int, Outcome]:
    """The outcome by row."""
    return {row.number: row.outcome for row in plan.rows}


def sentences(plan: Plan, row: int) -> str:
    """All that is said of a row."""
    return seen(" ".join(one.sentence for one in plan.problems if one.row == row))
