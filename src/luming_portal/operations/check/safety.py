"""Settings that decide whether strangers get in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from luming_portal.operations.check.finding import Finding, fault, fine, warning
from luming_portal.operations.check.machine import is_root

SHORTEST_KEY, FEWEST_SIGNS = 50, 10


def secret_key(now: datetime) -> Iterator[Finding]:
    """Whether the secret is long, various, and readable by the owner only."""
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS or "insecure" in key:
        yield fault(
            "secret",
            _("密钥"),
            _("密钥太短或太简单,登录状态可能被伪造。"),
            _("删除 LUMING_SECRET_KEY 的设置和数据目录里的 secret_key,重启后会自动生成(所有人需重新登录)。"),
        )
        return
    file = Path(settings.HOME) / "secret_key"
    if file.is_file() and file.stat().st_mode & 0o077:
        yield fault("secret", _("密钥"), _("密钥文件能被别的账号读取。"), f"chmod 600 {file}")
    else:
        yield fine("secret", _("密钥"), _("密钥足够长,别人读不到。"))


def demonstration(now: datetime) -> Iterator[Finding]:
    """Whether the demonstration and its one-click accounts are on."""
    accounts = get_user_model()._default_manager.filter(demo=True, is_active=True).count()
    if not settings.DEBUG and accounts:
        yield fault(
            "demo",
            _("演示账号"),
            _("正式运行中有%(count)d个演示账号。") % {"count": accounts},
            _("运行 luming-portal remove-demo 清除演示数据和演示账号。"),
        )
    elif settings.DEBUG and _is_open():
        yield fault(
            "demo",
            _("演示模式"),
            _("演示模式对外开放:任何人都能一键登录为任何角色。"),
            _("去掉 LUMING_DEBUG=1,或只在本机(localhost)上演示。"),
        )
    elif settings.DEBUG:
        yield warning(
            "demo",
            _("演示模式"),
            _("正在演示模式下运行,有一键登录的演示账号。"),
            _("真实工作前去掉 LUMING_DEBUG=1,再运行 luming-portal remove-demo。"),
        )
    else:
        yield fine("demo", _("演示模式"), _("没有演示账号,不在演示模式。"))


def hosts(now: datetime) -> Iterator[Finding]:
    """Whether the names of the site are given, and only those."""
    if "*" in settings.ALLOWED_HOSTS:
        yield fault(
            "hosts",
            _("访问名称"),
            _("接受任何主机名,链接可能被伪造。"),
            _("用 LUMING_HOSTS 写明访问用的名称。"),
        )
    elif not settings.DEBUG and not _is_open():
        yield warning(
            "hosts",
            _("访问名称"),
            _("只接受本机访问(localhost)。"),
            _("供别人使用时,用 LUMING_HOSTS 写明访问用的名称,例如 luming.example.gov.cn。"),
        )
    else:
        yield fine(
            "hosts", _("访问名称"), _("接受 %(names)s。") % {"names": _("、").join(settings.ALLOWED_HOSTS)}
        )


def https(now: datetime) -> Iterator[Finding]:
    """Whether passwords and sessions travel encrypted."""
    if settings.DEBUG:
        return
    if not settings.SECURE_SSL_REDIRECT:
        yield warning(
            "https",
            "HTTPS",
            _("没有启用 HTTPS,密码在网络上可被读取。"),
            _("在前面放有证书的反向代理,设 LUMING_HTTPS=1、LUMING_BEHIND_PROXY=1。"),
        )
    elif not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield fault(
            "https",
            "HTTPS",
            _("启用了 HTTPS,但登录凭据没有限定走 HTTPS。"),
            _("恢复 settings.py 里 SESSION_COOKIE_SECURE、CSRF_COOKIE_SECURE。"),
        )
    else:
        yield fine("https", "HTTPS", _("只走 HTTPS。"))


def account_of_process(now: datetime) -> Iterator[Finding]:
    """Whether the portal runs with all rights over the machine."""
    if is_root() and not settings.DEBUG:
        yield warning(
            "root",
            _("运行账号"),
            _("以 root 身份运行,出错时影响整台机器。"),
            _("新建一个普通账号运行门户,把数据目录交给它。"),
        )


def second_factor(now: datetime) -> Iterator[Finding]:
    """Whether staff need a second factor."""
    if not settings.SECOND_FACTOR:
        yield warning(
            "second_factor",
            _("两步验证"),
            _("工作人员没有被要求两步验证。"),
            _("去掉 LUMING_SECOND_FACTOR=0。"),
        )


def _is_open() -> bool:
    return bool(set(settings.ALLOWED_HOSTS) - {"localhost", "127.0.0.1", "[::1]", "testserver"})
