"""The reason of a change: the field `reason` of the body, or the header X-Reason (percent-encoded UTF-8 allowed)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from django.http import HttpRequest
from django.utils.translation import gettext as _

from luming_portal.api.problem import Problem

LONGEST = 500
_HEADER = re.compile(r"[ -~]{0,4500}")


def reason_of(request: HttpRequest, given: str | None = None) -> str:
    """The reason, "" when there is none. The body goes before the header.

    Raises:
        Problem: 400 when the header cannot be read or the reason is too long.
    """
    header = request.headers.get("X-Reason", "")
    if not _HEADER.fullmatch(header):
        raise Problem(400, "malformed_header", _("X-Reason 请求头只含可见的 ASCII 字符,其余用百分号编码。"))
    try:
        reason = unquote(header, errors="strict").strip()
        reason.encode("utf-8")
    except UnicodeError as problem:
        raise Problem(
            400, "malformed_header", _("X-Reason 请求头应为百分号编码的 UTF-8 文字。没有保存任何内容。")
        ) from problem
    if len(reason) > LONGEST or any(ord(sign) < 32 for sign in reason):
        raise Problem(400, "malformed_header", _("理由最长%d个字,不含控制字符。") % LONGEST)
    return given.strip() if given is not None and given.strip() else reason
