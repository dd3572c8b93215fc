"""Problems as RFC 9457 tells them: application/problem+json with a sentence, a code, and all faults at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luming.punctuation import full_width_outside_quotes

MEDIA_TYPE = "application/problem+json"
TYPE_BASE = "/api/v1/docs/#"

CODES: Mapping[str, tuple[int, Any]] = {
    "malformed_json": (400, gettext_lazy("请求正文不是合法的 JSON")),
    "malformed_header": (400, gettext_lazy("请求头写法有误")),
    "unauthenticated": (401, gettext_lazy("需要有效的令牌")),
    "forbidden": (403, gettext_lazy("没有权限")),
    "scope_missing": (403, gettext_lazy("令牌没有这个范围")),
    "csrf": (403, gettext_lazy("提交被拒绝")),
    "not_found": (404, gettext_lazy("没有找到")),
    "method_not_allowed": (405, gettext_lazy("这个地址不支持该方法")),
    "in_progress": (409, gettext_lazy("同一请求正在处理")),
    "conflict": (409, gettext_lazy("与现有内容冲突")),
    "stale": (412, gettext_lazy("内容已被他人更新")),
    "too_large": (413, gettext_lazy("请求正文太大")),
    "unsupported_media_type": (415, gettext_lazy("正文格式不支持")),
    "invalid": (422, gettext_lazy("内容有误")),
    "reason_missing": (422, gettext_lazy("缺少理由")),
    "key_reused": (422, gettext_lazy("幂等键已用于另一个请求")),
    "version_missing": (428, gettext_lazy("须注明修改的是哪一版")),
    "too_many": (429, gettext_lazy("请求太频繁")),
    "internal": (500, gettext_lazy("程序出错")),
}
"""Code → status and title. The documentation page lists them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in what was sent.

    Attributes:
        at: where it is: /district for a field of the body, ?size for a parameter, If-Match for a header.
        code: for programs.
        detail: for people.
    """

    at: str
    code: str
    detail: str

    def plain(self) -> dict[str, str]:
        """As JSON carries it."""
        return {"at": self.at, "code": self.code, "detail": full_width_outside_quotes(self.detail)}


class Problem(Exception):
    """A request that is answered with a problem; nothing was written."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        self.status = status
        self.code = code
        self.detail = detail
        self.faults = tuple(faults)
        self.headers = dict(headers or {})
        self.more = more
        super().__init__(detail)


def invalid(faults: Sequence[Fault]) -> Problem:
    """422 with all faults."""
    return Problem(422, "invalid", _("共%d处有误,没有保存任何内容。") % len(faults), faults=faults)


def not_found(detail: str = "") -> Problem:
    """404, for what is not there and what the caller may not see alike."""
    return Problem(404, "not_found", detail or _("没有这项内容,或者它不对您开放。"))


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as an answer."""
    body: dict[str, Any] = {
        "type": f"{TYPE_BASE}{problem.code}",
        "title": str(CODES[problem.code][1]),
        "status": problem.status,
        "detail": full_width_outside_quotes(problem.detail),
        "code": problem.code,
        "request_id": getattr(request, "request_id", ""),
    }
    if problem.faults:
        body["faults"] = [fault.plain() for fault in problem.faults]
    body |= problem.more
    response = HttpResponse(
        json.dumps(body, ensure_ascii=False), status=problem.status, content_type=MEDIA_TYPE
    )
    for name, value in problem.headers.items():
        response[name] = value
    if problem.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="luming"'
    return response
