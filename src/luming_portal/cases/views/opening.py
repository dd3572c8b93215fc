"""A new case: its first form, which is kept as a draft or sent at once."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luming.cases import Process, Transition
from luming_portal.accounts.rights import Action, Refused, require, visible
from luming_portal.accounts.roles import Role
from luming_portal.accounts.selectors import signed_in
from luming_portal.cases.acting import may_open, plays_of
from luming_portal.cases.models import Case
from luming_portal.cases.services import open_case
from luming_portal.cases.views.listing import get_process
from luming_portal.cases.views.stepping import form_context, take_step
from luming_portal.enterprises.models import Enterprise
from luming_portal.institutions.models import Institution
from luming_portal.uploads import guarded_upload


def opening_step(process: Process, user: Any) -> Transition | None:
    """The step out of the start that the person takes; None where somebody else takes it."""
    for step in process.leaving(process.start.key):
        for part in step.roles:
            if part in process.roles and user.role in plays_of(process.roles[part]):
                return step
    return None


def _needs_subject(process: Process, user: Any) -> bool:
    """Whether the person has to say whom the case is about."""
    subjects = {str(one) for one in process.subjects}
    return user.role not in (Role.ENTERPRISE, Role.INSTITUTION) and bool(
        subjects & {"enterprise", "institution"}
    )


@guarded_upload
@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a case. Nothing is stored before something is kept or sent."""
    require(request.user, Action.CREATE, "case")
    process = get_process(key)
    user = signed_in(request)
    if not may_open(process, user):
        raise Refused(
            _("“%(name)s”不由“%(role)s”发起。") % {"name": process.about.label, "role": Role(user.role).label}
        )
    step = opening_step(process, user)
    problem = ""
    if request.method == "POST" and step is not None:
        subject, problem = _subject(request, process, user)
        if not problem:
            token = request.POST.get("case_token", "")[:40]
            case = open_case(process, by=user, token=token or None, **subject)
            if case.state != process.start.key:
                return redirect("cases:case", case.pk)
            return take_step(request, case, process, step, version=case.version)
    form = process.forms.get(step.form) if step is not None and step.form else None
    empty = Case(
        enterprise=user.enterprise if user.role == Role.ENTERPRISE else None,
        institution=user.institution if user.role == Role.INSTITUTION else None,
        demo=user.demo,
    )
    context = {
        "process": process,
        "step": step,
        "needs_subject": _needs_subject(process, user),
        "subject": request.POST.get("subject", ""),
        "problem": problem,
        "reason_kind": step.reason.value if step is not None else "none",
        "token": uuid.uuid4().hex,
        "case_token": request.POST.get("case_token") or uuid.uuid4().hex,
        **form_context(empty, form, {}, user),
    }
    return render(request, "cases/new.html", context, status=400 if problem else 200)


def _subject(request: HttpRequest, process: Process, user: Any) -> tuple[dict[str, Any], str]:
    if not _needs_subject(process, user):
        return {}, ""
    written = " ".join(request.POST.get("subject", "").split())[:200]
    if not written:
        return {}, _("没有填企业或机构的名称或统一社会信用代码。")
    models: list[tuple[str, Any]] = [("enterprise", Enterprise), ("institution", Institution)]
    for name, model in models:
        if name not in {str(one) for one in process.subjects}:
            continue
        seen = visible(user, model.objects.all())
        found = seen.filter(credit_code=written.upper()).first() or seen.filter(name=written).first()
        if found is not None:
            return {name: found, "demo": bool(found.demo or user.demo)}, ""
    return {}, _("台账里没有“%s”。请填全称或统一社会信用代码;新企业先在台账登记。") % written
