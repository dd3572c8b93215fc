"""What a project's page shows beside its columns: milestones, investment, slippage, evidence, their history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luming.monitor import is_overdue, number
from luming.report.chart import Point, Progress, progress_line, svg
from luming_portal.accounts.rights import Action, decide, scope_of, visible
from luming_portal.audit.models import Change
from luming_portal.audit.selectors import HISTORY_LENGTH, Entry, entries
from luming_portal.projects.models import Evidence, InvestmentRow, Milestone, Project
from luming_portal.projects.outlook import SUM_UNIT, in_sum_unit, outlooks
from luming_portal.projects.words import investment_sentence, milestones_sentence, slippage_sentence

_FEWEST = 2
Line = Milestone | InvestmentRow | Evidence
_LINES = (Milestone, InvestmentRow, Evidence)


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as the page shows it: done, late or open, and how far from its day in words."""

    item: Milestone
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of investment with its sums as they are written."""

    item: InvestmentRow
    planned: str
    actual: str


def progress_context(request: HttpRequest, record: Project) -> dict[str, Any]:
    """The progress of a project for its page; nothing where the reader may not see it."""
    if scope_of(request.user, Action.VIEW, "progress") == "none":
        return {}
    today = timezone.localdate()
    (outlook,) = outlooks(request.user, [record], today)
    steps = [_step(item, today) for item in outlook.milestones]
    picture = _picture(outlook.rows)
    evidence = list(
        visible(request.user, Evidence.objects.filter(project=record)).select_related("milestone")
    )
    return {
        "progress": {
            "steps": steps,
            "steps_words": milestones_sentence(outlook.milestones, today),
            "slip": outlook.slip,
            "slip_words": slippage_sentence(outlook.slip),
            "rows": [_row(item) for item in outlook.rows],
            "rows_words": investment_sentence(outlook.rows, record.investment, record.investment_unit),
            "picture": picture,
            "evidence": evidence,
            "today": today,
            "may": decide(request.user, Action.CHANGE, "progress", record),
            "history": _history(request, record, [*outlook.milestones, *outlook.rows, *evidence]),
        }
    }


def _step(item: Milestone, today: dt.date) -> Step:
    if item.done_on is not None and item.done_on <= today:
        days = (item.done_on - item.due).days
        if days > 0:
            return Step(item, "done slow", _("晚%d天完成") % days)
        return Step(item, "done", _("早%d天完成") % -days if days < 0 else _("按期完成"))
    if is_overdue(item.step(), today):
        return Step(item, "overdue", _("逾期%d天") % (today - item.due).days)
    days = (item.due - today).days
    return Step(item, "ahead", _("今天到期") if days == 0 else _("还有%d天") % days)


def _row(item: InvestmentRow) -> Row:
    planned, actual = ("" if value is None else number(value, 4) for value in (item.planned, item.actual))
    return Row(item, planned, actual)


def _picture(rows: Sequence[InvestmentRow]) -> SafeString | str:
    """The curve of plan and figures, where there are enough points for one."""
    planned: list[Point] = []
    actual: list[Point] = []
    for row in rows:
        month = row.period_end.isoformat()[:7]
        for found, value in ((planned, row.planned), (actual, row.actual)):
            sum_ = in_sum_unit(value, row.unit)
            if sum_ is not None:
                found.append(Point(month, sum_))
    if max(len(planned), len(actual)) < _FEWEST:
        return ""
    return mark_safe(svg(progress_line(Progress("投资", SUM_UNIT, planned, actual), width=440, height=220)))


def _history(request: HttpRequest, record: Project, lines: Sequence[Line]) -> list[Entry]:
    """The latest changes of all that stands below a project, what was removed included."""
    if not decide(request.user, Action.HISTORY, "progress", record):
        return []
    found = Q(pk__in=())
    for model in _LINES:
        label = model._meta.label_lower
        keys = [str(line.pk) for line in lines if isinstance(line, model)]
        found |= Q(model=label, object_id__in=keys)
        found |= Q(model=label, action="delete", before__project_id=record.pk)
    return entries(Change.objects.filter(found)[:HISTORY_LENGTH], request.user)
