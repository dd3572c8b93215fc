"""What the pages share: the comparison that a person may see, and the answer to what cannot be done now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from luming_portal import error_views
from luming_portal.accounts.rights import Action, require
from luming_portal.comparison.models import Comparison
from luming_portal.comparison.selectors import comparisons_for


def seen(request: HttpRequest, pk: int) -> Comparison:
    """An issued comparison; 404 where there is none for this reader."""
    require(request.user, Action.VIEW, "comparison")
    found: Comparison = get_object_or_404(comparisons_for(request.user), pk=pk)
    return found


def conflict(request: HttpRequest, sentence: str) -> HttpResponse:
    """409 with the reason."""
    return error_views.error_page(request, 409, _("现在不能这样做"), sentence)
