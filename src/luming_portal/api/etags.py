"""ETags: a record's is its version, a list's hangs on the last recorded change, the question and the asker."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

import luming_portal
from luming_portal.api.caller import Caller
from luming_portal.api.problem import Problem
from luming_portal.api.settled import complete_until

_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_VERSION = re.compile(r'\s*(?:W/)?"(\d{1,9})"\s*')


def of_version(version: int) -> str:
    """The ETag of a record."""
    return f'"{version}"'


def of_answer(request: HttpRequest, caller: Caller, *state: object) -> str:
    """A weak ETag for an answer that is put together from many records; new each time while changes are under way.

    Args:
        state: what the answer hangs on, such as the number of the last change.
    """
    if complete_until() is not None:
        state = (*state, time.time_ns())
    parts = [
        getattr(luming_portal, "__version__", ""),
        request.get_full_path(),
        caller.fingerprint(),
        get_language() or "",
        *(str(one) for one in state),
    ]
    return f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def unchanged(request: HttpRequest, etag: str) -> HttpResponse | None:
    """304 when the caller holds this very answer."""
    given = request.headers.get("If-None-Match", "")
    if given.strip() == "*" or _bare(etag) in _TAG.findall(given):
        response = HttpResponse(status=304)
        response["ETag"] = etag
        return response
    return None


def expected_version(request: HttpRequest) -> int:
    """The version that a change is meant for, from If-Match. A weak tag counts too: compression makes tags weak.

    Raises:
        Problem: 428 when there is none, 400 when it is no version.
    """
    given = request.headers.get("If-Match")
    if given is None or given.strip() == "*":
        raise Problem(
            428,
            "version_missing",
            _(
                '修改和删除须用请求头 If-Match 注明读到的是哪一版,即读取时得到的 ETag,如 If-Match: "3"。没有保存任何内容。'
            ),
        )
    found = _VERSION.fullmatch(given)
    if found is None:
        raise Problem(400, "malformed_header", _('If-Match 应为读取时得到的 ETag,如 "3"。没有保存任何内容。'))
    return int(found[1])


def _bare(etag: str) -> str:
    found: Iterable[str] = _TAG.findall(etag)
    return next(iter(found), "")
