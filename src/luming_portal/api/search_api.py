"""One search over everything that the caller may see: what the page of the search finds, as far as scopes reach."""
# No `from __future__ import annotations`: django-ninja reads the annotations of views.

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from luming_portal.api.answers import answer
from luming_portal.api.caller import Caller, caller_of
from luming_portal.api.described import Told, described
from luming_portal.api.parameters import Parameter, check
from luming_portal.api.scopes import DOCUMENT
from luming_portal.registers.catalog import registers
from luming_portal.search.selectors import search as search_all

_PARAMETERS = (
    Parameter(
        "q",
        "搜索词,空格分开的词都要有;两个字的词、拼音、信用代码、曾用名都可以",
        least=1,
        most=100,
        required=True,
    ),
)


class Found(BaseModel):
    """找到的一条。"""

    title: str
    text: str = Field(description="出现在哪里")
    demo: bool
    page: str = Field(description="页面地址")


class FoundIn(BaseModel):
    """在一类内容里找到的。"""

    kind: str = Field(description="台账名,或 sentences(文件条款)")
    label: str
    total: int = Field(description="共多少条;全部的用台账的 q 参数读取")
    items: list[Found] = Field(description="最接近的几条")


class SearchShape(BaseModel):
    """搜索结果。"""

    q: str
    groups: list[FoundIn]


def search_router() -> Router:
    """The address."""
    router = Router(tags=["搜索"])

    @router.get(
        "",
        response=SearchShape,
        **described(
            Told("search", "全站搜索", parameters=_PARAMETERS, visitor=True),
            "只搜调用者看得到、且令牌有读取范围的内容。",
        ),
    )
    def search(request: HttpRequest) -> HttpResponse:
        caller = caller_of(request)
        check(request.GET, _PARAMETERS)
        groups = [
            {
                "kind": group.slug,
                "label": group.label,
                "total": group.count,
                "items": [
                    {"title": hit.label, "text": hit.text, "demo": hit.demo, "page": hit.href}
                    for hit in group.hits
                ],
            }
            for group in search_all(caller.user, request.GET["q"])
            if _open(caller, group.slug)
        ]
        return answer({"q": request.GET["q"], "groups": groups})

    return router


def _open(caller: Caller, kind: str) -> bool:
    register = registers().get(kind)
    return caller.has(f"read:{register.noun}" if register is not None else DOCUMENT)
