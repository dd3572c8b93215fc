"""Webhooks for programs: the scope `webhooks`, and the rights of the system administrator to change anything."""
# No `from __future__ import annotations`: django-ninja reads the annotations of views.

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr

from luming_portal.accounts.rights import Action, Refused
from luming_portal.api import etags, pagination
from luming_portal.api.answers import answer
from luming_portal.api.caller import Caller, caller_of, refusal
from luming_portal.api.described import Told, described
from luming_portal.api.idempotency import replayable
from luming_portal.api.models import Delivery, Webhook
from luming_portal.api.parameters import Parameter, check
from luming_portal.api.problem import Fault, Problem, invalid, not_found
from luming_portal.api.reasons import reason_of
from luming_portal.api.scopes import WEBHOOKS
from luming_portal.api.webhooks.services import (
    WebhookFaulty,
    create_webhook,
    delete_webhook,
    replay,
    webhooks_seen,
)
from luming_portal.audit.door import StaleVersion
from luming_portal.audit.stamp import last_change

_LARGEST = 9_223_372_036_854_775_807
_Event = Annotated[StrictStr, Field(min_length=1, max_length=40)]
_DELIVERIES = (Parameter("after", "从这个编号之后读起", "whole", 0, _LARGEST), pagination.SIZE)


class WebhookNew(BaseModel):
    """一个新的推送地址。"""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[StrictStr, Field(min_length=1, max_length=80)] = Field(description="用途")
    url: Annotated[StrictStr, Field(min_length=1, max_length=500)] = Field(
        description="https:// 或 http:// 地址,主机须在 LUMING_WEBHOOK_HOSTS 之列"
    )
    events: Annotated[list[_Event], Field(min_length=1, max_length=50)] = Field(
        description="事件,如 enterprise.update、fact.*、*"
    )
    reason: Annotated[StrictStr, Field(max_length=500)] = Field(default="", description="理由")


class ReplayFrom(BaseModel):
    """从哪里重放。"""

    model_config = ConfigDict(extra="forbid")

    since: Annotated[StrictInt, Field(ge=1, le=_LARGEST)] = Field(description="第一条要重放的变更号")


class WebhookShape(BaseModel):
    """一个推送地址。"""

    id: int
    version: int
    name: str
    url: str
    events: list[str]
    active: bool
    owner: str
    secret: str | None = Field(default=None, description="签名密钥;只在设立时给出一次")


class WebhooksShape(BaseModel):
    """全部推送地址。"""

    items: list[WebhookShape]


class DeliveryShape(BaseModel):
    """一条推送。"""

    id: int
    key: str
    event: str
    change: int
    status: str
    attempts: int
    created_at: str
    next_attempt_at: str | None
    sent_at: str | None
    note: str


class DeliveriesShape(BaseModel):
    """推送的一段。"""

    items: list[DeliveryShape]


class ReplayedShape(BaseModel):
    """重放了多少。"""

    queued: int


def webhooks_router() -> Router:
    """The addresses of webhooks."""
    router = Router(tags=["推送"])
    _add_reading(router)
    _add_writing(router)
    return router


def _add_reading(router: Router) -> None:
    @router.get(
        "",
        response=WebhooksShape,
        **described(Told("webhooks_list", "列出推送地址", WEBHOOKS, cached=True), ""),
    )
    def list_webhooks(request: HttpRequest) -> HttpResponse:
        caller = _allowed(request, Action.VIEW)
        check(request.GET, ())
        etag = etags.of_answer(request, caller, last_change(Webhook))
        return etags.unchanged(request, etag) or answer(
            {"items": [_told(hook) for hook in webhooks_seen(caller.user)]}, etag=etag
        )

    @router.get(
        "/{int:id}/deliveries",
        response=DeliveriesShape,
        **described(
            Told("webhooks_deliveries", "推送记录", WEBHOOKS, parameters=_DELIVERIES, one=True),
            "按编号升序。",
        ),
    )
    def deliveries(request: HttpRequest, id: int) -> HttpResponse:
        caller = _allowed(request, Action.VIEW)
        check(request.GET, _DELIVERIES)
        rows = _seen(caller, id).deliveries.filter(id__gt=int(request.GET.get("after") or 0)).order_by("id")
        return answer({"items": [_delivery(row) for row in rows[: pagination.size_of(request)]]})


