"""The interface for programs, version 1: all its addresses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, path, re_path
from django.utils.translation import override

from luming_portal.api.authentication import identify
from luming_portal.api.board_api import board_router
from luming_portal.api.body import StrictParser
from luming_portal.api.changes_api import changes_router
from luming_portal.api.documents_api import documents_router
from luming_portal.api.facts_api import add_fact_addresses
from luming_portal.api.guard import guarded, unknown_route
from luming_portal.api.handlers import add_handlers
from luming_portal.api.me_api import me_router
from luming_portal.api.openapi import PortalAPI
from luming_portal.api.registers_api import register_router
from luming_portal.api.search_api import search_router
from luming_portal.api.webhooks.routes import webhooks_router
from luming_portal.indicators.models import Fact
from luming_portal.registers.catalog import registers

_ABOUT = """鹿鸣的程序接口。台账、数据、文件、驾驶舱都可读,有权限的可写;每次写入都进变更记录。

* 令牌:在“接口令牌”页发放,以请求头 `Authorization: Bearer luming_…` 发送;不带令牌的只能读已发布的内容。
* 数字:精确的数以十进制文字给出,如 `"12.50"`,并带单位;不经过二进制浮点数。
* 修改:须用 `If-Match` 注明读到的是哪一版;受管字段须有理由。
* 出错:一律为 `application/problem+json`(RFC 9457),给出一句话、代码、请求编号和全部错处。

完整的说明和可运行的例子见 docs/guide/api.md。"""


def make_api() -> PortalAPI:
    """The interface with all its routers."""
    made = PortalAPI(
        title="鹿鸣 Luming",
        version="1.0",
        description=_ABOUT,
        urls_namespace="v1",
        docs_url=None,
        parser=StrictParser(),
        auth=identify,
    )
    for prefix, router in _routers():
        made.add_router(prefix, router)
    add_handlers(made)
    return made


def _routers() -> Iterator[tuple[str, Any]]:
    yield "/me", me_router()
    for register in registers().values():
        router = register_router(register)
        if register.model is Fact:
            add_fact_addresses(router)
        yield f"/{register.slug}", router
    yield "/documents", documents_router()
    yield "/board", board_router()
    yield "/search", search_router()
    yield "/changes", changes_router()
    yield "/webhooks", webhooks_router()


with override("zh-hans"):  # descriptions are made now, in Chinese, whoever asks first
    api = make_api()


def addresses() -> list[URLPattern | URLResolver]:
    """All addresses, each behind the guard, and one for all that there is not."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            pattern.callback = guarded(pattern.callback)
    return [path("", (patterns, app_name, namespace)), re_path(r"^[\s\S]*\Z", guarded(unknown_route))]
