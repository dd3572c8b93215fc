"""The days of cases, reporting, letters, projects, titles, grants and comparisons.

Not everything that a person may see concerns him: of cases an officer finds those that wait for him, a firm its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luming_portal.accounts.rights import role_of, visible
from luming_portal.accounts.roles import Role
from luming_portal.cases.models import Case
from luming_portal.cases.selectors import turns_of
from luming_portal.chasing.models import Letter
from luming_portal.comparison.models import Comparison
from luming_portal.deadlines.entry import Entry, days_of
from luming_portal.deadlines.last_day import hour_of, last_day
from luming_portal.enterprises.models import Qualification
from luming_portal.grants.models import SightGrant
from luming_portal.projects.models import Milestone
from luming_portal.reporting.models import Report, ReportingMonth

_MOST = 500
"""Days of one kind in a calendar."""


@days_of("turn", gettext_lazy("待我办理"))
def turn_days(user: Any, first: dt.date, last: dt.date) -> Iterator[Entry]:
    """Cases that wait for the person, until when."""
    seen = visible(user, Case.objects.all()).order_by().values("pk")
    turns = turns_of(user).filter(case__in=seen, due_at__gte=_start(first), due_at__lt=_end(last))
    for turn in turns.select_related("case").order_by("due_at")[:_MOST]:
        assert turn.due_at is not None
        case = turn.case
        yield Entry(
            uid=f"turn-{case.pk}-{turn.part}-{turn.kind}",
            kind="turn",
            day=last_day(turn.due_at),
            moment=hour_of(turn.due_at),
            title=f"{case.process_name}:{case}",
            note=_("可办理:%s") % _("、").join(turn.labels),
            href=f"/cases/{case.pk}/",
            over=turn.due_at < timezone.now(),
            demo=case.demo,
        )


@days_of("case", gettext_lazy("本人事项的办理期限"))
def case_days(user: Any, first: dt.date, last: dt.date) -> Iterator[Entry]:
    """The nearest deadlines of the cases of one's own firm or institution, whoever has to keep them."""
    if role_of(user) not in (Role.ENTERPRISE, Role.INSTITUTION):
        return
    ours = visible(
        user, Case.objects.filter(closed_at=None, due_at__gte=_start(first), due_at__lt=_end(last))
    )
    waiting = set(turns_of(user).values_list("case_id", flat=True))
    for case in ours.order_by("due_at")[:_MOST]:
        if case.pk in waiting or case.due_at is None:
            continue
        yield Entry(
            uid=f"case-{case.pk}",
            kind="case",
            day=last_day(case.due_at),
            moment=hour_of(case.due_at),
            title=f"{case.process_name}:{case}",
            note=_("现在:%s") % case.public_state,
            href=f"/cases/{case.pk}/",
            over=case.due_at < timezone.now(),
            demo=case.demo,
        )


@days_of("publicity", gettext_lazy("公示截止"))
def publicity_days(user: Any, first: dt.date, last: dt.date) -> Iterator[Entry]:
    """The last days of publicity of the cases that the person sees."""
    ours = visible(user, Case.objects.filter(closed_at=None, public_until__range=(first, last)))
    for case in ours.order_by("public_until")[:_MOST]:
        yield Entry(
            uid=f"publicity-{case.pk}",
            kind="publicity",
            day=case.public_until or first,
            title=f"{case.process_name}:{case}",
            note=_("公示最后一天,异议须在当天提出"),
            href=f"/cases/{case.pk}/",
            demo=case.demo,
        )


@days_of("reporting", gettext_lazy("数据报送"))
def reporting_days(user: Any, first: dt.date, last: dt.date) -> Iterator[Entry]:
    """When figures are due, to be verified and to be published."""
    months = visible(user, ReportingMonth.objects.filter(due_on__lte=last, publish_by__gte=first))
    today = timezone.localdate()
    owed: dict[int, int] = {}
    drafts = visible(
        user, Report.objects.filter(stage="draft", reporting_month__in=months.order_by().values("pk"))
    )
    for number in drafts.order_by().values_list("reporting_month_id", flat=True):
        owed[number] = owed.get(number, 0) + 1
    office = role_of(user) is Role.OFFICE
    for month in months.order_by("due_on")[:_MOST]:
        steps = [("due", month.due_on, _("报送截止"))]
        if office:
            steps += [
                ("verify", month.verify_by, _("核实截止")),
                ("publish", month.publish_by, _("发布截止")),
            ]
        for step, day, words in steps:
            if first <= day <= last:
                count = owed.get(month.pk, 0)
                yield Entry(
                    uid=f"reporting-{month.pk}-{step}",
                    kind="reporting",
                    day=day,
                    title=_("%(month)s数据:%(step)s") % {"month": month, "step": words},
                    note=_("还有%d项未报") % count if count else "",
                    href=f"/reporting/{month.pk}/",
                    over=step == "due" and bool(count) and day < today,
                    demo=month.demo,
                )


