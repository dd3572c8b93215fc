"""Pages of proofs: a code typed in, and what its figure follows from, reckoned again while one looks."""

from __future__ import annotations

import zlib
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luming.proof import ProofFaults, misread, typed, written
from luming_portal.accounts.rights import Action, require
from luming_portal.error_views import wants_json
from luming_portal.papers.selectors import paper_of_code
from luming_portal.proofs.selectors import Looked, look_up, near_codes

_LONGEST = 40


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Where a code is typed in."""
    require(request.user, Action.VIEW, "proof")
    code = typed(request.GET.get("code", "")[:_LONGEST])
    if code:
        return redirect("proofs:proof", code)
    return render(request, "proofs/ask.html")


@require_safe
def proof(request: HttpRequest, code: str) -> HttpResponse:
    """The chain of a figure: clause, rule, inputs, result."""
    require(request.user, Action.VIEW, "proof")
    code = code[:_LONGEST]
    try:
        found = look_up(request.user, code)
    except (ProofFaults, zlib.error):
        if wants_json(request):
            return JsonResponse({"code": code, "found": True, "altered": True}, status=409)
        return render(request, "proofs/ask.html", {"code": code, "altered": True}, status=409)
    if found is None and paper_of_code(code) is not None:
        return redirect("papers:check", typed(code))
    if found is None:
        context: dict[str, Any] = {
            "code": code,
            "misread": misread(typed(code)),
            "near": [(one, written(one)) for one in near_codes(code)],
        }
        if wants_json(request):
            return JsonResponse({"code": code, "found": False}, status=404)
        return render(request, "proofs/ask.html", context, status=404)
    if wants_json(request):
        return JsonResponse(_json(found), json_dumps_params={"ensure_ascii": False})
    shown: dict[str, Any] = {
        "found": found,
        "proof": found.proof,
        "written": written(found.proof.code),
        "stored": found.stored,
    }
    return render(request, "proofs/proof.html", shown)


def _json(found: Looked) -> dict[str, Any]:
    again = found.found.again
    return {
        "code": written(found.proof.code),
        "label": found.proof.label,
        "demo": found.stored.demo,
        "as_of": found.stored.as_of,
        "printed": found.proof.result.words,
        "value": found.proof.result.value,
        "unit": found.proof.result.unit,
        "again": None if again is None else again.value,
        "equal": found.found.is_equal,
        "sha256": found.proof.sha256,
        "steps": [{"name": step.name, "lines": list(step.lines)} for step in found.steps],
    }
