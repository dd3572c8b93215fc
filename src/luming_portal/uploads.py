"""A file that somebody hands in: its name is looked at before anything is made of it (its size: middleware.body_limit)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParser
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from luming_portal import error_views

_PATHS = re.compile(r"[/\\\x00-\x1f]|^\.\.|^~")


class UploadRefused(Exception):
    """A file that is not taken, with the sentence that says why; `too_large` where that is its size."""

    def __init__(self, sentence: str, *, too_large: bool = False) -> None:
        self.too_large = too_large
        super().__init__(sentence)


class _NameGuard(MultiPartParser):
    """The usual parser, but a name that leads into folders is refused instead of cut."""

    def sanitize_file_name(self, file_name: str) -> str | None:
        """The name as it is."""
        if _PATHS.search(file_name):
            raise UploadRefused(
                _("文件名“%s”含有路径或控制字符,没有导入任何内容。请把文件改成普通名字(如 企业.xlsx)再上传。")
                % file_name[:80]
            )
        return super().sanitize_file_name(file_name)


def guarded_upload(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Around a view that takes a file: a name with a path is refused before anything is made of the file."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST":
            request.parse_file_upload = lambda meta, data: _NameGuard(  # type: ignore[method-assign, assignment]
                meta, data, request.upload_handlers, request.encoding or settings.DEFAULT_CHARSET
            ).parse()
        try:
            return protected(request, *args, **kwargs)
        except UploadRefused as refused:
            if refused.too_large:
                return error_views.too_large(request, str(refused))
            return error_views.bad_request(request, refused)

    return guard
