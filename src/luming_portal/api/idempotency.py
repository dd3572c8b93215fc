"""A write that is sent twice happens once: the reply is kept under the caller's Idempotency-Key for 24 hours.

The reply is stored in the transaction of the write itself, so that either both stand or neither does. A refused
request stores nothing and may be sent again under its key, corrected or not. A view whose answer holds a secret puts
what may be kept into `response.kept`.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from luming_portal.api.caller import caller_of
from luming_portal.api.models import StoredReply
from luming_portal.api.problem import Problem

KEPT = timedelta(hours=24)
_KEY = re.compile(r"[\x21-\x7e]{1,100}")
_AT_WORK_SECONDS = 120
_KEPT_HEADERS = ("ETag", "Location", "Content-Type")

View = Callable[..., HttpResponse]


def replayable(view: View) -> View:
    """A writing view that honours Idempotency-Key."""

    @functools.wraps(view)
    def around(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return view(request, *args, **kwargs)
        if not _KEY.fullmatch(key):
            raise Problem(
                400,
                "malformed_header",
                _("Idempotency-Key 应为1到100个可见的 ASCII 字符,如一个 UUID。没有保存任何内容。"),
            )
        return once(request, key, lambda: view(request, *args, **kwargs))

    return around


def once(request: HttpRequest, key: str, write: Callable[[], HttpResponse]) -> HttpResponse:
    """Carry out a write, or give the reply that it got before.

    Raises:
        Problem: 409 while the same request is at work, 422 when the key belongs to another request.
    """
    caller = caller_of(request).key
    wanted = request_hash(request)
    marker = f"api-at-work:{caller}:{hashlib.sha256(key.encode()).hexdigest()}"
    if not cache.add(marker, 1, _AT_WORK_SECONDS):
        raise Problem(
            409,
            "in_progress",
            _("带同一个幂等键的请求正在处理,请稍后用同一个键再试,会得到它的结果。"),
            headers={"Retry-After": "1"},
        )
    try:
        return _once(caller, key, wanted, write)
    finally:
        cache.delete(marker)


def _once(caller: str, key: str, wanted: str, write: Callable[[], HttpResponse]) -> HttpResponse:
    now = timezone.now()
    try:
        with transaction.atomic():
            StoredReply.objects.filter(caller=caller, created_at__lt=now - KEPT).delete()
            stored = StoredReply.objects.filter(caller=caller, key=key).first()
            if stored is not None:
                return _again(stored, wanted)
            row = StoredReply.objects.create(caller=caller, key=key, request_hash=wanted, created_at=now)
            response = write()
            row.status = response.status_code
            row.headers = {name: response[name] for name in _KEPT_HEADERS if name in response}
            row.body = getattr(response, "kept", response.content).decode()
            row.save()
            return response
    except IntegrityError:  # another process stored its reply while this one waited for it
        stored = StoredReply.objects.filter(caller=caller, key=key).first()
        if stored is None:
            raise
        return _again(stored, wanted)


def _again(stored: StoredReply, wanted: str) -> HttpResponse:
    if stored.request_hash != wanted:
        raise Problem(
            422,
            "key_reused",
            _("这个幂等键在24小时内已用于另一个请求;新的请求请换一个键。没有保存任何内容。"),
        )
    response = HttpResponse(stored.body, status=stored.status)
    for name, value in stored.headers.items():
        response[name] = value
    response["Idempotent-Replayed"] = "true"
    return response


def request_hash(request: HttpRequest) -> str:
    """What makes two requests the same: method, address, version, reason, body."""
    parts = (
        str(request.method),
        request.get_full_path(),
        request.headers.get("If-Match", ""),
        request.headers.get("X-Reason", ""),
    )
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace"))
    digest.update(b"\0" + request.body)
    return digest.hexdigest()
