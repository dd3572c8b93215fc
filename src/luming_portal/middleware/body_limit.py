"""What is sent is measured before anything reads it, on every address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from luming_portal import error_views

_FRAME = 65_536
"""Bytes that a form may have around its file."""


class BodyLimit:
    """Refuses a body beyond settings.UPLOAD_LIMIT; stands before the check for forged posts, which reads the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """413 with a sentence, or nothing."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.path.startswith("/api/v1/") or not length.isdigit():
            return None  # the interface has a narrower limit and its own way to say so
        if int(length[:15]) <= settings.UPLOAD_LIMIT + _FRAME:
            return None
        return error_views.too_large(request, too_large(int(length[:15])))


def too_large(size: int) -> str:
    """The sentence that refuses so many bytes."""
    return _(
        "文件有%(size)dMB,最大%(most)dMB。没有导入任何内容;数据多时请分成几个文件,或删去图片和空行后另存。"
    ) % {"size": -(-size // 1024 // 1024), "most": settings.UPLOAD_LIMIT // 1024 // 1024}
