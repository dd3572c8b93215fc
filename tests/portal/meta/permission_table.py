"""The lines of permission_matrix.txt, which the head of test_permission_matrix.py explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.meta.permission_world import World

TABLE = Path(__file__).parents[1] / "permission_matrix.txt"


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    number: int
    method: str
    route: str
    query: str
    given: tuple[tuple[str, str], ...]
    expected: tuple[int, ...]

    def __str__(self) -> str:
        query = f"?{self.query}" if self.query else ""
        given = "".join(f" {name}={value}" for name, value in self.given)
        return f"{self.method} {self.route}{query}{given}"

    def address(self, world: World) -> str:
        """Where to ask, with the keys of the world's things."""
        given = dict(self.given)
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda name: world.value(given[name[1]]), self.route)
        return f"/{path}?{self.query}" if self.query else f"/{path}"

    @property
    def group(self) -> str:
        """Lines that are tried together."""
        words = self.route.split("/")
        slug = dict(self.given).get("slug", "")
        return "/".join(words[:3] if words[0] == "api" else [words[0], slug][: 2 if slug else 1]) or "home"


def _read(text: str) -> Iterator[Line]:
    for number, written in enumerate(text.splitlines(), 1):
        if not written.strip() or written.startswith("#"):
            continue
        left, _, right = written.partition("|")
        method, address, *given = left.split()
        route, _, query = address.partition("?")
        pairs = tuple((name, value) for name, _, value in (one.partition("=") for one in given))
        yield Line(number, method, "" if route == "/" else route, query, pairs, tuple(_statuses(right)))


def _statuses(written: str) -> Iterator[int]:
    for word in written.split():
        status, _, times = word.partition("*")
        yield from [int(status)] * int(times or 1)


LINES = list(_read(TABLE.read_text(encoding="utf-8")))
