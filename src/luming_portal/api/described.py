"""How an address is described in OpenAPI beyond what django-ninja sees: scope, headers, parameters, problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from luming_portal.api.parameters import Parameter

_HEADERS: dict[str, dict[str, Any]] = {
    "If-None-Match": {
        "schema": {"type": "string"},
        "description": "手里那份的 ETag;没有变化时答 304",
    },
    "If-Match": {
        "schema": {"type": "string", "pattern": r'^"[0-9]{1,9}"$'},
        "description": "读取时得到的 ETag;已有新版时答 412,并给出现在的内容",
        "required": True,
    },
    "Idempotency-Key": {
        "schema": {"type": "string", "pattern": r"^[!-~]{1,100}$"},
        "description": "幂等键,如一个 UUID;24小时内重复发送只写一次,答同样的结果",
    },
    "X-Reason": {
        "schema": {"type": "string", "pattern": r"^[ -~]{0,4500}$"},
        "description": "理由;非 ASCII 文字用百分号编码的 UTF-8",
    },
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of an operation.

    Attributes:
        scope: what a token needs; "" when any token (or none) will do.
        cached: answers carry an ETag and know If-None-Match.
        writes: takes Idempotency-Key and X-Reason.
        versioned: needs If-Match.
        visitor: also answers without a token.
        one: speaks of one object, which may be absent.
        conflicts: may collide with what is there.
    """

    id: str
    summary: str
    scope: str = ""
    parameters: Sequence[Parameter] = ()
    cached: bool = False
    writes: bool = False
    versioned: bool = False
    visitor: bool = False
    one: bool = False
    extra_statuses: tuple[int, ...] = ()
    media: str = ""


def described(told: Told, about: str) -> dict[str, Any]:
    """Arguments for the router."""
    note = f"需要范围 `{told.scope}`。" if told.scope else ""
    return {
        "operation_id": told.id,
        "summary": told.summary,
        "description": f"{about}{note}",
        "url_name": None,
        "openapi_extra": {
            "parameters": [*(one.openapi() for one in told.parameters), *_headers(told)],
            "security": _security(told),
            "x-statuses": sorted(_statuses(told)),
            "x-media": told.media,
        },
    }


def _headers(told: Told) -> list[dict[str, Any]]:
    names = []
    if told.cached:
        names.append("If-None-Match")
    if told.versioned:
        names.append("If-Match")
    if told.writes:
        names += ["Idempotency-Key", "X-Reason"]
    return [{"in": "header", "name": name, "required": False, **_HEADERS[name]} for name in names]


def _security(told: Told) -> list[dict[str, Any]]:
    scopes = [told.scope] if told.scope else []
    found: list[dict[str, Any]] = [{"token": scopes}, {"session": []}]
    return [*found, {}] if told.visitor else found


def _statuses(told: Told) -> set[int]:
    found = {401, 403, 422, 429, *told.extra_statuses}
    if told.cached:
        found.add(304)
    if told.one:
        found.add(404)
    if told.writes:
        found |= {400, 409, 413, 415}
    if told.versioned:
        found |= {412, 428}
    return found
