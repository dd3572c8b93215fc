"""What changes the register of experts beyond its columns: accounts and ties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Action, Refused, Scope, require, scope_of
from luming_portal.audit.door import ReasonMissing, change
from luming_portal.panels.models import Expert, ExpertTie


def set_account(expert: Expert, account: User | None, *, by: Any) -> Expert:
    """Say with which account an expert signs in."""
    require(by, Action.CHANGE, "expert", expert)
    with change(_("登记专家账号")) as changes:
        stored = Expert.objects.select_for_update(of=("self",)).select_related("person").get(pk=expert.pk)
        stored.account = account
        changes.save(stored)
    return stored


def may_tie(by: Any, expert: Expert) -> bool:
    """Whether a person may enter ties of an expert: officers of any, an expert his own."""
    scope = scope_of(by, Action.CREATE, "expert_tie")
    return scope is Scope.ALL or (scope is Scope.OWN and expert.account_id == by.pk)


def add_tie(expert: Expert, given: Mapping[str, Any], *, by: Any) -> ExpertTie:
    """Enter a tie. The other side is known by number only where somebody gave it: names alone prove nothing.

    Raises:
        Refused: neither an officer nor the expert himself.
    """
    if not may_tie(by, expert):
        raise Refused(_("只能登记自己的关系。"))
    made = ExpertTie(
        expert=expert,
        bar=given["bar"],
        whom=given["whom"].strip(),
        of_unit=given["of_unit"],
        person=given["person"],
        title=given["title"].strip(),
        last_on=given["last_on"],
        told_by=given["told_by"].strip(),
        demo=expert.demo,
    )
    with change(_("登记专家关系")) as changes:
        changes.save(made)
    return made


def remove_tie(tie: ExpertTie, *, by: Any, reason: str) -> None:
    """Remove a tie that was entered wrongly.

    Raises:
        ReasonMissing: no reason.
    """
    require(by, Action.DELETE, "expert_tie", tie)
    if not reason.strip():
        raise ReasonMissing([str(tie._meta.verbose_name)])
    with change(reason) as changes:
        changes.delete(tie)
