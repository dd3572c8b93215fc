"""Changes of accounts. The system administrator opens them, the security administrator gives them rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.utils import reset as reset_attempts
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.accounts.roles import Role
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import ChangeSet, ReasonMissing, change

BELONGS_TO: Mapping[Role, str] = {
    Role.ENTERPRISE: "enterprise",
    Role.INSTITUTION: "institution",
    Role.DISTRICT: "district",
    Role.DEPARTMENT: "unit",
}
"""What a role must say whom it belongs to by."""


def open_account(*, by: User, username: str, name: str, email: str = "") -> User:
    """Open an account without rights and without a password.

    Raises:
        Refused: only the system administrator opens accounts.
    """
    require(by, Action.CREATE, "account")
    account = User(username=username, name=name, email=email, role=Role.VISITOR)
    account.set_unusable_password()
    with acting_as(by), change(_("开通账号")) as changes:
        changes.save(account)
    return account


def give_rights(account: User, *, by: User, rights: Mapping[str, Any], reason: str, version: int) -> User:
    """Give an account its role and whom it belongs to; what the role does not need is cleared.

    Args:
        rights: role, unit, district, enterprise, institution.
        version: the version of the account that was seen.

    Raises:
        Refused: not the security administrator, one's own account, or the last security administrator's.
        ReasonMissing, StaleVersion: as the audit door does.
    """
    _require_change(by, account)
    role = Role(rights["role"])
    with acting_as(by), change(reason) as changes:
        if role is not Role.SECURITY:
            _keep_a_security_administrator(account)
        account.role = role
        account.unit = rights.get("unit", "") if role in (Role.DEPARTMENT, Role.OFFICE) else ""
        account.district = rights.get("district", "") if role is Role.DISTRICT else ""
        account.enterprise = rights.get("enterprise") if role is Role.ENTERPRISE else None
        account.institution = rights.get("institution") if role is Role.INSTITUTION else None
        account.sessions_ended += 1
        changes.save(account, expected_version=version)
    return account


def deactivate(account: User, *, by: User, reason: str) -> None:
    """Put an account out of use; its sessions and links end at once.

    Raises:
        Refused, ReasonMissing: as for giving rights.
    """
    _require_change(by, account)
    with acting_as(by), change(reason) as changes:
        _keep_a_security_administrator(account)
        account.is_active = False
        account.sessions_ended += 1
        changes.save(account)


def reactivate(account: User, *, by: User, reason: str) -> None:
    """Put an account back into use.

    Raises:
        Refused, ReasonMissing: as for giving rights.
    """
    _require_change(by, account)
    with acting_as(by), change(reason) as changes:
        account.is_active = True
        changes.save(account)


def unlock(account: User, *, by: User, reason: str = "") -> int:
    """Forget the failed sign-ins of an account; how many there were."""
    _require_change(by, account)
    with acting_as(by), change(reason) as changes:
        forgotten = int(reset_attempts(username=account.username.lower()))
        changes.event("account.unlocked", "", account, attempts=forgotten)
    return forgotten


def reset_second_factor(account: User, *, by: User, reason: str) -> None:
    """Remove the second factors and the tie to the identity provider; the person sets them up again.

    Raises:
        Refused, ReasonMissing: as for giving rights.
    """
    _require_change(by, account)
    _require_reason(reason, _("两步验证"))
    with acting_as(by), change(reason) as changes:
        kinds = sorted(set(Authenticator.objects.filter(user=account).values_list("type", flat=True)))
        Authenticator.objects.filter(user=account).delete()
        identities = SocialAccount.objects.filter(user=account).delete()[0]
        changes.event("account.second_factor_reset", "", account, types=kinds, identities=identities)
        _end_sessions(changes, account)


def end_sessions(account: User, *, by: User, reason: str = "") -> None:
    """Sign a person out everywhere."""
    _require_change(by, account)
    with acting_as(by), change(reason) as changes:
        changes.event("account.sessions_ended", "", account)
        _end_sessions(changes, account)


def password_link(account: User, *, by: User, reason: str) -> str:
    """A path under which the person sets his password once; the old password and earlier links are void.

    Raises:
        Refused, ReasonMissing: as for giving rights.
    """
    _require_change(by, account)
    _require_reason(reason, _("密码"))
    with acting_as(by):
        return make_password_link(account, reason)


def make_password_link(account: User, reason: str) -> str:
    """The same for commands, which act for the installation itself."""
    with change(reason) as changes:
        # A fresh unusable password is random, so that links made before no longer match.
        account.set_unusable_password()
        account.sessions_ended += 1
        changes.event("account.password_link", "", account, hours=settings.PASSWORD_RESET_TIMEOUT // 3600)
        changes.save(account)
    key = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
    return reverse("account_reset_password_from_key", kwargs=key)


def _require_change(by: User, account: User) -> None:
    require(by, Action.CHANGE, "account", account)
    if by.pk == account.pk:
        raise Refused(_("不能更改自己的账号权限,请另一位安全管理员办理。"))
    if account.demo:
        raise Refused(_("演示账号随演示环境建立,不能更改。"))


def _require_reason(reason: str, what: str) -> None:
    if not reason.strip():
        raise ReasonMissing([what])


def _keep_a_security_administrator(account: User) -> None:
    """Locks the security administrators, so that two cannot remove each other at the same moment."""
    if account.role != Role.SECURITY:
        return
    holders = list(security_administrators().select_for_update().order_by("pk"))
    if all(one.pk == account.pk for one in holders):
        raise Refused(_("这是最后一位安全管理员,不能停用或改任。请先任命另一位安全管理员。"))


def security_administrators() -> QuerySet[User]:
    """Those in office; demonstration accounts do not count outside the demonstration."""
    found = User.objects.filter(role=Role.SECURITY, is_active=True)
    return found if settings.DEBUG else found.filter(demo=False)


def _end_sessions(changes: ChangeSet, account: User) -> None:
    account.sessions_ended += 1
    changes.save(account)
