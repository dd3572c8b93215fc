"""What stands around every address of the interface: formats, sizes, methods, and problems instead of pages."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.utils.translation import gettext as _

from luming_portal.api.body import LARGEST
from luming_portal.api.problem import Problem, not_found, problem_response

log = logging.getLogger("luming_portal.api")

View = Callable[..., HttpResponse]
_VARY = "Authorization, Cookie, Accept-Language"


def guarded(view: View) -> View:
    """A view behind the guard."""

    @functools.wraps(view)
    def around(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        head = request.method == "HEAD"
        if head:
            request.method = "GET"
        try:
            _check_body(request)
            response = view(request, *args, **kwargs)
            if isinstance(response, HttpResponseNotAllowed):
                raise _not_allowed(request, response)
        except Problem as problem:
            response = problem_response(request, problem)
        except Http404:
            response = unknown_route(request)
        except Exception:
            log.exception("api request failed", extra={"path": request.path, "method": request.method})
            response = problem_response(
                request,
                Problem(
                    500,
                    "internal",
                    _("没有保存任何内容。请把请求编号告诉系统管理员,然后重试。"),
                ),
            )
        _finish(request, response, head=head)
        return response

    around.csrf_exempt = True  # type: ignore[attr-defined]
    return around


def unknown_route(request: HttpRequest) -> HttpResponse:
    """An address that the interface does not have."""
    return problem_response(request, not_found(_("接口没有这个地址,所有地址见 /api/v1/docs/。")))


def _check_body(request: HttpRequest) -> None:
    if request.method in ("GET", "OPTIONS"):
        return
    length = request.META.get("CONTENT_LENGTH") or "0"
    too_large = Problem(413, "too_large", _("请求正文最大%d KB,没有保存任何内容。") % (LARGEST // 1024))
    if length.isdigit() and int(length[:15]) > LARGEST:
        raise too_large
    try:
        body = request.body
    except RequestDataTooBig as problem:
        raise too_large from problem
    except UnreadablePostError as problem:
        raise Problem(400, "malformed_json", _("请求正文没有传完。")) from problem
    if len(body) > LARGEST:
        raise too_large
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    if body and (request.content_type != "application/json" or charset not in ("utf-8", "utf8")):
        raise Problem(
            415,
            "unsupported_media_type",
            _("请求正文须为 UTF-8 编码的 JSON,请加请求头 Content-Type: application/json。"),
            headers={"Accept-Post": "application/json"},
        )


def _not_allowed(request: HttpRequest, response: HttpResponse) -> Problem:
    allowed = ", ".join(sorted(response.headers.get("Allow", "").split(", ")))
    return Problem(
        405,
        "method_not_allowed",
        _("这个地址只支持 %s。") % allowed,
        headers={"Allow": allowed},
    )


def _finish(request: HttpRequest, response: HttpResponse, *, head: bool) -> None:
    response.headers.setdefault("Cache-Control", "private, no-cache")
    response.headers.setdefault("Vary", _VARY)
    for name, value in getattr(request, "rate_headers", {}).items():
        response.headers.setdefault(name, value)
    if head:
        request.method = "HEAD"
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
