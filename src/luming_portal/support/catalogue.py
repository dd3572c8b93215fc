"""The items of support of the packs, read once and held in memory; read anew by `forget`."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from luming.standards import Input
from luming.support import Catalogue, Item, Receiver, read_support
from luming_portal.standards.catalogue import shelf


@dataclass(frozen=True, slots=True)
class SupportShelf:
    """Everything the portal asks about items. `digest` names the whole set of them."""

    catalogue: Catalogue
    digest: str

    @property
    def items(self) -> Mapping[str, Item]:
        """Every item by key, those that have ended included."""
        return self.catalogue.items

    @property
    def inputs(self) -> Mapping[str, Input]:
        """The dictionary of facts, with the facts that only standards name."""
        return shelf().inputs

    def in_force(self, day: dt.date, receiver: Receiver | None = None) -> tuple[Item, ...]:
        """The items that hold on a day."""
        return self.catalogue.in_force(day, receiver)

    def waits(self, key: str) -> bool:
        """Whether the amount of an item is left to the office's own rules: none named, or a ceiling alone."""
        item = self.items[key]
        return item.kind.pays and (not item.amount_key or item.at_most or "amount" in item.assumed)


def support_shelf() -> SupportShelf:
    """The items of the packs."""
    return _read(Path(settings.PACKS))


def forget() -> None:
    """Read the packs anew next time."""
    _read.cache_clear()


def rule_digest(item: Item) -> str:
    """The hash of an item's rule: of every version of the standard that decides it."""
    return hashlib.sha256("\n".join(one.sha256 for one in item.standards).encode()).hexdigest()


@lru_cache(maxsize=4)
def _read(packs: Path) -> SupportShelf:
    folders = sorted(path for path in packs.iterdir() if path.is_dir())
    found = read_support(folders, shelf().catalogue)
    parts = [f"{item.key} {rule_digest(item)}" for item in found.items.values()]
    return SupportShelf(found, hashlib.sha256("\n".join(parts).encode()).hexdigest())
