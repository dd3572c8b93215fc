"""What if: the verdicts on figures that are only thought of. Nothing is kept, so no service stands behind it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from luming_portal.standards.known import knowledge_of
from luming_portal.standards.selectors import language
from luming_portal.standards.standing import verdicts
from luming_portal.standards.trial import Trial, read_trial
from luming_portal.standards.views.firm import day_or_404, firm_or_404


@require_POST
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """What the standards would say of other figures. Nothing is kept."""
    firm, as_of = firm_or_404(request, pk), day_or_404(request)
    known = knowledge_of(firm, as_of)
    before = verdicts(known.facts, as_of, language())
    trial: Trial = read_trial(request.POST, known)
    after = verdicts(trial.facts, as_of, language())
    rows = [
        {"before": one, "after": other, "changed": one.explanation.conclusion != other.explanation.conclusion}
        for one, other in zip(before, after, strict=True)
    ]
    context: dict[str, Any] = {
        "firm": firm,
        "as_of": as_of,
        "trial": trial,
        "rows": sorted(rows, key=lambda row: not row["changed"]),
        "moved": sum(bool(row["changed"]) for row in rows),
        "language": language(),
    }
    template = "_trial.html" if getattr(request, "htmx", False) else "trial.html"
    return render(request, f"standards/{template}", context, status=400 if trial.faults else 200)
