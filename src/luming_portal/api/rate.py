"""How many requests a caller may send: a count for each minute in the cache of the process.

With several processes each counts for itself, so that the limit is up to so many times as high. A token has 600
requests a minute (setting LUMING_API_RATE), a visitor's address a fifth of it.
"""

from __future__ import annotations

import time

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from luming_portal import environment
from luming_portal.api.problem import Problem

WINDOW_SECONDS = 60
DEFAULT = 600
_VISITOR_SHARE = 5


def limit() -> int:
    """Requests a minute for a token or a session."""
    written = getattr(settings, "LUMING_API_RATE", None) or environment.text("LUMING_API_RATE", str(DEFAULT))
    return int(written)


def count(key: str, *, visitor: bool = False, now: float | None = None) -> dict[str, str]:
    """Count a request.

    Args:
        key: the caller.
        now: seconds since 1970; the clock's when not given.

    Returns:
        The headers that tell the caller where he stands.

    Raises:
        Problem: 429 with Retry-After.
    """
    at = time.time() if now is None else now
    most = max(1, limit() // _VISITOR_SHARE) if visitor else limit()
    window = int(at // WINDOW_SECONDS)
    name = f"api-rate:{key}:{window}"
    cache.add(name, 0, WINDOW_SECONDS * 2)
    try:
        used = cache.incr(name)
    except ValueError:  # dropped from the cache between the two steps
        used = 1
    left = WINDOW_SECONDS - int(at % WINDOW_SECONDS)
    headers = {
        "RateLimit-Limit": str(most),
        "RateLimit-Remaining": str(max(0, most - used)),
        "RateLimit-Reset": str(left),
    }
    if used > most:
        raise Problem(
            429,
            "too_many",
            _("每分钟最多%(most)d个请求,请%(left)d秒后再试。") % {"most": most, "left": left},
            headers={**headers, "Retry-After": str(left)},
        )
    return headers
