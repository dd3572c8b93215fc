"""How often an address may come with links: counts for each minute in the cache of the process, as at sign-in.

The numbers are those of sign-in (settings.ACCOUNT_RATE_LIMITS): they bound guessing and leave room for an office whose
people share one address. With several processes each counts for itself.
"""

from __future__ import annotations

import time

from django.core.cache import cache
from django.http import HttpRequest

MOST_PAGES = 120
"""Requests a minute from one address."""
MOST_WRONG = 60
"""Of them with what is no link."""
_WINDOW = 60


def too_often(request: HttpRequest) -> bool:
    """Count a request; whether the address has come too often, or too often with what is no link."""
    return _count(request, "pages") > MOST_PAGES or cache.get(_name(request, "wrong"), 0) >= MOST_WRONG


def count_wrong(request: HttpRequest) -> None:
    """Count a request for what is no link."""
    _count(request, "wrong")


def _count(request: HttpRequest, kind: str) -> int:
    name = _name(request, kind)
    cache.add(name, 0, 2 * _WINDOW)
    try:
        return int(cache.incr(name))
    except ValueError:  # dropped from the cache between the two steps
        return 1


def _name(request: HttpRequest, kind: str) -> str:
    return f"link-{kind}:{request.META.get('REMOTE_ADDR', '')}:{int(time.time() // _WINDOW)}"
