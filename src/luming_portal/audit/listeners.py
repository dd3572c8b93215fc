"""Who wants to know of changes in the same transaction: the search index, for one.

    listen(Enterprise, index_records)

A listener is called once for each kind of record when the door closes, before the transaction ends: what it writes is
kept or undone together with the change.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import Model

Listener = Callable[[type[Model], Collection[Any], Collection[Any]], None]
"""Takes the kind, the keys of records that were made or changed, and the keys of those that are gone."""

_listeners: dict[type[Model], list[Listener]] = {}


def listen(kind: type[Model], listener: Listener) -> None:
    """Call a listener whenever records of a kind change; once, however often it is registered."""
    known = _listeners.setdefault(kind, [])
    if listener not in known:
        known.append(listener)


def tell(kind: type[Model], kept: Collection[Any], gone: Collection[Any]) -> None:
    """Tell the listeners of a kind."""
    for listener in _listeners.get(kind, ()):
        listener(kind, kept, gone)
