"""One day or moment that concerns somebody, and where such days come from.

    @days_of("case", _("事项期限"))
    def case_days(user, first, last): yield Entry(…)

A source gives what concerns the person, as far as his rights reach, from the first to the last day, both included.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """A day in a person's calendar.

    Attributes:
        uid: the same for as long as the day is about the same thing, so that a calendar program moves what has moved.
        moment: where an hour counts; None for a whole day.
        over: the day is past and what was due has not come.
    """

    uid: str
    kind: str
    day: dt.date
    title: str
    note: str = ""
    href: str = ""
    moment: dt.datetime | None = None
    over: bool = False
    demo: bool = False


Source = Callable[[Any, dt.date, dt.date], Iterable[Entry]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of days: its key, its label, where they come from."""

    key: str
    label: Any
    source: Source


KINDS: dict[str, Kind] = {}


def days_of(key: str, label: Any) -> Callable[[Source], Source]:
    """Registers a source of days; an app does so in the `ready` of its configuration.

    Raises:
        ValueError: the key is taken by another source.
    """

    def register(source: Source) -> Source:
        taken = KINDS.get(key)
        if taken is not None and taken.source.__qualname__ != source.__qualname__:
            raise ValueError(f"days of the kind {key} come from {taken.source.__module__} already")
        KINDS[key] = Kind(key, label, source)
        return source

    return register
