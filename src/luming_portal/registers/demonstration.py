"""Invented records for the demonstration: taken in by `setup` under DEBUG, removed by one command, always marked as such."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import ProtectedError

from luming_portal.accounts.models import User
from luming_portal.audit.door import ChangeSet
from luming_portal.audit.governed import Governed
from luming_portal.counting.loading import load_entries
from luming_portal.enterprises.loading import load_qualifications
from luming_portal.projects.loading import load_progress
from luming_portal.registers.catalog import registers
from luming_portal.registers.loading import FOLDER, load_file
from luming_portal.standards.loading import load_facts

DEMONSTRATION = "demonstration"
_BELONGINGS = frozenset({"saved_view", "token", "job", "webhook"})
"""Nouns of what belongs to an account and goes with it."""


def load_demonstration(changes: ChangeSet, packs: Path) -> int:
    """Take in the invented records of every city; how many are new."""
    added = 0
    for folder in sorted(packs.glob(f"*/{FOLDER}/{DEMONSTRATION}")):
        for slug, register in registers().items():
            added += load_file(changes, register, folder / f"{slug}.csv", demo=True)
        load_qualifications(changes, folder / "qualifications.csv", demo=True)
        load_progress(changes, folder)
        load_entries(changes, folder)
        load_facts(changes, folder)
    return added


def remove_demonstration(
    changes: ChangeSet, told: Callable[[str, int], None] = lambda kind, count: None
) -> list[str]:
    """Remove every invented record and account; what could not be removed, in sentences.

    What hangs on an invented record goes first; what real records lead to stays.
    """
    kinds = [model for model in apps.get_models() if issubclass(model, Governed)]
    removed: dict[str, int] = {}
    kept: list[str] = []
    progress = True
    while progress:
        progress, kept = False, []
        for item in _invented(kinds):
            try:
                _remove(changes, item)
            except ProtectedError as problem:
                names = "、".join(sorted({str(one) for one in problem.protected_objects})[:5])
                kept.append(f"{item._meta.verbose_name}“{item}”还被引用({names}),没有删除。")
                continue
            progress = True
            name = str(item._meta.verbose_name)
            removed[name] = removed.get(name, 0) + 1
    for name, count in removed.items():
        told(name, count)
    return kept


def _invented(kinds: list[Any]) -> Iterator[Any]:
    for kind in kinds:
        yield from kind._base_manager.filter(demo=True)


def _remove(changes: ChangeSet, item: Any) -> None:
    try:
        changes.delete(item)
    except ProtectedError as problem:
        belongings: list[Any] = [
            one for one in problem.protected_objects if getattr(one, "noun", "") in _BELONGINGS
        ]
        if not isinstance(item, User) or len(belongings) < len(problem.protected_objects):
            raise
        for one in belongings:
            changes.delete(one)
        changes.delete(item)
