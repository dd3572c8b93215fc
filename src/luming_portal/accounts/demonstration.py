"""Demonstration accounts: one for each role, entered by one click. They exist only under DEBUG."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import ChangeSet

DISTRICT = "青山区"
UNIT = "市科技局"
LENDER = "bank"
"""The one-click name of an institution's person who works for a bank."""
_PEOPLE: dict[Role, tuple[str, dict[str, Any]]] = {
    Role.ENTERPRISE: ("演示企业经办人", {}),
    Role.INSTITUTION: ("演示院所经办人", {}),
    Role.EXPERT: ("演示专家", {}),
    Role.DISTRICT: ("演示旗县区干部", {"district": DISTRICT}),
    Role.DEPARTMENT: ("演示部门干部", {"unit": UNIT}),
    Role.OFFICE: ("演示办公室干部", {"unit": "领导小组办公室"}),
    Role.AUDITOR: ("演示审计员", {}),
    Role.SECURITY: ("演示安全管理员", {}),
    Role.SYSTEM: ("演示系统管理员", {}),
}


def username_of(role: Role) -> str:
    """The name of a role's demonstration account."""
    return name_of(role.value)


def name_of(click: str) -> str:
    """The name of the account behind a one-click name: a role's, or LENDER."""
    return f"demo-{click}"


def make_demonstration_accounts(
    changes: ChangeSet, *, enterprise: Any = None, institution: Any = None, lender: Any = None
) -> int:
    """Make the accounts that are missing; how many. Without DEBUG none is made.

    Args:
        lender: the invented bank whose person may see what firms grant; without one there is no such account.
    """
    if not settings.DEBUG:
        return 0
    made = 0
    for role, (name, fields) in _PEOPLE.items():
        if User.objects.filter(username=username_of(role)).exists():
            continue
        user = User(username=username_of(role), name=name, role=role, demo=True, **fields)
        if role is Role.ENTERPRISE:
            user.enterprise = enterprise
        if role is Role.INSTITUTION:
            user.institution = institution
        user.set_unusable_password()
        changes.save(user)
        made += 1
    if lender is not None and not User.objects.filter(username=name_of(LENDER)).exists():
        user = User(
            username=name_of(LENDER),
            name="演示银行经办人",
            role=Role.INSTITUTION,
            institution=lender,
            demo=True,
        )
        user.set_unusable_password()
        changes.save(user)
        made += 1
    return made


def demonstration_officer(changes: ChangeSet, role: Role, unit: str) -> User:
    """The invented officer of a unit, made where there is none; he has no password, so nobody signs in as him.

    The one-click account of that role and unit is taken where there is one.
    """
    found = User.objects.filter(role=role, unit=unit, demo=True).order_by("pk").first()
    if found is not None:
        return found
    number = User.objects.filter(username__startswith=f"{username_of(role)}-").count() + 1
    user = User(
        username=f"{username_of(role)}-{number:02d}",
        name=f"演示{unit}经办人",
        role=role,
        unit=unit,
        demo=True,
    )
    user.set_unusable_password()
    return changes.save(user)  # type: ignore[no-any-return]
