"""Answers as JSON: figures exact, dates in ISO form, Chinese as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse


def plain(value: Any) -> Any:
    """A value as JSON carries it: decimals as exact strings, days and times in ISO form."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


def answer(
    data: Any, *, status: int = 200, etag: str = "", headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """Data as an answer."""
    response = HttpResponse(
        json.dumps(data, ensure_ascii=False, default=_default),
        status=status,
        content_type="application/json; charset=utf-8",
    )
    if etag:
        response["ETag"] = etag
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def _default(value: Any) -> Any:
    found = plain(value)
    return str(value) if found is value else found
