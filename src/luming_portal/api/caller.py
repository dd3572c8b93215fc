"""Who calls: a token's owner within the token's scopes, a signed-in person, or a visitor."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Action, Refused, require, role_of
from luming_portal.accounts.roles import Level, Role
from luming_portal.api.models import ApiToken
from luming_portal.api.problem import Problem
from luming_portal.api.scopes import level_cap
from luming_portal.registers.register import Register


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a request comes from.

    Attributes:
        user: the person whose rights hold (AnonymousUser for visitors).
        token: None for sessions and visitors, whom no scopes bind.
    """

    user: Any
    token: ApiToken | None = None

    @property
    def is_visitor(self) -> bool:
        """Whether nobody is known."""
        return role_of(self.user) is Role.VISITOR and not self.user.is_authenticated

    @property
    def key(self) -> str:
        """The name under which replies and counts of this caller are kept."""
        if self.token is not None:
            return f"t{self.token.pk}"
        return f"u{self.user.pk}" if self.user.is_authenticated else "visitor"

    def has(self, scope: str) -> bool:
        """Whether a scope is given; without a token every scope is."""
        return self.token is None or scope in self.token.scopes

    def need(self, scope: str) -> None:
        """Stop here unless the scope is given.

        Raises:
            Problem: 403, with the scope that lacks.
        """
        if not self.has(scope):
            raise Problem(
                403,
                "scope_missing",
                _("令牌没有“%(scope)s”这个范围,只有:%(scopes)s。请换一个令牌,或另发一个。")
                % {"scope": scope, "scopes": _("、").join(self.token.scopes) if self.token else ""},
            )

    def require(self, action: Action, noun: str, item: Any = None) -> None:
        """Stop here unless the rights allow it; a visitor is asked to come with a token.

        Raises:
            Problem: 401 for visitors, 403 for others, with the reason.
        """
        try:
            require(self.user, action, noun, item)
        except Refused as refused:
            raise refusal(self, refused.reason) from refused

    def register(self, register: Register) -> Register:
        """The register with those columns that the scopes let through."""
        if self.token is None:
            return register
        cap: Level = level_cap(self.token.scopes)
        if cap is Level.PERSONAL:
            return register
        columns = tuple(column for column in register.columns if column.level <= cap)
        return dataclasses.replace(register, columns=columns)

    def fingerprint(self) -> str:
        """What the answers to this caller hang on beside the data: for ETags."""
        user = self.user
        scopes = ",".join(sorted(self.token.scopes)) if self.token is not None else "*"
        parts = [str(role_of(user)), scopes]
        if user.is_authenticated:
            parts += [
                str(user.pk),
                user.unit,
                user.district,
                str(user.enterprise_id),
                str(user.institution_id),
            ]
        return "|".join(parts)


def refusal(caller: Caller, reason: str) -> Problem:
    """401 where a token could help, 403 where it could not."""
    if caller.is_visitor:
        return Problem(401, "unauthenticated", reason)
    return Problem(403, "forbidden", reason)


def caller_of(request: HttpRequest, scope: str = "") -> Caller:
    """The caller whom authentication found, with the scope that this address asks for."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    if scope:
        caller.need(scope)
    return caller
