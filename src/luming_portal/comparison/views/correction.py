"""The page on which the office issues a correction."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luming.comparison import Frozen, InputRefused
from luming_portal.accounts.rights import Action, require
from luming_portal.comparison.current import Current, current_of
from luming_portal.comparison.forms import CorrectionForm
from luming_portal.comparison.models import Comparison, Settled
from luming_portal.comparison.selectors import findings_of
from luming_portal.comparison.services import correct, corrected_content
from luming_portal.comparison.views.reach import seen
from luming_portal.documents.selectors import latest_version


@require_http_methods(["GET", "HEAD", "POST"])
def correct_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The office issues a comparison in the place of this one; what would change is shown before."""
    require(request.user, Action.PUBLISH, "comparison")
    item = seen(request, pk)
    fresh = _fresh(item)
    form = CorrectionForm(request.POST or None, may_refresh=fresh is not None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            chosen = fresh if form.cleaned_data.get("fresh") else None
            try:
                made = correct(item, by=request.user, reason=form.cleaned_data["reason"], fresh=chosen)
            except (Settled, InputRefused) as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(request, _("已公布更正;原来的保留,标明已被更正。"))
                return redirect("comparison:detail", made.pk)
    context = {
        "form": form,
        "comparison": item,
        "changes": _changes(item.frozen(), corrected_content(item, None)),
        "fresh_changes": _changes(item.frozen(), corrected_content(item, fresh)) if fresh else [],
        "findings": findings_of(item),
    }
    return render(request, "comparison/correct.html", context, status=status)


def _fresh(item: Comparison) -> Current | None:
    """The ranking of the same period from the figures as they stand now; None where it is another period by now."""
    version = latest_version(item.document)
    if version is None or item.demo:
        return None
    found = current_of(version, item.target, timezone.localdate(), demo=False)
    return found if found is not None and found.period.text == item.period else None


def _changes(before: Frozen, after: Frozen) -> list[tuple[Any, Any]]:
    """The rows that differ, before and after."""
    pairs = [(before.row_of(row.district), row) for row in after.rows]
    return [(old, new) for old, new in pairs if old != new]
