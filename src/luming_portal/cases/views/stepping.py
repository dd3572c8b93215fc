"""A step of a case taken on a page: its form filled in, kept as a draft, sent once."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from luming.cases import Form, Process, Transition
from luming_portal.audit.door import StaleVersion
from luming_portal.cases.asked import data_of, faults_of, fields_of
from luming_portal.cases.drafts import draft_of, keep_draft, take_files
from luming_portal.cases.facts import known_values
from luming_portal.cases.files import files_named
from luming_portal.cases.models import Case
from luming_portal.cases.recording import CaseRefused, already_done
from luming_portal.cases.registered import initial_of, nameable, units
from luming_portal.cases.services import move
from luming_portal.cases.typed import typed_from
from luming_portal.library_words import word


def form_context(
    case: Case,
    form: Form | None,
    typed: Mapping[str, Any],
    user: Any,
    faults: Mapping[str, list[str]] | None = None,
) -> dict[str, Any]:
    """What a page needs to show a form."""
    if form is None:
        return {"fields": [], "general": list((faults or {}).get("", ())), "faulty": bool(faults)}
    known = known_values(form.properties, case.enterprise, timezone.localdate())
    standing = initial_of(form, case) | {
        name: case.data[name] for name in form.properties if name in case.data
    }
    files = files_named(case) if case.pk else {}
    fields = fields_of(
        form, standing | dict(typed), known=known, files=files, faults=faults, units=units(case)
    )
    for field in fields:
        if field.kind == "case":
            field.named = nameable(str(field.spec.get("x-process", "")), case.demo, user)
    return {
        "form": form,
        "fields": fields,
        "general": list((faults or {}).get("", ())),
        "faulty": bool(faults),
        "has_files": any(field.kind in ("file", "files") for field in fields),
    }


def take_step(
    request: HttpRequest, case: Case, process: Process, step: Transition, *, version: int | None = None
) -> HttpResponse:
    """What was sent from the page of a step: kept as a draft, or taken.

    Args:
        version: of the case that was meant; the one that the page names where none is given.
    """
    form = process.forms.get(step.form) if step.form else None
    token = request.POST.get("token", "")[:40]
    if already_done(case, token):
        return redirect("cases:case", case.pk)
    typed: dict[str, Any] = {}
    faults: dict[str, list[str]] = {}
    if form is not None:
        before = draft_of(case, step.key, request.user)
        typed = typed_from(form.properties, request.POST)
        faults = take_files(case, form, request.FILES, typed, before, by=request.user)
        keep_draft(case, step.key, typed, by=request.user)
        if "save" in request.POST:
            if not faults:
                messages.success(request, _("草稿已保存,还没有提交。"))
                return redirect("cases:step", case.pk, step.key)
            return step_page(request, case, process, step, typed=typed, faults=faults, status=400)
        known = known_values(form.properties, case.enterprise, timezone.localdate())
        data = data_of(form, typed, known)
        for name, said in faults_of(form, typed, data, case.data).items():
            if name not in faults:
                faults[name] = said
    else:
        data = {}
    problem = ""
    status = 400
    if not faults:
        problem, faults, status = attempt(
            case,
            token,
            lambda: move(
                case,
                step.key,
                by=request.user,
                data=data,
                reason=request.POST.get("reason", "")[:4000],
                expected_version=_version(request) if version is None else version,
                token=token,
            ),
        )
        if not problem and not faults:
            messages.success(request, _("已办理:%s。") % step.about.label)
            return redirect("cases:case", case.pk)
    return step_page(request, case, process, step, typed=typed, faults=faults, problem=problem, status=status)


def attempt(case: Case, token: str, act: Callable[[], Any]) -> tuple[str, dict[str, list[str]], int]:
    """Do something once; what stands against it as a sentence, as faults of fields, and as a status. Nothing where it is done."""
    try:
        act()
    except CaseRefused as refused:
        if already_done(case, token):
            return "", {}, 200
        faults = dict(refused.faults)
        return " ".join(refused.sentences), faults, 409 if not faults else 400
    except (StaleVersion, IntegrityError) as problem:
        if already_done(case, token):
            return "", {}, 200
        if isinstance(problem, StaleVersion):
            return str(problem), {}, 409
        return _("同一件事刚才已经有人办理,没有重复办理。请刷新后查看。"), {}, 409
    return "", {}, 200


def _version(request: HttpRequest) -> int | None:
    written = request.POST.get("version", "")
    return int(written) if written.isdigit() and len(written) < 10 else None


def step_page(
    request: HttpRequest,
    case: Case,
    process: Process,
    step: Transition,
    *,
    typed: Mapping[str, Any] | None = None,
    faults: Mapping[str, list[str]] | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a step with its form."""
    form = process.forms.get(step.form) if step.form else None
    shown = draft_of(case, step.key, request.user) if typed is None and form is not None else (typed or {})
    context = {
        "case": case,
        "process": process,
        "step": step,
        "token": uuid.uuid4().hex,
        "reason_kind": step.reason.value,
        "written": request.POST.get("reason", ""),
        "problem": problem,
        "step_label": word(step.about.label),
        **form_context(case, form, shown, request.user, faults),
    }
    return render(request, "cases/step.html", context, status=status)
