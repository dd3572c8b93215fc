"""The page of policy evaluation: choose, hand in tables, read the draft or take it along."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from luming.errors import FaultyInput
from luming.evaluation import TABLES
from luming_portal.accounts.rights import Action, require
from luming_portal.documents.selectors import current_version, latest_version
from luming_portal.evaluation.drafting import (
    FORMATS,
    Drafted,
    demo_evaluation,
    drafted,
    empty_table,
    real_evaluation,
)
from luming_portal.evaluation.forms import EvaluationForm
from luming_portal.evaluation.services import record_draft
from luming_portal.uploads import guarded_upload

_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
_SHOWN_FAULTS = 50


@guarded_upload
@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_page(request: HttpRequest) -> HttpResponse:
    """The form; posted, the draft itself, or the form with every fault of the tables."""
    require(request.user, Action.VIEW, "evaluation")
    if request.method != "POST" and (name := request.GET.get("table", "")):
        if name not in TABLES:
            raise Http404
        return _answer(empty_table(name))
    version = current_version()
    initial = {"document": version.document_id if version else None, "stretch": "0"}
    posted = request.method == "POST"
    form = EvaluationForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        user=request.user,
        today=timezone.localdate(),
        initial=initial,
    )
    faults: list[str] = []
    more = 0
    if posted and form.is_valid():
        try:
            return _answer(_draft(request, form))
        except FaultyInput as problem:
            faults = [fault.sentence() for fault in problem.faults[:_SHOWN_FAULTS]]
            more = len(problem.faults) - len(faults)
    context = {
        "form": form,
        "tables": TABLES.items(),
        "faults": faults,
        "more": more,
        "has_document": version is not None,
    }
    return render(request, "evaluation/evaluation.html", context, status=400 if posted else 200)


def _draft(request: HttpRequest, form: EvaluationForm) -> Drafted:
    given: dict[str, Any] = form.cleaned_data
    version = latest_version(given["document"])
    assert version is not None, "the form offers published documents only"
    tables = form.tables()
    if given["demo"]:
        evaluation = demo_evaluation(version, given["span"])
    else:
        evaluation = real_evaluation(version, given["span"], given["as_of"], tables)
    wanted = request.POST.get("format", "")
    wanted = wanted if wanted in FORMATS else "html"
    made = drafted(evaluation, wanted)
    record_draft(evaluation, wanted, tables, by=request.user)
    return made


def _answer(made: Drafted) -> HttpResponse:
    """The draft; a page carries its style within it, which is allowed by its hash and nothing else is."""
    answer = HttpResponse(made.content, content_type=made.content_type)
    if made.name.endswith(".html"):
        styles = [hashlib.sha256(found).digest() for found in _STYLE.findall(made.content)]
        allowed = [f"'sha256-{base64.b64encode(one).decode()}'" for one in styles]
        answer._csp_update = {"style-src": allowed}  # type: ignore[attr-defined]  # read by django-csp
    else:
        header = content_disposition_header(True, made.name)
        answer["Content-Disposition"] = header or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer
