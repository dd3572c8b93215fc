"""What changes the lists of the lane without application: asking for one, stopping it, taking a firm off, confirming."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming.support import Lane
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import change
from luming_portal.operations.jobs import cancel_job
from luming_portal.operations.models import Job
from luming_portal.support.automatic_job import list_firms, open_cases
from luming_portal.support.catalogue import rule_digest, support_shelf
from luming_portal.support.models import AutomaticFirm, AutomaticRun


def ask_for_list(
    key: str, as_of: dt.date, *, by: Any, invented: bool = False, today: dt.date | None = None
) -> AutomaticRun:
    """Ask for a list; the job stands in the same transaction.

    Raises:
        Refused: not the right of this person, not an item of the lane, or one that does not hold on the day.
    """
    require(by, Action.CREATE, "automatic_run")
    item = support_shelf().items.get(key)
    if item is None or item.lane is not Lane.AUTOMATIC or not item.kind.pays:
        raise Refused(_("这一项不是免申即享的。"))
    if not item.in_force(as_of):
        raise Refused(_("这一项在测算日不适用。"))
    run = AutomaticRun(
        item=item.key,
        item_name=item.name,
        item_sha256=rule_digest(item),
        as_of=as_of,
        known_on=today or timezone.localdate(),
        invented=invented,
        asked_by=by,
        demo=invented or by.demo,
    )
    with change(_("发起免申即享名单")) as changes:
        changes.save(run)
        run.job = list_firms.enqueue(by=by, title=_("免申即享名单:%s") % item.name, run=run.pk).pk
        changes.save(run)
    return run


def stop_list(run: AutomaticRun, *, by: Any) -> bool:
    """Stop the work on a list; whether there was anything to stop. Cases that were opened stay.

    Raises:
        Refused: not the right of this person, or somebody else's job.
    """
    require(by, Action.CHANGE, "automatic_run", run)
    job = job_of(run)
    if job is None or not cancel_job(job, by):
        return False
    job.refresh_from_db()
    if run.state == "open" and not job.is_open:  # it had not begun
        run.stopped_at = timezone.now()
        with change(_("停止免申即享名单")) as changes:
            changes.save(run)
    return True


def take_off(run: AutomaticRun, firm: int, *, by: Any, reason: str) -> None:
    """Take a firm off a list that is not confirmed yet, with the reason.

    Raises:
        Refused: not the right of this person, confirmed, no reason, or not on the list.
    """
    require(by, Action.CHANGE, "automatic_run", run)
    if not reason.strip():
        raise Refused(_("移出要写明理由。"))
    with change(reason) as changes:
        stored = _to_confirm(run)
        row = (
            AutomaticFirm.objects.select_for_update().filter(run=stored, enterprise=firm, left_out="").first()
        )
        if row is None:
            raise Refused(_("名单里没有这家企业。"))
        row.left_out = reason.strip()[:300]
        changes.save(row)


def confirm_list(run: AutomaticRun, *, by: Any, line: str, basis: str) -> AutomaticRun:
    """Confirm a list: a case is opened for each firm that stands on it, in the background.

    Raises:
        Refused: not an officer of a department, confirmed before, nobody on it, no budget line or no basis.
    """
    _require_department(run, by)
    if not line.strip() or not basis.strip():
        raise Refused(_("要写明预算项目和名单依据。"))
    with change(basis) as changes:
        stored = _to_confirm(run)
        if not AutomaticFirm.objects.filter(run=stored, left_out="", duplicate="").exists():
            raise Refused(_("名单上没有可以建立办件的企业。"))
        stored.confirmed_at, stored.confirmed_by = timezone.now(), by
        changes.save(stored)
        stored.job = _enqueued(stored, by, line.strip(), basis.strip())
        changes.save(stored)
    return stored


def open_rest(run: AutomaticRun, *, by: Any, line: str, basis: str) -> None:
    """Go on with a confirmed list of which some firms have no case yet, such as after a stop.

    Raises:
        Refused: not an officer of a department, not confirmed, at work, or none left.
    """
    _require_department(run, by)
    if not line.strip() or not basis.strip():
        raise Refused(_("要写明预算项目和名单依据。"))
    with change(basis) as changes:
        stored = AutomaticRun.objects.select_for_update().get(pk=run.pk)
        job = job_of(stored)
        left = AutomaticFirm.objects.filter(run=stored, left_out="", duplicate="", case_pk__isnull=True)
        if stored.state != "confirmed" or (job is not None and job.is_open) or not left.exists():
            raise Refused(_("没有要继续建立的办件。"))
        stored.job = _enqueued(stored, by, line.strip(), basis.strip())
        changes.save(stored)


def job_of(run: AutomaticRun) -> Job | None:
    """The background job at work on a list; None once it has been cleared away."""
    return Job.objects.filter(pk=run.job).first() if run.job is not None else None


def _require_department(run: AutomaticRun, by: Any) -> None:
    """The department decides and answers for its list; the office may make one and look at it."""
    require(by, Action.CHANGE, "automatic_run", run)
    if by.role != Role.DEPARTMENT or not by.unit:
        raise Refused(_("名单由主管部门确认:办件建在确认人的单位名下。"))


def _enqueued(run: AutomaticRun, by: Any, line: str, basis: str) -> Any:
    title = _("免申即享建立办件:%s") % run.item_name
    return open_cases.enqueue(by=by, title=title, run=run.pk, officer=by.pk, line=line, basis=basis).pk


def _to_confirm(run: AutomaticRun) -> AutomaticRun:
    stored = AutomaticRun.objects.select_for_update().get(pk=run.pk)
    if stored.state != "done":
        raise Refused(_("名单还没有生成,或已经确认。"))
    return stored
