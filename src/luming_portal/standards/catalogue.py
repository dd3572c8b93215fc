"""The standards and the ladder of the packs that this installation serves, read once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from luming.standards import Catalogue, Input, Standard, Subject, read_standards
from luming.standards.ladder import Ladder, read_ladder
from luming.standards.points import parts_of


@dataclass(frozen=True, slots=True)
class Shelf:
    """All standards at hand.

    Attributes:
        inputs: every fact that can be stated, those that only one standard knows included.
        asked_by: names of the standards that ask a fact, by its key.
        judged: facts that are experts' points; a firm does not state them of itself.
        ladder: of the city; without rungs where no city has one.
        digest: over the hashes of all versions; names the whole set of rules.
    """

    catalogue: Catalogue
    inputs: Mapping[str, Input]
    asked_by: Mapping[str, tuple[str, ...]]
    judged: frozenset[str]
    ladder: Ladder
    digest: str

    def in_force(self, day: dt.date) -> tuple[Standard, ...]:
        """The version of each standard of firms that applies on a day."""
        return self.catalogue.all_in_force(day, Subject.ENTERPRISE)

    def named(self, name: str) -> Standard | None:
        """A version by `key@version`."""
        return self.catalogue.named(name)


def shelf() -> Shelf:
    """The standards of the packs."""
    return _read(Path(settings.PACKS))


def forget() -> None:
    """Read the packs anew next time."""
    _read.cache_clear()


@lru_cache(maxsize=4)
def _read(packs: Path) -> Shelf:
    folders = sorted(path for path in packs.iterdir() if path.is_dir())
    catalogue = read_standards(folders)
    ladders = [
        read_ladder(path) for path in (one / "standards" / "ladder.yaml" for one in folders) if path.is_file()
    ]
    inputs = dict(catalogue.inputs)
    asked: dict[str, list[str]] = {}
    versions = [item for items in catalogue.versions.values() for item in items]
    judged: set[str] = set()
    for standard in versions:
        judged |= {part.judged for score in standard.scores for part in parts_of(score) if part.judged}
        if standard.subject is not Subject.ENTERPRISE:
            continue
        for key, item in standard.inputs.items():
            inputs.setdefault(key, item)
            names = asked.setdefault(key, [])
            if standard.about.label not in names:
                names.append(standard.about.label)
    parts = sorted(f"{item.name} {item.sha256}" for item in versions)
    return Shelf(
        catalogue,
        inputs,
        {key: tuple(names) for key, names in asked.items()},
        frozenset(judged),
        ladders[0] if ladders else Ladder((), {}),
        hashlib.sha256("\n".join(parts).encode()).hexdigest(),
    )
