"""The escalation list over all open months; the page of a month with its texts and the reminders sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luming.reporting import Reminding
from luming_portal import error_views
from luming_portal.accounts.rights import Action, decide, require
from luming_portal.chasing.forms import ReminderForm
from luming_portal.chasing.models import Channel
from luming_portal.chasing.selectors import Chased, ChaseFilter, escalation, letters_for, reminders_of
from luming_portal.chasing.services import ChasingRefused, note_reminders
from luming_portal.chasing.texts import chat_text, text_for_unit
from luming_portal.error_views import wants_json
from luming_portal.library_words import word
from luming_portal.registers.table_file import FORMS, table_file
from luming_portal.reporting.models import ReportingMonth
from luming_portal.reporting.selectors import months_for, reports_for


@require_safe
def escalation_list(request: HttpRequest) -> HttpResponse:
    """Who owes what since when, whom the rule tells and what was sent: page, JSON, workbook, CSV."""
    require(request.user, Action.VIEW, "reminder")
    today = timezone.localdate()
    lines = escalation(request.user, today)
    asked = _asked(request, lines)
    shown = [one for one in lines if asked.takes(one)]
    if wants_json(request):
        return JsonResponse(
            {"lines": [_json(one) for one in shown]}, json_dumps_params={"ensure_ascii": False}
        )
    form = request.GET.get("format", "")
    if form in FORMS:
        require(request.user, Action.EXPORT, "reminder")
        return table_file(_("催报名单-%s") % today.isoformat(), _heads(), [_row(one) for one in shown], form)
    months = list({one.month.pk: one.month for one in lines}.values())
    context = {
        "lines": shown,
        "asked": asked,
        "months": sorted(months, key=lambda one: (one.year, one.month), reverse=True),
        "steps": [one for one in reversed(Reminding) if any(line.step is one for line in lines)],
        "all": len(lines),
        "owed": sum(one.owed for one in shown),
        "units": len({one.unit for one in shown}),
        "letters_due": sum(one.step.wants_letter and not one.letters for one in shown),
        "may_issue": decide(request.user, Action.CREATE, "letter"),
        "may_set": decide(request.user, Action.CHANGE, "letter"),
        "query": request.GET.urlencode(),
        "today": today,
    }
    return render(request, "chasing/list.html", context)


@require_safe
def month_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Texts to copy for the group or one unit, the reminders so far, and the form to note what was sent."""
    return _month_page(request, _month(request, pk), request.GET.get("unit", "")[:100])


def _month_page(
    request: HttpRequest, month: ReportingMonth, unit: str, form: Any = None, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    lines = escalation(request.user, today, month)
    reports = list(reports_for(request.user, month))
    if unit:
        lines = [one for one in lines if one.unit == unit]
        text = text_for_unit(month, unit, reports, today)
        letters = letters_for(request.user).filter(reporting_month=month, unit=unit)
    else:
        text = chat_text(month, reports, today)
        letters = letters_for(request.user).filter(reporting_month=month)
    context = {
        "month": month,
        "unit": unit,
        "lines": lines,
        "text": text,
        "letters": letters[:100],
        "reminders": reminders_of(request.user, month, unit)[:200],
        "form": form or ReminderForm(today=today),
        "may_note": decide(request.user, Action.CREATE, "reminder"),
        "may_issue": decide(request.user, Action.CREATE, "letter"),
        "today": today,
    }
    return render(request, "chasing/month.html", context, status=status)


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that units were reminded: the ticked ones."""
    require(request.user, Action.CREATE, "reminder")
    month = _month(request, pk)
    unit = request.POST.get("from_unit", "")[:100]
    form = ReminderForm(request.POST, today=timezone.localdate())
    units = [one[:100] for one in request.POST.getlist("unit")]
    if form.is_valid() and not units:
        form.add_error(None, _("没有选择单位,没有登记提醒。请在表中选中已经提醒的单位。"))
    if not form.is_valid():
        return _month_page(request, month, unit, form, 400)
    given = form.cleaned_data
    try:
        noted = note_reminders(
            month,
            units,
            Channel(given["channel"]),
            by=request.user,
            sent_on=given["sent_on"],
            note=given["note"],
        )
    except ChasingRefused as refused:
        form.add_error(None, str(refused))
        return _month_page(request, month, unit, form, 409)
    if noted.count:
        messages.success(request, _("已登记提醒%d个单位。") % noted.count)
    for sentence in noted.left:
        messages.warning(request, sentence)
    tail = f"?{urlencode({'unit': unit})}" if unit else ""
    return HttpResponseRedirect(reverse("chasing:month", args=[month.pk]) + tail)


def _month(request: HttpRequest, pk: int) -> ReportingMonth:
    require(request.user, Action.VIEW, "reminder")
    return get_object_or_404(months_for(request.user), pk=pk)


def _asked(request: HttpRequest, lines: list[Chased]) -> ChaseFilter:
    """The filter of the address; what names nothing is left out."""
    month = request.GET.get("month", "")
    known = {str(one.month.pk): one.month.pk for one in lines}
    step = request.GET.get("step", "")
    return ChaseFilter(
        request.GET.get("q", "").strip()[:100],
        step if step in {one.value for one in Reminding} else "",
        known.get(month),
    )


def _heads() -> list[str]:
    return [
        _("单位"),
        _("报送期"),
        _("报送截止"),
        _("逾期天数"),
        _("步骤"),
        _("按规则告知"),
        _("未报项数"),
        _("未报的数"),
        _("退回待改"),
        _("已提醒次数"),
        _("最近提醒"),
        _("催报函"),
        _("数据性质"),
    ]


def _row(one: Chased) -> list[str | int | dt.date | None]:
    return [
        one.unit,
        str(one.month),
        one.month.due_on,
        max(one.late, 0),
        word(one.step.short_label),
        _("、").join(word(told.label) for told in one.step.tells),
        one.owed,
        _("、").join(one.figures),
        one.returned,
        one.reminded,
        one.last,
        _("、").join(letter.number for letter in one.letters),
        _("演示数据") if one.month.demo else "",
    ]


def _json(one: Chased) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "month": one.month.pk,
        "year": one.month.year,
        "of_month": one.month.month,
        "due_on": one.month.due_on,
        "days_late": max(one.late, 0),
        "step": one.step.value,
        "tells": [told.value for told in one.step.tells],
        "owed": one.owed,
        "figures": list(one.figures),
        "returned": one.returned,
        "reminded": one.reminded,
        "last_reminded": one.last,
        "letters": [letter.number for letter in one.letters],
        "demo": one.month.demo,
    }


def conflict(request: HttpRequest, problem: Exception) -> HttpResponse:
    """The page that says why something cannot be done now."""
    return error_views.error_page(request, 409, _("现在不能这样做"), str(problem))
