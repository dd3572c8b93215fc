"""Who may do what, to which objects: one table, read by pages, exports, the API, search and the tests alike.

A cell of the table is a scope: the objects on which a role may carry out an action. The scope is applied where
objects are read (`visible`), so that a list, its count, its export and the API speak of the same objects; it is
asked again for a single object (`decide`), and a refusal carries the reason in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from luming_portal.accounts.rights_of_budgets import LABELS_OF_BUDGETS, RIGHTS_OF_BUDGETS
from luming_portal.accounts.rights_of_nouns import NOUN_LABELS as _LABELS
from luming_portal.accounts.rights_of_nouns import RIGHTS as _RIGHTS
from luming_portal.accounts.rights_of_nouns import Action, Row, Scope
from luming_portal.accounts.rights_of_panels import LABELS_OF_PANELS, RIGHTS_OF_PANELS
from luming_portal.accounts.rights_of_papers import LABELS_OF_PAPERS, RIGHTS_OF_PAPERS
from luming_portal.accounts.rights_of_support import LABELS_OF_SUPPORT, RIGHTS_OF_SUPPORT
from luming_portal.accounts.roles import Level, Role

if TYPE_CHECKING:
    from luming_portal.accounts.models import User

__all__ = [
    "NOUN_LABELS",
    "RIGHTS",
    "Action",
    "Decision",
    "Refused",
    "Scope",
    "decide",
    "level_of",
    "matrix",
    "require",
    "role_of",
    "scope_of",
    "visible",
]

Record = TypeVar("Record", bound=Model)

RIGHTS: Mapping[str, Mapping[Action, Row]] = {
    **_RIGHTS,
    **RIGHTS_OF_BUDGETS,
    **RIGHTS_OF_PANELS,
    **RIGHTS_OF_PAPERS,
    **RIGHTS_OF_SUPPORT,
}
"""Noun → action → role → scope. What is not written is not allowed."""
NOUN_LABELS = {
    **_LABELS,
    **LABELS_OF_BUDGETS,
    **LABELS_OF_PANELS,
    **LABELS_OF_PAPERS,
    **LABELS_OF_SUPPORT,
}


_LEVELS = {
    Role.DISTRICT: Level.FIRM,
    Role.DEPARTMENT: Level.FIRM,
    Role.OFFICE: Level.PERSONAL,
    Role.AUDITOR: Level.FIRM,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something is allowed, and why not in words that can be shown."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


class Refused(PermissionDenied):
    """An action that the rights do not allow; carries the sentence that is shown."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def role_of(user: User | Any) -> Role:
    """The role of a user; whoever has not signed in is a visitor."""
    if user is None or not user.is_authenticated or not user.is_active:
        return Role.VISITOR
    return Role(user.role)


def scope_of(user: User | Any, action: Action, noun: str) -> Scope:
    """On which objects of a kind the user may carry out the action."""
    return RIGHTS[noun].get(action, {}).get(role_of(user), Scope.NONE)


def level_of(user: User | Any, noun: str) -> Level:
    """Up to which level the user reads columns: firms and institutes read their own in full."""
    role = role_of(user)
    if scope_of(user, Action.VIEW, noun) is Scope.OWN and role in (Role.ENTERPRISE, Role.INSTITUTION):
        return Level.FIRM
    return _LEVELS.get(role, Level.PUBLIC)


def visible(user: User | Any, queryset: QuerySet[Record], action: Action = Action.VIEW) -> QuerySet[Record]:
    """The objects of a queryset on which the user may carry out the action. The one place where rights meet reading.

    The model names its kind in `noun`, and how a scope reads on it in `scope_filter(scope, user)`.
    """
    model: Any = queryset.model
    scope = scope_of(user, action, model.noun)
    if scope is Scope.ALL:
        return queryset
    if scope is Scope.NONE:
        return queryset.none()
    found: Q | None = model.scope_filter(scope, user)
    return queryset.none() if found is None else queryset.filter(found)


def decide(user: User | Any, action: Action, noun: str, item: Any = None) -> Decision:
    """Whether the user may carry out an action on a kind of object, or on one object."""
    scope = scope_of(user, action, noun)
    if scope is Scope.NONE:
        return Decision(False, _role_sentence(user, action, noun))
    if scope is Scope.ALL or item is None:
        return Decision(True)
    found = type(item).scope_filter(scope, user)
    if found is not None and _within(item, found):
        return Decision(True)
    return Decision(False, _scope_sentence(user, action, noun, scope, item))


def require(user: User | Any, action: Action, noun: str, item: Any = None) -> None:
    """Stop here unless the action is allowed.

    Raises:
        Refused: with the reason.
    """
    decision = decide(user, action, noun, item)
    if not decision:
        raise Refused(decision.reason)


def matrix() -> Iterator[tuple[str, Action, Role, Scope]]:
    """Every cell of the table, for the documentation, the screen and the tests."""
    for noun, actions in RIGHTS.items():
        for action in Action:
            for role in Role:
                yield noun, action, role, actions.get(action, {}).get(role, Scope.NONE)


def _within(item: Any, found: Q) -> bool:
    if item.pk is None:
        return bool(found.check(dict(_plain(item, found))))
    return bool(type(item)._base_manager.filter(pk=item.pk).filter(found).exists())


def _plain(item: Any, found: Q) -> Iterator[tuple[str, Any]]:
    """The values of a record not yet stored that a scope speaks of."""
    for part in found.children:
        if isinstance(part, Q):
            yield from _plain(item, part)
        else:
            name = str(part[0]).split("__")[0]  # type: ignore[index]
            yield name, getattr(item, name)


def _role_sentence(user: User | Any, action: Action, noun: str) -> str:
    allowed = [
        str(role.label) for role, scope in RIGHTS[noun].get(action, {}).items() if scope is not Scope.NONE
    ]
    who = _("、").join(allowed) or _("任何角色都没有")
    return _("您的身份是“%(role)s”,不能%(action)s%(noun)s。有此权限的是:%(who)s。") % {
        "role": role_of(user).label,
        "action": action.label,
        "noun": NOUN_LABELS[noun],
        "who": who,
    }


def _scope_sentence(user: User | Any, action: Action, noun: str, scope: Scope, item: Any) -> str:
    limits = {
        Scope.PUBLISHED: _("已发布的"),
        Scope.OWN: _("属于自己的"),
        Scope.DISTRICT: _("本旗县区(%s)的") % (getattr(user, "district", "") or _("未填")),
        Scope.UNIT: _("本单位(%s)负责的") % (getattr(user, "unit", "") or _("未填")),
    }
    return _("您的身份是“%(role)s”,只能%(action)s%(limit)s%(noun)s,“%(item)s”不在此列。") % {
        "role": role_of(user).label,
        "action": action.label,
        "limit": limits[scope],
        "noun": NOUN_LABELS[noun],
        "item": item,
    }
