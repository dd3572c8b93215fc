"""What a workbook would change, row by row, before anything is saved: unchanged, changed, faulty, or not this person's.

A row that nobody touched since it was handed out changes nothing, even where a colleague has saved something else in
between; one that was touched says so and shows what it would replace.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from luming.facts import typed_number
from luming.period import parse_period
from luming_portal.accounts.rights import Refused
from luming_portal.registers.plan import Difference, Outcome, Plan, PlannedRow, Problem
from luming_portal.reporting.book_entry import Entry, RowNumber, compact, text_of_cell
from luming_portal.reporting.book_reading import BookRow, ReadBook
from luming_portal.reporting.concerns import before, concerns_of, last_in_unit, series_of, told_before
from luming_portal.reporting.models import Report, ReportingMonth
from luming_portal.reporting.parts import Acting
from luming_portal.reporting.selectors import reports_for
from luming_portal.reporting.services import require_writable
from luming_portal.reporting.workbook import LABELS, LONGEST, plain

_YES, _NO = ("是", "√", "1", "true", "yes", "y"), ("", "否", "×", "0", "false", "no", "n")


class CellFault(ValueError):
    """A cell that cannot be taken; carries its column's key and the sentence."""

    def __init__(self, key: str, sentence: str) -> None:
        self.key = key
        super().__init__(sentence)


def plan_book(book: ReadBook, month: ReportingMonth, *, by: Any) -> Plan:
    """What the rows of a workbook would do to a month's reports as they are now."""
    return _Planner(book, month, by).plan()


