"""The record of changes for those who may read it, in the order of its numbers: made to be followed."""
# No `from __future__ import annotations`: django-ninja reads the annotations of views.

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, Field

from luming_portal.accounts.rights import Action
from luming_portal.api import etags, pagination
from luming_portal.api.answers import answer
from luming_portal.api.caller import Caller, caller_of
from luming_portal.api.described import Told, described
from luming_portal.api.parameters import Parameter, check
from luming_portal.api.scopes import CHANGES
from luming_portal.api.settled import complete_until
from luming_portal.audit.masking import Sight
from luming_portal.audit.models import Change
from luming_portal.audit.selectors import changes_seen

_PARAMETERS = (
    Parameter("after", "从这个变更号之后读起", "whole", 0, 9_223_372_036_854_775_807),
    pagination.SIZE,
    Parameter("model", "对象类别,如 enterprises.enterprise", least=1, most=60),
    Parameter("object_id", "对象编号", least=1, most=64),
    Parameter("actor", "操作人的登录名", least=1, most=64),
    Parameter("action", "动作,如 create、update、delete", least=1, most=40),
    Parameter("request_id", "请求编号", least=1, most=36),
)


class ChangeShape(BaseModel):
    """一条变更。"""

    id: int = Field(description="变更号,只增不减")
    at: str
    actor: str
    actor_name: str
    actor_role: str
    request_id: str
    action: str
    model: str
    object_id: str
    object_label: str
    reason: str
    before: dict[str, Any] | None = Field(description="原值;不在查看级别内的为 null")
    after: dict[str, Any] | None = Field(description="新值;不在查看级别内的为 null")
    masked: list[str] = Field(description="因查看级别而隐去的字段")
    digest: str = Field(description="这条变更的 SHA-256,与待发箱中的相同")


class ChangesShape(BaseModel):
    """变更记录的一段。"""

    items: list[ChangeShape]
    links: dict[str, str]


def changes_router() -> Router:
    """The address."""
    router = Router(tags=["变更记录"])

    @router.get(
        "",
        response=ChangesShape,
        **described(
            Told("changes_list", "读变更记录", CHANGES, parameters=_PARAMETERS, cached=True),
            "按变更号升序;把最后一条的号写入 after 即可接着读。只对审计员开放。",
        ),
    )
    def changes(request: HttpRequest) -> HttpResponse:
        caller = caller_of(request, CHANGES)
        caller.require(Action.VIEW, "audit")
        check(request.GET, _PARAMETERS)
        newest = Change.objects.order_by("-id").values_list("id", flat=True).first()
        etag = etags.of_answer(request, caller, newest)
        return etags.unchanged(request, etag) or answer(_told(request, caller), etag=etag)

    return router


def _told(request: HttpRequest, caller: Caller) -> dict[str, Any]:
    given = request.GET
    size = pagination.size_of(request)
    rows = changes_seen(caller.user).filter(id__gt=int(given.get("after") or 0)).order_by("id")
    for name in ("model", "object_id", "actor", "action", "request_id"):
        if given.get(name):
            rows = rows.filter(**{name: given[name]})
    until = complete_until()
    if until is not None:
        rows = rows.filter(id__lte=until)
    sight = Sight(caller.user)
    items = [_change(row, sight) for row in rows[:size]]
    links = {"self": request.get_full_path()}
    if len(items) == size:
        query = given.copy()
        query["after"] = str(items[-1]["id"])
        links["next"] = f"{request.path}?{query.urlencode()}"
    return {"items": items, "links": links}


def _change(row: Change, sight: Sight) -> dict[str, Any]:
    names = dict.fromkeys([*(row.before or {}), *(row.after or {})])
    masked = [name for name in names if row.model and not sight.field(row.model, name)]
    return {
        "id": row.pk,
        "at": row.at,
        "actor": row.actor,
        "actor_name": row.actor_name,
        "actor_role": row.actor_role,
        "request_id": row.request_id,
        "action": row.action,
        "model": row.model,
        "object_id": row.object_id,
        "object_label": row.object_label,
        "reason": row.reason,
        "before": _open(row.before, masked),
        "after": _open(row.after, masked),
        "masked": masked,
        "digest": row.digest(),
    }


def _open(values: dict[str, Any] | None, masked: list[str]) -> dict[str, Any] | None:
    return (
        None
        if values is None
        else {name: None if name in masked else value for name, value in values.items()}
    )
