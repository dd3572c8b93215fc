"""What a person sees when something is refused, absent or broken: a sentence, a way on, and the request number."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def wants_json(request: HttpRequest) -> bool:
    """Whether the answer is read by a program."""
    return request.GET.get("format") == "json" or request.headers.get("accept", "").startswith(
        "application/json"
    )


def error_page(request: HttpRequest, status: int, title: str, sentence: str, **more: Any) -> HttpResponse:
    """The page, or its JSON twin."""
    if wants_json(request):
        return JsonResponse(
            {"error": title, "detail": sentence, "request_id": getattr(request, "request_id", "")},
            status=status,
            json_dumps_params={"ensure_ascii": False},
        )
    context = {"status": status, "title": title, "sentence": sentence, **more}
    return render(request, "errors/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read. What the framework says of it in English stays in the log."""
    sentence = "" if exception is None else str(exception)
    if isinstance(exception, SuspiciousOperation):
        sentence = _suspicious_sentence(exception)
    return error_page(request, 400, _("提交的内容有问题"), sentence or _("请返回检查后重新提交。"))


def _suspicious_sentence(exception: SuspiciousOperation) -> str:
    if isinstance(exception, DisallowedHost):
        return _("浏览器用的网址不是本站登记的域名。请改用管理员公布的网址;域名由 LUMING_HOSTS 登记。")
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return _("一次提交的内容太多,没有保存任何内容。请分几次提交。")
    return _("这次提交的内容不符合格式,没有保存任何内容。")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: seen, but not allowed, with the reason."""
    reason = getattr(exception, "reason", "") or str(exception or "") or _("您没有这项权限。")
    return error_page(request, 403, _("没有权限"), reason)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not to be seen by this user."""
    return error_page(
        request, 404, _("没有找到"), _("这个地址没有内容,或者它不对您开放。请从首页进入,或用上方的搜索查找。")
    )


def stale(request: HttpRequest, problem: Any) -> HttpResponse:
    """409: somebody else was faster; nothing was written."""
    return error_page(request, 409, _("内容已被他人更新"), str(problem), stored=problem.stored)


def too_large(request: HttpRequest, sentence: str) -> HttpResponse:
    """413: a file beyond the limit."""
    return error_page(request, 413, _("文件太大"), sentence)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: faster than people are."""
    return error_page(request, 429, _("操作太频繁"), _("短时间内尝试太多次。请等一分钟再试。"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a post that did not come from our own page."""
    return error_page(
        request,
        403,
        _("提交被拒绝"),
        _("这次提交不是从本站页面发出的,或页面打开太久已经失效。没有保存任何内容,请重新打开页面再试。"),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our own mistake; nothing half-written, because every change is one transaction."""
    return error_page(
        request, 500, _("程序出错"), _("没有保存任何内容。请把下面的请求编号告诉系统管理员,然后重试。")
    )
