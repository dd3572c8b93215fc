"""Who is acting in this request, command or job, and under which request number.

Set by the middleware, the API's authentication, or `acting_as` in commands and jobs; read by the door.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar

_actor: ContextVar[Any] = ContextVar("actor", default=None)
_request_id: ContextVar[str] = ContextVar("request_id", default="")

SYSTEM = "system"
"""Name under which commands act when no person is named."""

VISITOR = "visitor"
"""Name under which whoever has not signed in is recorded."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whoever acts by something that was handed to him instead of an account. In the rights he is a visitor.

    Attributes:
        sign: what he acts by, as the record names it: `link #12`.
        name: who he is said to be: 张三,市科技局.
    """

    sign: str
    name: str
    is_authenticated: ClassVar[bool] = False
    is_active: ClassVar[bool] = False

    def __str__(self) -> str:
        return self.name


def actor() -> Any:
    """The acting user, or None for the system itself."""
    return _actor.get()


def request_id() -> str:
    """Number of the request, which also stands in the logs; "" outside a request."""
    return _request_id.get()


def set_actor(user: Any) -> None:
    """Name the acting user of the rest of this request."""
    _actor.set(user)


def set_request_id(id: str) -> None:
    """Name the request."""
    _request_id.set(id)


@contextmanager
def acting_as(user: Any) -> Iterator[None]:
    """Act as a person (or None for the system) inside the block: for commands, jobs and tests."""
    token = _actor.set(user)
    try:
        yield
    finally:
        _actor.reset(token)