@days_of("letter", gettext_lazy("催报函答复"))
def letter_days(user: Any, first: dt.date, last: dt.date) -> Iterator[Entry]:
    """Until when letters are to be answered."""
    open_ones = Letter.objects.filter(answer_by__range=(first, last), answer=None, withdrawal=None)
    for letter in visible(user, open_ones).order_by("answer_by")[:_MOST]:
        yield Entry(
            uid=f"letter-{letter.pk}",
            kind="letter",
            day=letter.answer_by,
            title=_("答复催报函%(number)s(%(unit)s)") % {"number": letter.number, "unit": letter.unit},
            note=letter.title,
            href=f"/chasing/letters/{letter.pk}/",
            over=letter.answer_by < timezone.localdate(),
            demo=letter.demo,
        )


@days_of("milestone", gettext_lazy("项目节点"))
def milestone_days(user: Any, first: dt.date, last: dt.date) -> Iterator[Entry]:
    """The milestones that are not reached, of the projects that an officer looks after."""
    role = role_of(user)
    if role is Role.DISTRICT:
        ours = Q(project__district=user.district or "—")
    elif role is Role.DEPARTMENT:
        unit = user.unit or "—"
        ours = Q(unit=unit) | Q(project__lead=unit) | Q(project__steward=unit)
    elif role is Role.OFFICE:
        ours = Q()
    else:
        return
    rows = Milestone.objects.filter(ours, done_on=None, due__range=(first, last))
    for one in visible(user, rows).select_related("project").order_by("due")[:_MOST]:
        yield Entry(
            uid=f"milestone-{one.pk}",
            kind="milestone",
            day=one.due,
            title=f"{one.project}:{one.label}",
            href=f"/registers/projects/{one.project_id}/",
            over=one.due < timezone.localdate(),
            demo=one.project.demo,
        )


@days_of("title", gettext_lazy("资质到期"))
def title_days(user: Any, first: dt.date, last: dt.date) -> Iterator[Entry]:
    """When the titles of one's own firm expire, where the register knows it."""
    if role_of(user) is not Role.ENTERPRISE or user.enterprise_id is None:
        return
    rows = Qualification.objects.filter(enterprise_id=user.enterprise_id, valid_until__range=(first, last))
    for one in visible(user, rows).order_by("valid_until")[:_MOST]:
        assert one.valid_until is not None
        yield Entry(
            uid=f"title-{one.pk}",
            kind="title",
            day=one.valid_until,
            title=_("“%s”有效期满") % one.title,
            note=_("续期的办法和时间以认定机关通知为准"),
            href="/standards/",
            over=one.valid_until < timezone.localdate(),
            demo=one.demo,
        )


@days_of("grant", gettext_lazy("授权到期"))
def grant_days(user: Any, first: dt.date, last: dt.date) -> Iterator[Entry]:
    """When what a firm lets a bank see ends."""
    rows = SightGrant.objects.filter(revoked_at=None, last_day__range=(first, last))
    for one in visible(user, rows).select_related("institution", "enterprise").order_by("last_day")[:_MOST]:
        yield Entry(
            uid=f"grant-{one.pk}",
            kind="grant",
            day=one.last_day,
            title=str(one),
            note=_("授权最后一天"),
            href=f"/grants/{one.pk}/",
            demo=one.demo,
        )


@days_of("comparison", gettext_lazy("比较结果异议"))
def comparison_days(user: Any, first: dt.date, last: dt.date) -> Iterator[Entry]:
    """Until when districts may object to a comparison."""
    if role_of(user) not in (Role.DISTRICT, Role.OFFICE):
        return
    for one in visible(user, Comparison.objects.filter(last_day__range=(first, last))).order_by("last_day")[
        :_MOST
    ]:
        yield Entry(
            uid=f"comparison-{one.pk}",
            kind="comparison",
            day=one.last_day or first,
            title=_("旗县区比较“%s”异议截止") % one.label,
            href=f"/comparison/{one.pk}/",
            demo=one.demo,
        )


def _start(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def _end(day: dt.date) -> dt.datetime:
    return _start(day + dt.timedelta(days=1))