class _Planner:
    def __init__(self, book: ReadBook, month: ReportingMonth, by: Any) -> None:
        self._book = book
        self._month = month
        self._by = by
        self._acting = Acting(by)
        reports = list(reports_for(by, month).select_related(None).prefetch_related("indicator"))
        self._reports = {report.pk: report for report in reports}
        self._series = series_of(reports)
        self._told = told_before(reports)
        self._numbers = {row.number: RowNumber.read(row.cells.get("number", "")) for row in book.rows}
        self._times = Counter(number.report_pk for number in self._numbers.values() if number)
        self._plan = Plan()

    def plan(self) -> Plan:
        """All rows, in their order."""
        for row in self._book.rows:
            self._plan.rows.append(self._planned(row))
        return self._plan

    def _planned(self, row: BookRow) -> PlannedRow:
        number = self._numbers[row.number]
        problem = self._unknown(row, number)
        report = self._reports.get(number.report_pk) if number else None
        if problem:
            return self._stopped(row, report, Outcome.REFUSED, [("number", problem)])
        assert number is not None, "what has no number is unknown"
        if report is None or not self._acting.may_write(report):
            return self._out_of_reach(row, number, report)
        if row.faults:
            return self._stopped(row, report, Outcome.FAULTY, row.faults)
        return self._written(row, number, report)

    def _unknown(self, row: BookRow, number: RowNumber | None) -> str:
        """Why a row speaks of no report of this month, in a sentence; "" where it does."""
        merged = next((sentence for key, sentence in row.faults if key == "number"), "")
        if merged:
            return merged
        if number is None:
            if row.cells.get("number"):
                return (
                    _("编号“%s”不是本平台的编号。请恢复原来的编号,或重新下载工作簿。")
                    % (row.cells["number"][:40])
                )
            return _("这一行没有编号:自己加的行不能报送。请填在下载时就有的那一行里。")
        if not number.is_of(self._month):
            return _("这是%(year)s年%(month)d月那一期的行,不是%(here)s。请下载本期的工作簿。") % {
                "year": number.month[:4],
                "month": int(number.month[4:]),
                "here": self._month,
            }
        if not number.holds(self._month):
            return _("编号“%s”在本期找不到,可能被改过。请恢复原来的编号,或重新下载工作簿。") % number.text
        if self._times[number.report_pk] > 1:
            rows = [
                one for one, other in self._numbers.items() if other and other.report_pk == number.report_pk
            ]
            return _("同一项在第%s行都有,不知道以哪一行为准,都没有采用。请只留一行。") % _("、").join(
                str(one) for one in rows
            )
        return ""

    def _out_of_reach(self, row: BookRow, number: RowNumber, report: Report | None) -> PlannedRow:
        """A row of another unit, or that is handed in already: nothing to say of it while nobody touched it."""
        try:
            same = not row.faults and _typed(row, None).stamp() == number.stamp
        except CellFault:
            same = False
        if same or (report is not None and not row.faults and self._says_what_stands(row, report)):
            return PlannedRow(row.number, self._label(row, report), Outcome.UNCHANGED)
        sentence = _("这一行是%s的,您不能填写。") % (row.cells.get("unit") or _("其他单位"))
        if report is not None:
            try:
                require_writable(report, by=self._by)
            except Refused as refused:
                sentence = refused.reason
        return self._stopped(row, report, Outcome.REFUSED, [("", sentence)])

    def _says_what_stands(self, row: BookRow, report: Report) -> bool:
        try:
            return _typed(row, report) == Entry.of(report)
        except CellFault:
            return False

    def _written(self, row: BookRow, number: RowNumber, report: Report) -> PlannedRow:
        stands = Entry.of(report)
        faults: list[tuple[str, str]] = []
        entry = _collected(row, report, faults)
        if entry is not None and (entry == stands or entry.stamp() == number.stamp):
            return PlannedRow(row.number, self._label(row, report), Outcome.UNCHANGED, report, report.version)
        faults += [*_too_long(row), *self._misplaced(row, report)]
        if entry is not None:
            entry = self._resolved(row, report, entry, faults)
        if faults or entry is None:
            return self._stopped(row, report, Outcome.FAULTY, faults)
        differences = _differences(report, stands, entry)
        if not differences:
            return PlannedRow(row.number, self._label(row, report), Outcome.UNCHANGED, report, report.version)
        doubts = self._doubts(row, number, stands)
        _give(report, stands, entry)
        for one in concerns_of(report, self._series):
            if one.code == "missing":
                continue
            if one.stops:
                faults.append(("value", one.sentence))
            else:
                doubts.append(one.sentence)
        if faults:
            return self._stopped(row, report, Outcome.FAULTY, faults)
        return PlannedRow(
            row.number,
            self._label(row, report),
            Outcome.CHANGED,
            report,
            report.version,
            differences,
            tuple(doubts),
        )

    def _misplaced(self, row: BookRow, report: Report) -> list[tuple[str, str]]:
        """Where the locked cells of a row do not fit its number: it was moved in part, or the cells were changed."""
        period = parse_period(report.period)
        expected = {
            "unit": [report.unit],
            "indicator": [report.label],
            "subject": [report.subject],
            "period": [period.label(), report.period],
            "of_measure": [report.of_measure],
        }
        found = []
        for key, told in expected.items():
            text = row.cells.get(key, "")
            if text and text not in told and compact(text) not in {compact(one) for one in told}:
                found.append(
                    (
                        key,
                        _(
                            "写的是“%(found)s”,这一行的编号是“%(expected)s”的。这一列不能改;整行移动时请带上编号列。"
                        )
                        % {"found": text[:60], "expected": told[0]},
                    )
                )
        return found

    def _resolved(
        self, row: BookRow, report: Report, entry: Entry, faults: list[tuple[str, str]]
    ) -> Entry | None:
        """The entry with the last figure put in where it is said to be the same."""
        if not entry.unchanged:
            return entry
        if not report.asks_figure:
            return self._told_again(report, entry, faults)
        last = last_in_unit(report, before(report, self._series))
        if last is None:
            faults.append(("unchanged", _("没有上期数,不能选“与上期相同”,请填写数值。")))
            return None
        if row.cells.get("value") and entry.value != last:
            faults.append(
                (
                    "unchanged",
                    _("又填了“与上期相同”,又填了数值%(value)s,而上期是%(last)s。请只留一个。")
                    % {"value": "" if entry.value is None else plain(entry.value), "last": plain(last)},
                )
            )
            return None
        return Entry(last, True, entry.narrative, entry.evidence)

    def _told_again(self, report: Report, entry: Entry, faults: list[tuple[str, str]]) -> Entry | None:
        """The entry with the last progress put in."""
        told = text_of_cell(self._told.get(report.pk, ""))
        if not told:
            faults.append(("unchanged", _("没有上期的进展,不能选“与上期相同”,请写明进展。")))
            return None
        if entry.narrative not in ("", told):
            faults.append(("unchanged", _("又填了“与上期相同”,又写了不同的进展。请只留一个。")))
            return None
        return Entry(None, True, told, entry.evidence)

    def _doubts(self, row: BookRow, number: RowNumber, stands: Entry) -> list[str]:
        found = []
        if stands.stamp() != number.stamp:
            found.append(_("下载以后这一项在平台上改过,导入会用表里的内容替换现在的。"))
        for key in row.formulas:
            if key in LABELS:
                found.append(
                    _("%(cell)s是公式,读的是公式结果“%(found)s”,没有重新计算。")
                    % {
                        "cell": self._book.place(row.number, key),
                        "found": row.cells.get(key, "")[:60],
                    }
                )
        return found

    def _stopped(self, row: BookRow, report: Report | None, outcome: Outcome, faults: Any) -> PlannedRow:
        self._plan.problems += [
            Problem(row.number, key, f"{self._book.place(row.number, key)}:{sentence}")
            for key, sentence in faults
        ]
        return PlannedRow(row.number, self._label(row, report), outcome)

    def _label(self, row: BookRow, report: Report | None) -> str:
        if report is not None:
            return f"{report.label} · {report.subject}"
        return row.cells.get("indicator", "")[:60] or _("第%d行") % row.number


