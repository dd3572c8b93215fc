"""People who sign in. What decides over rights (role, unit, district, firm) is governed and changes only with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from luming_portal.accounts.rights import Scope
from luming_portal.accounts.roles import Role
from luming_portal.audit.governed import Governed, GovernedQuerySet


class UserQuerySet(GovernedQuerySet):
    """Accounts; those of the demonstration come into being only there, one by one or in bulk."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Behind the door, and no demonstration accounts without DEBUG."""
        items = list(objs)
        for item in items:
            item.refuse_demonstration()
        return super().bulk_create(items, *args, **kwargs)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds people by the name they sign in with."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Capitals do not matter in a name to sign in with."""
        return self.get(username__iexact=username)


class User(Governed, AbstractBaseUser):
    """One person with one role.

    Attributes:
        unit: the department for department officers, as duties name it (市科技局).
        district: the banner, county or zone for district officers.
        enterprise, institution: whom the person speaks for.
        sessions_ended: how often all sessions of the person were ended; part of what a session must match.
    """

    noun = "account"
    governed_fields = frozenset({"role", "unit", "district", "enterprise_id", "institution_id", "is_active"})
    quiet_fields = frozenset({"last_login", "password"})
    hidden_fields = frozenset({"password"})
    personal_fields = frozenset({"email"})

    username = models.CharField(_("登录名"), max_length=64, unique=True)
    name = models.CharField(_("姓名"), max_length=64)
    email = models.EmailField(_("电子邮箱"), blank=True)
    role = models.CharField(_("角色"), max_length=16, choices=Role.choices, default=Role.VISITOR)
    unit = models.CharField(_("单位"), max_length=100, blank=True)
    district = models.CharField(_("旗县区"), max_length=50, blank=True)
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", verbose_name=_("所属企业"), null=True, blank=True, on_delete=models.PROTECT
    )
    institution = models.ForeignKey(
        "institutions.Institution",
        verbose_name=_("所属机构"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    is_active = models.BooleanField(_("启用"), default=True)
    date_joined = models.DateTimeField(_("开通时间"), auto_now_add=True)
    sessions_ended = models.PositiveIntegerField(_("会话结束次数"), default=0, editable=False)

    objects = UserManager()  # type: ignore[misc]  # Django hangs the manager on the class
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = _("账号")
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Demonstration accounts exist only under DEBUG."""
        self.refuse_demonstration()
        super().save(*args, **kwargs)

    def refuse_demonstration(self) -> None:
        """Stop a demonstration account from being written outside the demonstration.

        Raises:
            RuntimeError: it is one, and DEBUG is off.
        """
        if self.demo and not settings.DEBUG:
            raise RuntimeError("演示账号只能在演示模式(LUMING_DEBUG=1)下建立。")

    def get_full_name(self) -> str:
        """The name of the person."""
        return self.name or self.username

    def get_short_name(self) -> str:
        """The same: Chinese names are short."""
        return self.get_full_name()

    def get_session_auth_hash(self) -> str:
        """What a session must match: it ends when the password changes or all sessions are ended."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same with earlier secret keys."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | bytes | None) -> str:
        body = f"{self.password}|{self.sessions_ended}"
        return salted_hmac("luming.session", body, secret=secret, algorithm="sha256").hexdigest()

    @property
    def may_sign_in(self) -> bool:
        """Whether the account is in use; a demonstration account is nobody outside the demonstration."""
        return self.is_active and (settings.DEBUG or not self.demo)

    @property
    def is_staff_role(self) -> bool:
        """Whether the person works for the administration."""
        return Role(self.role).is_staff_role

    @classmethod
    def scope_filter(cls, scope: Scope, user: Any) -> Q | None:
        """Nobody's account is in a scope narrower than all."""
        return Q(pk=user.pk) if scope is Scope.OWN and user.is_authenticated else None
