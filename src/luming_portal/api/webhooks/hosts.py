"""Where messages may be sent: only to hosts that the installation names, never into the private network by accident.

LUMING_WEBHOOK_HOSTS lists names, addresses and networks, separated by commas: `data.example.gov.cn,10.20.0.0/16`.
Nothing is sent while it is empty. A name that leads to a private address is refused unless that address or its network
is listed itself. The address that was checked is the one that is connected to, so that a name cannot change its mind.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from luming_portal import environment

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]

LONGEST_URL = 500


class HostRefused(ValueError):
    """An address that messages are not sent to; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Destination:
    """A checked address.

    Attributes:
        address: the IP address to connect to.
        target: path and query.
    """

    scheme: str
    host: str
    port: int
    address: str
    target: str


def allowed_hosts() -> list[str]:
    """What the installation lists."""
    listed = getattr(settings, "LUMING_WEBHOOK_HOSTS", None)
    return list(listed) if listed is not None else environment.words("LUMING_WEBHOOK_HOSTS")


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, from the system."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def check_url(url: str, hosts: Sequence[str] | None = None) -> SplitResult:
    """A URL whose host is listed; nothing is looked up.

    Raises:
        HostRefused: no http(s) URL, with user or fragment, or a host that is not listed.
    """
    listed = allowed_hosts() if hosts is None else hosts
    if len(url) > LONGEST_URL or any(ord(sign) <= 32 or ord(sign) > 126 for sign in url) or "\\" in url:
        raise HostRefused(_("地址最长%d个字符,只含可见的 ASCII 字符。") % LONGEST_URL)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise HostRefused(_("地址写法有误。")) from problem
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise HostRefused(_("地址应以 https:// 或 http:// 开头,并有主机名。"))
    if parts.username is not None or parts.password is not None or parts.fragment or port == 0:
        raise HostRefused(_("地址里不能有用户名、口令和 # 部分。"))
    if not _listed(parts.hostname, listed):
        raise HostRefused(
            _("主机“%(host)s”不在允许之列(%(listed)s)。请由运维在 LUMING_WEBHOOK_HOSTS 中加上。")
            % {"host": parts.hostname, "listed": _("、").join(listed) or _("空")}
        )
    return parts


def destination(url: str, resolver: Resolver = resolve, hosts: Sequence[str] | None = None) -> Destination:
    """Where a URL leads, looked up and checked.

    Raises:
        HostRefused: as check_url, or the name is unknown, or it leads to an address that is not open.
    """
    listed = allowed_hosts() if hosts is None else hosts
    parts = check_url(url, listed)
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = list(resolver(host, port))
    except OSError as problem:
        raise HostRefused(_("查不到主机“%s”的地址。") % host) from problem
    if not found:
        raise HostRefused(_("查不到主机“%s”的地址。") % host)
    for one in found:
        address = _address(one)
        if address is None or not (_is_open(address) or _address_listed(address, listed)):
            raise HostRefused(
                _("主机“%(host)s”指向内部地址 %(address)s,该地址没有列入 LUMING_WEBHOOK_HOSTS,不发送。")
                % {"host": host, "address": one}
            )
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Destination(parts.scheme, host, port, found[0], target)


def _listed(host: str, listed: Sequence[str]) -> bool:
    address = _address(host)
    if address is not None:
        return _address_listed(address, listed)
    return host.lower().rstrip(".") in {one.lower().rstrip(".") for one in listed}


def _address_listed(address: Address, listed: Sequence[str]) -> bool:
    for one in listed:
        try:
            network = ipaddress.ip_network(one, strict=False)
        except ValueError:
            continue
        if network.version == address.version and address in network:
            return True
    return False


def _address(text: str) -> Address | None:
    try:
        found = ipaddress.ip_address(text.strip("[]").split("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _is_open(address: Address) -> bool:
    return address.is_global and not address.is_multicast