def _typed(row: BookRow, report: Report | None) -> Entry:
    """The entry in a row as it is written; columns that are not there keep what stands.

    Raises:
        CellFault: the first cell that cannot be read.
    """
    faults: list[tuple[str, str]] = []
    entry = _collected(row, report, faults)
    if entry is None:
        raise CellFault(*faults[0])
    return entry


def _collected(row: BookRow, report: Report | None, faults: list[tuple[str, str]]) -> Entry | None:
    """The entry in a row; None where a cell cannot be read, each of which is noted in `faults`."""
    stands = Entry.of(report) if report is not None else Entry(None, False, "", "")
    cells = row.cells
    value: Decimal | None = stands.value
    unchanged = stands.unchanged
    try:
        value = _number(cells["value"], report) if "value" in cells else value
    except CellFault as fault:
        faults.append((fault.key, str(fault)))
    try:
        unchanged = _flag(cells["unchanged"]) if "unchanged" in cells else unchanged
    except CellFault as fault:
        faults.append((fault.key, str(fault)))
    texts = {key: cells.get(key, getattr(stands, key)) for key in LONGEST}
    return None if faults else Entry(value, unchanged, **texts)


def _too_long(row: BookRow) -> list[tuple[str, str]]:
    return [
        (key, _("有%(found)d字,最多%(most)d字。") % {"found": len(row.cells[key]), "most": most})
        for key, most in LONGEST.items()
        if len(row.cells.get(key, "")) > most
    ]


def _number(text: str, report: Report | None) -> Decimal | None:
    if not text:
        return None
    if report is not None and not report.asks_figure:
        raise CellFault("value", _("这一项只写进展,不填数值。请清空这一格。"))
    unit = report.of_measure if report is not None else ""
    if unit == "%" and text.endswith(("%", "\uff05")):
        text = text[:-1]
    value, problem = typed_number(text, unit=unit, remark=LABELS["narrative"])
    if problem:
        raise CellFault("value", problem)
    try:
        Report._meta.get_field("value").to_python(value)
    except ValidationError as too_long:
        raise CellFault("value", " ".join(too_long.messages)) from None
    return value


def _flag(text: str) -> bool:
    plain_text = compact(text).lower()
    if plain_text in _YES:
        return True
    if plain_text in _NO:
        return False
    raise CellFault("unchanged", _("为“%s”,应为“是”或空着。") % text[:60])


def _differences(report: Report, stands: Entry, entry: Entry) -> tuple[Difference, ...]:
    def words(value: Any) -> str:
        if isinstance(value, bool):
            return _("是") if value else ""
        if isinstance(value, Decimal):
            return f"{plain(value)}{report.of_measure}"
        return value or ""

    return tuple(
        Difference(LABELS[key], words(getattr(stands, key)), words(getattr(entry, key)))
        for key in ("value", "unchanged", "narrative", "evidence")
        if getattr(stands, key) != getattr(entry, key)
    )


def _give(report: Report, stands: Entry, entry: Entry) -> None:
    """Put an entry into a report; what says the same stays as it was typed."""
    for key in ("value", "unchanged", "narrative", "evidence"):
        if getattr(stands, key) != getattr(entry, key):
            setattr(report, key, getattr(entry, key))
