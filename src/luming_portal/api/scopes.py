"""Scopes: what a token may be used for. They narrow the rights of its owner and never widen them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from luming_portal.accounts.rights import NOUN_LABELS, Action, role_of, scope_of
from luming_portal.accounts.roles import Level, Role
from luming_portal.registers.catalog import registers

PERSONAL = "read:personal"
WEBHOOKS = "webhooks"
CHANGES = "read:changes"
BOARD = "read:board"
DOCUMENT = "read:document"

_WRITES = (Action.CREATE, Action.CHANGE, Action.DELETE)


def all_scopes() -> Mapping[str, str]:
    """Every scope with its label, in the order in which they are offered."""
    nouns = dict.fromkeys(register.noun for register in registers().values())
    if "fact" not in nouns:
        nouns["fact"] = None
    found = {f"read:{noun}": _("读%s") % NOUN_LABELS[noun] for noun in nouns}
    found |= {
        DOCUMENT: _("读文件与条款"),
        BOARD: _("读驾驶舱"),
        CHANGES: _("读变更记录"),
        PERSONAL: _("读个人信息列(联系人、电话等)"),
    }
    found |= {f"write:{noun}": _("新增、修改、删除%s") % NOUN_LABELS[noun] for noun in nouns}
    found[WEBHOOKS] = _("管理推送地址")
    return found


def scopes_for(user: Any) -> Mapping[str, str]:
    """The scopes that say anything for a person: those whose right he has."""
    return {scope: label for scope, label in all_scopes().items() if _has(user, scope)}


def unknown(scopes: Iterable[str], user: Any) -> list[str]:
    """Those of the scopes that the person cannot give a token."""
    offered = scopes_for(user)
    return [scope for scope in scopes if scope not in offered]


def _has(user: Any, scope: str) -> bool:
    if scope == PERSONAL:
        return role_of(user) is Role.OFFICE
    if scope == CHANGES:
        return scope_of(user, Action.VIEW, "audit") != "none"
    if scope == BOARD:
        return scope_of(user, Action.VIEW, "cockpit") != "none"
    if scope == WEBHOOKS:
        return scope_of(user, Action.VIEW, "webhook") != "none"
    verb, _colon, noun = scope.partition(":")
    wanted = (Action.VIEW,) if verb == "read" else _WRITES
    return any(scope_of(user, action, noun) != "none" for action in wanted)


def level_cap(scopes: Iterable[str]) -> Level:
    """Up to which level a token with these scopes reads columns."""
    return Level.PERSONAL if PERSONAL in scopes else Level.FIRM
