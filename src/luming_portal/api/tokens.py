"""Tokens: issued by their owner, shown once, revoked, and recognised. What is kept is a hash."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Action, require, visible
from luming_portal.api.models import ApiToken
from luming_portal.api.scopes import unknown
from luming_portal.audit.door import change

PREFIX = "luming_"
LONGEST_DAYS = 365
MOST_TOKENS = 20
_SECRET_BYTES = 32
_SHAPE = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")
_USE_NOTED_EVERY = timedelta(minutes=5)


class TokenRefused(Exception):
    """A token that opens nothing; the sentence says why and what to do."""


class TokenFaulty(ValueError):
    """A token was asked for that cannot be issued; the sentence says why."""


def issue_token(
    by: User, name: str, scopes: Sequence[str], days: int, *, now: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make a token for oneself.

    Args:
        days: how long it holds, 1 to 365.

    Returns:
        The token as kept, and the text of the token, which cannot be had again.

    Raises:
        Refused: the role has no tokens.
        TokenFaulty: no name, no scope or a foreign one, a time too long, too many tokens.
    """
    require(by, Action.CREATE, "token")
    at = now or timezone.now()
    name = name.strip()
    if not name or len(name) > 80:
        raise TokenFaulty(_("请写明用途,80个字以内。"))
    if not scopes:
        raise TokenFaulty(_("请至少选一个范围。"))
    if foreign := unknown(scopes, by):
        raise TokenFaulty(_("您的身份不能给令牌这些范围:%s。") % _("、").join(foreign))
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenFaulty(_("有效期应为1到%d天。") % LONGEST_DAYS)
    if ApiToken.objects.filter(owner=by, revoked_at=None, expires_at__gt=at).count() >= MOST_TOKENS:
        raise TokenFaulty(_("有效的令牌最多%d个,请先撤销不用的。") % MOST_TOKENS)
    text = PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    token = ApiToken(
        owner=by,
        name=name,
        scopes=list(dict.fromkeys(scopes)),
        digest=digest_of(text),
        hint=text[-4:],
        expires_at=at + timedelta(days=days),
    )
    with change(_("发放接口令牌")) as changes:
        changes.save(token)
    return token, text


def revoke_token(by: User, token: ApiToken, reason: str = "", *, now: datetime | None = None) -> None:
    """Make a token worthless from now on. The owner may, and the security administrator for everybody.

    Raises:
        Refused: neither.
    """
    require(by, Action.DELETE, "token", token)
    if token.revoked_at is not None:
        return
    token.revoked_at = now or timezone.now()
    with change(reason.strip() or _("撤销接口令牌")) as changes:
        changes.save(token, expected_version=token.version)


def tokens_seen(user: User) -> QuerySet[ApiToken]:
    """The person's own tokens."""
    return visible(user, ApiToken.objects.filter(owner=user))


def tokens_revocable(user: User) -> QuerySet[ApiToken]:
    """The tokens that the person may revoke: his own, or everybody's for the security administrator."""
    return visible(user, ApiToken.objects.select_related("owner"), Action.DELETE)


def recognise(text: str, now: datetime) -> ApiToken:
    """The token behind a text, with its owner.

    Raises:
        TokenRefused: no such token, expired, revoked, or its owner is no longer in use.
    """
    if not _SHAPE.fullmatch(text):
        raise TokenRefused(_("这不是鹿鸣的接口令牌:令牌以 luming_ 开头,共50个字符。请检查是否复制完整。"))
    token = ApiToken.objects.select_related("owner").filter(digest=digest_of(text)).first()
    if token is None:
        raise TokenRefused(_("没有这个令牌。请检查是否复制完整,或在“接口令牌”页另发一个。"))
    if token.revoked_at is not None:
        raise TokenRefused(_("这个令牌已被撤销,请在“接口令牌”页另发一个。"))
    if token.expires_at <= now:
        raise TokenRefused(
            _("这个令牌已于%s到期,请在“接口令牌”页另发一个。")
            % f"{timezone.localtime(token.expires_at):%Y-%m-%d %H:%M}"
        )
    if not token.owner.is_active:
        raise TokenRefused(_("令牌持有人的账号已停用。"))
    if token.owner.demo and not settings.DEBUG:
        raise TokenRefused(_("这是演示账号的令牌,只在演示环境可用。"))
    _note_use(token, now)
    return token


def digest_of(text: str) -> str:
    """SHA-256 of the whole token in hex. The token is 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(text.encode()).hexdigest()


def _note_use(token: ApiToken, now: datetime) -> None:
    """Every five minutes at most: reading must not become writing."""
    if token.last_used_at is None or now - token.last_used_at > _USE_NOTED_EVERY:
        token.last_used_at = now
        token.save(update_fields=["last_used_at"])