def _add_writing(router: Router) -> None:
    @router.post(
        "",
        response={201: WebhookShape},
        **described(
            Told("webhooks_create", "设立推送地址", WEBHOOKS, writes=True),
            "密钥只在这一次的答复里给出;用幂等键重发得到的答复里 secret 为 null。",
        ),
    )
    @replayable
    def create(request: HttpRequest, body: WebhookNew) -> HttpResponse:
        caller = _allowed(request, Action.CREATE)
        check(request.GET, ())
        reason = reason_of(request, body.reason)
        hook, secret = _carried_out(
            caller, lambda: create_webhook(caller.user, body.name, body.url, body.events, reason)
        )
        response = answer({**_told(hook), "secret": secret}, status=201, etag=etags.of_version(hook.version))
        response.kept = answer({**_told(hook), "secret": None}).content  # type: ignore[attr-defined]
        return response

    @router.post(
        "/{int:id}/replays",
        response={202: ReplayedShape},
        **described(
            Told("webhooks_replay", "从某个变更起重放", WEBHOOKS, writes=True, one=True),
            "排入队列,按顺序重新推送;每条有新的编号。",
        ),
    )
    @replayable
    def replay_from(request: HttpRequest, id: int, body: ReplayFrom) -> HttpResponse:
        caller = _allowed(request, Action.VIEW)
        check(request.GET, ())
        hook = _seen(caller, id)
        queued = _carried_out(caller, lambda: replay(caller.user, hook, body.since, timezone.now()))
        return answer({"queued": queued}, status=202)

    @router.delete(
        "/{int:id}",
        response={204: None},
        **described(
            Told("webhooks_delete", "删除推送地址", WEBHOOKS, writes=True, versioned=True, one=True),
            "连同它的推送记录。",
        ),
    )
    @replayable
    def remove(request: HttpRequest, id: int) -> HttpResponse:
        caller = _allowed(request, Action.VIEW)
        check(request.GET, ())
        hook = _seen(caller, id)
        expected = etags.expected_version(request)
        reason = reason_of(request)
        _carried_out(caller, lambda: delete_webhook(caller.user, hook, reason, expected))
        return HttpResponse(status=204)


def _allowed(request: HttpRequest, action: Action) -> Caller:
    caller = caller_of(request, WEBHOOKS)
    caller.require(action, "webhook")
    return caller


def _seen(caller: Caller, pk: int) -> Webhook:
    found = webhooks_seen(caller.user).filter(pk=pk).first() if pk <= _LARGEST else None
    if found is None:
        raise not_found()
    return found


def _carried_out(caller: Caller, write: Callable[[], Any]) -> Any:
    try:
        return write()
    except Refused as refused:
        raise refusal(caller, refused.reason) from refused
    except WebhookFaulty as faulty:
        raise invalid([Fault("/", "invalid", str(faulty))]) from faulty
    except StaleVersion as stale:
        raise Problem(
            412,
            "stale",
            str(stale),
            headers={"ETag": etags.of_version(stale.stored.version)},
            current=_told(stale.stored),
        ) from stale


def _told(hook: Webhook) -> dict[str, Any]:
    return {
        "id": hook.pk,
        "version": hook.version,
        "name": hook.name,
        "url": hook.url,
        "events": list(hook.events),
        "active": hook.active,
        "owner": str(hook.owner),
    }


def _delivery(row: Delivery) -> dict[str, Any]:
    return {
        "id": row.pk,
        "key": row.key,
        "event": row.event,
        "change": row.change,
        "status": row.status,
        "attempts": row.attempts,
        "created_at": row.created_at,
        "next_attempt_at": row.next_attempt_at,
        "sent_at": row.sent_at,
        "note": row.note,
    }
