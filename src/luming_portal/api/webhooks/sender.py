"""Sends a message over the network: to the checked address, without following redirects, with bounded time."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from luming_portal.api.webhooks.hosts import Destination, HostRefused, destination

Sender = Callable[[str, bytes, Mapping[str, str]], int]
"""(url, body, headers) → status of the answer. Raises SendFailed."""

TIMEOUT_SECONDS = 10
_READ_AT_MOST = 65536


class SendFailed(Exception):
    """A message that did not get through; the sentence says how far it came.

    Attributes:
        final: whether another attempt would end the same way.
    """

    def __init__(self, sentence: str, *, final: bool = False) -> None:
        self.final = final
        super().__init__(sentence)


def send(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Post a body.

    Raises:
        SendFailed: refused host, no connection, no answer in time.
    """
    try:
        to = destination(url)
    except HostRefused as refused:
        raise SendFailed(str(refused)) from refused
    connection = _connection(to)
    try:
        connection.request("POST", to.target, body, dict(headers))
        answer = connection.getresponse()
        answer.read(_READ_AT_MOST)
        return answer.status
    except (OSError, http.client.HTTPException) as problem:
        raise SendFailed(
            _("没有连上 %(host)s:%(why)s。") % {"host": to.host, "why": type(problem).__name__}
        ) from problem
    finally:
        connection.close()


def _connection(to: Destination) -> http.client.HTTPConnection:
    if to.scheme == "https":
        return _PinnedHTTPS(to)
    return _PinnedHTTP(to)


class _PinnedHTTP(http.client.HTTPConnection):
    """Connects to the address that was checked, under the name that was asked for."""

    def __init__(self, to: Destination) -> None:
        super().__init__(to.host, to.port, timeout=TIMEOUT_SECONDS)
        self._to = to

    def connect(self) -> None:
        """To the checked address."""
        self.sock = socket.create_connection((self._to.address, self._to.port), TIMEOUT_SECONDS)


class _PinnedHTTPS(_PinnedHTTP):
    """The same with TLS, the certificate checked against the name."""

    def connect(self) -> None:
        """To the checked address; the name goes into the handshake."""
        super().connect()
        self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self._to.host)
