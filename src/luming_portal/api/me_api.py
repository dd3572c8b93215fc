"""Who the caller is to the interface: to try a token out."""
# No `from __future__ import annotations`: django-ninja reads the annotations of views.

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from luming_portal.accounts.rights import role_of
from luming_portal.api.answers import answer
from luming_portal.api.caller import caller_of
from luming_portal.api.described import Told, described
from luming_portal.api.parameters import check


class MeShape(BaseModel):
    """调用者。"""

    name: str | None = Field(description="姓名;访客为 null")
    role: str
    role_label: str
    unit: str
    district: str
    token: str | None = Field(description="令牌的用途;会话与访客为 null")
    scopes: list[str] | None = Field(description="令牌的范围;会话与访客为 null,不受范围限制")
    expires_at: str | None
    demo: bool


def me_router() -> Router:
    """The address."""
    router = Router(tags=["调用者"])

    @router.get(
        "",
        response=MeShape,
        **described(Told("me_read", "我是谁", visitor=True), "试一试令牌是否有效、有哪些范围。"),
    )
    def me(request: HttpRequest) -> HttpResponse:
        caller = caller_of(request)
        check(request.GET, ())
        user, token, known = caller.user, caller.token, caller.user.is_authenticated
        role = role_of(user)
        return answer(
            {
                "name": str(user) if known else None,
                "role": role.value,
                "role_label": str(role.label),
                "unit": user.unit if known else "",
                "district": user.district if known else "",
                "token": token.name if token else None,
                "scopes": list(token.scopes) if token else None,
                "expires_at": token.expires_at if token else None,
                "demo": bool(known and user.demo),
            }
        )

    return router
