"""Addresses that allauth brings along and that this portal does not offer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


def closed(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Not offered here: mail addresses, codes by mail, connecting identities by hand."""
    raise Http404


@require_safe
def signup(request: HttpRequest) -> HttpResponse:
    """Nobody opens an account for himself; the page says who does."""
    return render(request, "account/signup_closed.html")
