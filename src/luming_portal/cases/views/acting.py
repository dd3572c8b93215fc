"""What is done with a case from its page: a step, an opinion, a withdrawal, an appeal, an objection settled, a department named."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.accounts.roles import Role
from luming_portal.accounts.selectors import signed_in
from luming_portal.cases.acting import parts_in
from luming_portal.cases.asked import data_of, faults_of
from luming_portal.cases.drafts import draft_of, keep_draft, take_files
from luming_portal.cases.models import Case
from luming_portal.cases.recording import already_done, course_of
from luming_portal.cases.services import appeal, assign_unit, opine, settle, withdraw
from luming_portal.cases.shelf import process_of
from luming_portal.cases.typed import typed_from
from luming_portal.cases.views.casefile import show_case
from luming_portal.cases.views.listing import get_case
from luming_portal.cases.views.stepping import attempt, form_context, step_page, take_step
from luming_portal.uploads import guarded_upload


@guarded_upload
@require_http_methods(["GET", "HEAD", "POST"])
def case_step(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """A step of a case: its form, kept as a draft or sent."""
    require(request.user, Action.CHANGE, "case")
    case = get_case(request, pk)
    process = process_of(case)
    step = process.transitions.get(key)
    if step is None or step.automatic:
        raise Http404(key)
    if request.method == "POST" and already_done(case, request.POST.get("token")):
        return redirect("cases:case", case.pk)
    if not set(parts_in(process, case, request.user)) & set(step.roles):
        who = "、".join(process.roles[part].about.label for part in step.roles if part in process.roles)
        raise Refused(
            _("“%(step)s”由%(who)s办理,您在这件事项里没有这个身份。") % {"step": step.about.label, "who": who}
        )
    if case.state not in step.sources:
        return show_case(request, case, _("事项已到“%s”,这一步不能再办。") % case.state_label, 409)
    if request.method == "POST":
        return take_step(request, case, process, step)
    return step_page(request, case, process, step)


@guarded_upload
@require_http_methods(["GET", "HEAD", "POST"])
def case_opinion(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The opinion of the reader's department."""
    require(request.user, Action.CHANGE, "case")
    case = get_case(request, pk)
    user = signed_in(request)
    course = course_of(case)
    item = course.process.opinions.get(key)
    if item is None:
        raise Http404(key)
    token = request.POST.get("token", "")[:40]
    if request.method == "POST" and already_done(case, token):
        return redirect("cases:case", case.pk)
    if item.state != course.state:
        return show_case(request, case, _("事项已到“%s”,不再收这项意见。") % case.state_label, 409)
    unit = user.unit if user.role == Role.DEPARTMENT else request.POST.get("unit", "")[:100]
    if user.role == Role.DEPARTMENT and unit not in item.asked(course.fields):
        raise Refused(_("这项意见向%s征求,不包括您的单位。") % "、".join(item.asked(course.fields)))
    if user.role not in (Role.DEPARTMENT, Role.OFFICE):
        raise Refused(_("意见由被征求意见的部门填写。"))
    form = course.process.forms.get(item.form) if item.form else None
    typed: dict[str, Any] = {}
    faults: dict[str, list[str]] = {}
    problem, status = "", 200
    if request.method == "POST":
        data: dict[str, Any] = {}
        if form is not None:
            typed = typed_from(form.properties, request.POST)
            faults = take_files(case, form, request.FILES, typed, draft_of(case, key, user), by=user)
            keep_draft(case, key, typed, by=user)
            data = data_of(form, typed, {})
            faults = {**faults_of(form, typed, data, {}), **faults}
        verdict = request.POST.get("verdict", "")
        if not verdict:
            problem, status = _("没有选择意见。"), 400
        elif faults:
            status = 400
        else:
            problem, faults, status = attempt(
                case,
                token,
                lambda: opine(
                    case,
                    key,
                    by=user,
                    verdict=verdict,
                    unit=unit,
                    data=data,
                    reason=request.POST.get("reason", "")[:4000],
                    commit=tuple(one[:100] for one in request.POST.getlist("commit"))[:50],
                    token=token,
                ),
            )
            if not problem and not faults:
                messages.success(request, _("意见已提交。"))
                return redirect("cases:case", case.pk)
    elif form is not None:
        typed = draft_of(case, key, user)
    context = {
        "case": case,
        "process": course.process,
        "item": item,
        "asked": item.asked(course.fields),
        "unit": unit,
        "verdict": request.POST.get("verdict", ""),
        "chosen": request.POST.getlist("commit"),
        "written": request.POST.get("reason", ""),
        "token": uuid.uuid4().hex,
        "problem": problem,
        "is_office": user.role == Role.OFFICE,
        **form_context(case, form, typed, user, faults),
    }
    return render(request, "cases/opinion.html", context, status=status)


