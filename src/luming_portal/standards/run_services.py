"""What changes runs and lists for publicity: asking for a run, stopping it, drafting and freezing a list."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming.standards import Standard
from luming.workdays import state_calendar
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.audit.door import change
from luming_portal.operations.jobs import cancel_job
from luming_portal.operations.models import Job
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.models import AssessmentResult, AssessmentRun, PublicityList
from luming_portal.standards.run_job import carry_out

PUBLICITY_DAYS = 5
"""Working days of publicity where the rule names none (平台默认口径)."""


def ask_for_run(
    name: str,
    as_of: dt.date,
    standards: Iterable[Standard],
    *,
    by: Any,
    district: str = "",
    chain: str = "",
    invented: bool = False,
    again: AssessmentRun | None = None,
    today: dt.date | None = None,
) -> AssessmentRun:
    """Ask for a run; the job stands in the same transaction.

    Raises:
        Refused: not the right of this person, or no standard chosen.
    """
    require(by, Action.CREATE, "assessment_run")
    chosen = sorted(standards, key=lambda one: one.key)
    if not chosen:
        raise Refused(_("没有选择标准。"))
    run = AssessmentRun(
        name=name.strip()[:120] or _("%s测算") % as_of.isoformat(),
        as_of=as_of,
        known_on=today or timezone.localdate(),
        standards=[told_of(one) for one in chosen],
        rules_digest=shelf().digest,
        district=district,
        chain=chain,
        asked_by=by,
        again=again,
        invented=invented,
        demo=invented or by.demo,
    )
    with change(_("发起批量测算")) as changes:
        changes.save(run)
        job = carry_out.enqueue(by=by, title=_("批量测算:%s") % run.name, run=run.pk)
        run.job = job.pk
        changes.save(run)
    return run


def told_of(standard: Standard) -> dict[str, str]:
    """A rule as a run or a grant names it."""
    return {
        "name": standard.name,
        "key": standard.key,
        "version": standard.version,
        "label": standard.about.label,
        "document": standard.document.number or standard.document.title,
        "sha256": standard.sha256,
        "kind": standard.kind.value,
    }


def repeat(run: AssessmentRun, *, by: Any) -> AssessmentRun:
    """The same run with what is known today, by the rules as they are now.

    Raises:
        Refused: not the right of this person, or a rule is gone.
    """
    rules = [shelf().named(told["name"]) for told in run.standards]
    if None in rules:
        raise Refused(_("有的标准已不在,请重新选择标准发起。"))
    return ask_for_run(
        run.name,
        run.as_of,
        [rule for rule in rules if rule is not None],
        by=by,
        district=run.district,
        chain=run.chain,
        invented=run.invented,
        again=run,
    )


def stop(run: AssessmentRun, *, by: Any) -> bool:
    """Stop a run; whether there was anything to stop. A job that waits never begins.

    Raises:
        Refused: not the right of this person, or somebody else's job.
    """
    require(by, Action.CHANGE, "assessment_run", run)
    job = job_of(run)
    if run.state != "open" or job is None or not cancel_job(job, by):
        return False
    job.refresh_from_db()
    if not job.is_open:  # it had not begun
        run.stopped_at = timezone.now()
        with change(_("停止批量测算")) as changes:
            changes.save(run)
    return True


def job_of(run: AssessmentRun) -> Job | None:
    """The background job of a run; None once it has been cleared away."""
    return Job.objects.filter(pk=run.job).first() if run.job is not None else None


def draft_list(
    run: AssessmentRun, key: str, results: Sequence[AssessmentResult], *, by: Any, title: str
) -> PublicityList:
    """A draft for publicity out of a run's candidates for a standard.

    Raises:
        Refused: not the right of this person, the run is not finished, or nobody is on the list.
    """
    require(by, Action.CREATE, "publicity_list")
    told = next((one for one in run.standards if one["key"] == key), None)
    if run.state != "done" or told is None:
        raise Refused(_("测算还没有完成,或不含这项标准。"))
    if not results:
        raise Refused(_("没有候选企业,没有建立名单。"))
    entries = [
        {"firm": one.enterprise_id, "name": one.name, "district": one.district}
        for one in sorted(results, key=lambda one: (one.name, one.pk))
    ]
    made = PublicityList(
        run=run, standard=told, title=title.strip()[:120] or told["label"], entries=entries, demo=run.demo
    )
    with change(_("起草公示名单")) as changes:
        changes.save(made)
    return made


def take_off(item: PublicityList, firm: int, *, by: Any, reason: str) -> None:
    """Take a firm off a draft, with the reason.

    Raises:
        Refused: not the right of this person, frozen, no reason, or not on the list.
    """
    require(by, Action.CHANGE, "publicity_list", item)
    if not reason.strip():
        raise Refused(_("移出要写明理由。"))
    with change(reason) as changes:
        stored = _draft(item)
        found = next((one for one in stored.entries if one["firm"] == firm), None)
        if found is None:
            raise Refused(_("名单里没有这家企业。"))
        stored.entries = [one for one in stored.entries if one is not found]
        stored.left_out = [*stored.left_out, {**found, "reason": reason.strip()}]
        changes.save(stored)


def freeze_list(
    item: PublicityList, *, by: Any, days: int = PUBLICITY_DAYS, today: dt.date | None = None
) -> PublicityList:
    """Freeze a draft: from now on everybody sees it and nobody changes it.

    Raises:
        Refused: not the office, frozen before, or empty.
    """
    require(by, Action.PUBLISH, "publicity_list", item)
    with change(_("公示名单定稿")) as changes:
        stored = _draft(item)
        if not stored.entries:
            raise Refused(_("名单是空的,不能定稿。"))
        stored.first_day = today or timezone.localdate()
        stored.last_day = state_calendar().after(stored.first_day, max(1, days))
        stored.digest = digest_of(stored)
        changes.save(stored)
    return stored


def digest_of(item: PublicityList) -> str:
    """Over what the list says, so that a copy can be checked."""
    held = [item.title, item.standard, item.entries]
    return hashlib.sha256(json.dumps(held, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _draft(item: PublicityList) -> PublicityList:
    stored = PublicityList.objects.select_for_update().get(pk=item.pk)
    if stored.is_frozen:
        raise Refused(_("名单已经定稿,不能再改。"))
    return stored
