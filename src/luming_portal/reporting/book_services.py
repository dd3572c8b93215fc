"""A month's workbook on its way back: taken in and looked over, then confirmed; nothing is saved in between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Action, require
from luming_portal.audit.door import change
from luming_portal.registers.models import StagedImport
from luming_portal.registers.plan import Plan
from luming_portal.registers.staging import PlanChanged
from luming_portal.reporting.book_planning import plan_book
from luming_portal.reporting.book_reading import ReadBook, read_book
from luming_portal.reporting.models import Report, ReportingMonth
from luming_portal.reporting.workbook import workbook

SLUG = "reports"
"""What staged workbooks of reports are kept under; no register has this name."""
_NAMED = 5


def hand_out(month: ReportingMonth, reports: Sequence[Report], *, by: Any) -> bytes:
    """The workbook of some reports, with an entry in the record of changes.

    Raises:
        Refused: the person may not export reports.
    """
    require(by, Action.EXPORT, "report")
    content = workbook(month, reports)
    with change() as changes:
        changes.event("report.exported", str(month), month, rows=len(reports))
    return content


def stage_book(month: ReportingMonth, name: str, content: bytes, *, by: Any) -> StagedImport:
    """Read a workbook and keep it for confirmation; what nobody confirmed in time is cleared away.

    Raises:
        Refused: the person may not import reports.
        FactsFaults: the file cannot be read, in sentences.
    """
    require(by, Action.IMPORT, "report")
    StagedImport.objects.filter(expires_at__lt=timezone.now()).delete()
    book = read_book(name, content)
    versions = _versions(plan_book(book, month, by=by))
    staged = StagedImport(
        owner=by,
        register=SLUG,
        file_name=name[:200],
        table={"month": month.pk, "book": book.as_json(), "versions": versions},
        original=content,
    )
    staged.save()
    return staged


def book_of(staged: StagedImport) -> ReadBook:
    """The rows of a staged workbook."""
    return ReadBook.of_json(staged.table["book"])


def confirm_book(
    staged: StagedImport,
    month: ReportingMonth,
    digest: str,
    *,
    by: Any,
    reason: str = "",
    partly: bool = False,
) -> Plan:
    """Save what a staged workbook changes, as drafts; what was done.

    Args:
        digest: of the plan that the person saw.
        reason: for the record of changes; the file is named there anyhow.
        partly: take the sound rows in although others are faulty or not this person's.

    Raises:
        Refused, StaleVersion: nothing was saved.
        PlanChanged: reports changed since the preview, named in the sentence; nothing was saved.
        ValueError: there are such rows and `partly` was not chosen.
    """
    require(by, Action.IMPORT, "report")
    plan = plan_book(book_of(staged), month, by=by)
    if plan.digest() != digest:
        sentence = _moved(staged, plan)
        staged.table["versions"] = _versions(plan)
        staged.save()
        raise PlanChanged(sentence)
    left = len(plan.faulty) + len(plan.refused)
    if left and not partly:
        raise ValueError(_("有%d行有问题。请改好后重新上传,或选择只导入没有问题的行。") % left)
    with change(reason.strip() or _("导入报送工作簿“%s”") % staged.file_name) as changes:
        changes.save_many([row.item for row in plan.changed])
        changes.event(
            "report.imported",
            str(month),
            month,
            file=staged.file_name,
            changed=len(plan.changed),
            unchanged=len(plan.unchanged),
            left=left,
        )
        staged.delete()
    return plan


def _versions(plan: Plan) -> dict[str, int]:
    return {str(row.item.pk): row.version for row in plan.rows if row.item is not None}


def _moved(staged: StagedImport, plan: Plan) -> str:
    """Which reports changed since the upload or the last preview."""
    seen, now = staged.table["versions"], _versions(plan)
    names = [
        _("第%(row)d行“%(name)s”") % {"row": row.number, "name": row.label}
        for row in plan.rows
        if row.item is not None and seen.get(str(row.item.pk)) != now[str(row.item.pk)]
    ]
    gone = set(seen) - set(now)
    if not names and not gone:
        return _("上期数或报送项有变动。")
    if not names:
        return _("有%d项已经提交,或不再由您填写。") % len(gone)
    shown = _("、").join(names[:_NAMED])
    more = _("等%d项") % len(names) if len(names) > _NAMED else ""
    return _("%(names)s%(more)s在预览之后改过。") % {"names": shown, "more": more}