def _act(request: HttpRequest, pk: int, done: str, act: Callable[[Case, str], Any]) -> HttpResponse:
    require(request.user, Action.CHANGE, "case")
    case = get_case(request, pk)
    token = request.POST.get("token", "")[:40]
    made: list[Any] = []
    problem, faults, status = attempt(case, token, lambda: made.append(act(case, token)))
    if problem or faults:
        said = " ".join([problem, *(one for texts in faults.values() for one in texts)]).strip()
        return show_case(request, get_case(request, pk), said, status)
    messages.success(request, done)
    found = made[0].pk if made and isinstance(made[0], Case) else case.pk
    return redirect("cases:case", found)


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "")[:4000]


@require_POST
def case_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a case back."""
    return _act(
        request,
        pk,
        _("已撤回。"),
        lambda case, token: withdraw(case, by=request.user, reason=_reason(request), token=token),
    )


@guarded_upload
@require_http_methods(["GET", "HEAD", "POST"])
def case_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Appeal against the decision that ended a case."""
    require(request.user, Action.CHANGE, "case")
    case = get_case(request, pk)
    process = process_of(case)
    rule = process.appeal
    if rule is None or case.state not in rule.ends:
        return show_case(request, case, _("这个结果不能申诉。"), 409)
    if rule.role and rule.role not in parts_in(process, case, request.user):
        raise Refused(_("申诉由%s提出。") % process.roles[rule.role].about.label)
    form = process.forms.get(rule.form) if rule.form else None
    typed: dict[str, Any] = {}
    faults: dict[str, list[str]] = {}
    problem, status = "", 200
    if request.method == "POST":
        token = request.POST.get("token", "")[:40]
        data: dict[str, Any] = {}
        if form is not None:
            typed = typed_from(form.properties, request.POST)
            faults = take_files(case, form, request.FILES, typed, {}, by=request.user)
            data = data_of(form, typed, {})
            faults = {**faults_of(form, typed, data, {}), **faults}
        status = 400
        if not faults:
            made: list[Case] = []
            problem, faults, status = attempt(
                case,
                token,
                lambda: made.append(
                    appeal(case, by=request.user, reason=_reason(request), data=data, token=token or None)
                ),
            )
            if not problem and not faults:
                messages.success(request, _("申诉已提交,由没有参与原决定的人重新办理。"))
                child = made[0] if made else Case.objects.filter(parent=case).order_by("-pk").first() or case
                return redirect("cases:case", child.pk)
    context = {
        "case": case,
        "process": process,
        "rule": rule,
        "written": request.POST.get("reason", ""),
        "token": request.POST.get("token") or uuid.uuid4().hex,
        "problem": problem,
        **form_context(case, form, typed, request.user, faults),
    }
    return render(request, "cases/appeal.html", context, status=status)


@require_POST
def case_settle(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Decide an objection."""
    upheld = request.POST.get("result") == "upheld"
    return _act(
        request,
        pk,
        _("异议已处理。"),
        lambda case, token: settle(
            case, number, by=request.user, upheld=upheld, reason=_reason(request), token=token
        ),
    )


@require_POST
def case_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the department in charge."""
    unit = " ".join(request.POST.get("unit", "").split())
    return _act(
        request, pk, _("已指定承办单位。"), lambda case, token: assign_unit(case, unit, by=request.user)
    )
