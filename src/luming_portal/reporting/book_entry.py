"""One row of the month's workbook: what a person fills in, and the number that says which report and which state it was."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from luming_portal.reporting.models import Report, ReportingMonth

MARKS = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
"""Marks that cannot be seen and that mean nothing in a figure or a name; as a part of a set of characters."""

_NUMBER = re.compile(r"(\d{6})-(\d{1,18})-(\d{1,18})-([0-9a-f]{6})-([0-9a-f]{8})")
_UNSEEN = re.compile("[\u200b\u2060\ufeff\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_BLANKS = re.compile(f"[\\s{MARKS}]+")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def text_of_cell(text: str) -> str:
    """A text as a cell gives it back: one kind of line end, nothing that cannot be seen, no blanks at its ends."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def cell_text(text: str) -> str:
    """A text for a cell. What looks like the file format's escape (_x0041_) is broken by a mark that reading takes away."""
    return _ESCAPE.sub("_\u200b", text_of_cell(text))


def compact(text: str) -> str:
    """A short text without blanks, marks that cannot be seen, and differences of width."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person fills in of a row."""

    value: Decimal | None
    unchanged: bool
    narrative: str
    evidence: str

    @classmethod
    def of(cls, report: Report) -> Entry:
        """As it is stored, in the texts of cells."""
        return cls(
            report.value, report.unchanged, text_of_cell(report.narrative), text_of_cell(report.evidence)
        )

    def stamp(self) -> str:
        """Eight letters that tell one state from another: whether a row was touched since it was handed out."""
        value = "" if self.value is None else format(self.value.normalize(), "f")
        told = json.dumps([value, self.unchanged, self.narrative, self.evidence], ensure_ascii=False)
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class RowNumber:
    """What stands in the hidden column of a row.

    Attributes:
        month: year and month as six digits.
        check: against numbers of another month, document or installation, and against slips. It guards no right.
        stamp: of the entry as it was handed out.
    """

    month: str
    month_pk: int
    report_pk: int
    check: str
    stamp: str

    @classmethod
    def of(cls, report: Report, month: ReportingMonth) -> RowNumber:
        """The number of a report in the workbook of its month."""
        return cls(_digits(month), month.pk, report.pk, _check_of(report.pk, month), Entry.of(report).stamp())

    @classmethod
    def read(cls, text: str) -> RowNumber | None:
        """The number in a cell; None where it is none."""
        found = _NUMBER.fullmatch(compact(text))
        if found is None:
            return None
        return cls(found[1], int(found[2]), int(found[3]), found[4], found[5])

    @property
    def text(self) -> str:
        """As it stands in the cell."""
        return f"{self.month}-{self.month_pk}-{self.report_pk}-{self.check}-{self.stamp}"

    def is_of(self, month: ReportingMonth) -> bool:
        """Whether it speaks of this month."""
        return (self.month, self.month_pk) == (_digits(month), month.pk)

    def holds(self, month: ReportingMonth) -> bool:
        """Whether it was handed out like this for this month."""
        return self.is_of(month) and self.check == _check_of(self.report_pk, month)


def _digits(month: ReportingMonth) -> str:
    return f"{month.year}{month.month:02d}"


def _check_of(report_pk: int, month: ReportingMonth) -> str:
    told = (
        f"report {month.document_id} {month.pk} {_digits(month)} {report_pk} {month.created_at.isoformat()}"
    )
    return hashlib.sha256(told.encode()).hexdigest()[:6]
