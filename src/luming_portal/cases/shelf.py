"""The processes of the packs that this installation serves, read once; and the version by which a case goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from luming.cases import Process, parse_process, read_process
from luming.errors import FaultyInput
from luming_portal.cases.models import Case, StoredProcess


@dataclass(frozen=True, slots=True)
class Shelf:
    """All processes at hand, by key; and what was wrong with the files that could not be read."""

    processes: Mapping[str, Process]
    faults: tuple[str, ...]

    def process(self, key: str) -> Process | None:
        """The latest version of a process."""
        return self.processes.get(key)


def shelf() -> Shelf:
    """The processes of the packs."""
    return _read(Path(settings.PACKS))


def forget() -> None:
    """Read the packs anew next time."""
    _read.cache_clear()


@lru_cache(maxsize=4)
def _read(packs: Path) -> Shelf:
    """A file that cannot be read takes no other down with it."""
    found: dict[str, Process] = {}
    faults: list[str] = []
    for file in sorted(packs.glob("*/processes/*.yaml")):
        try:
            process = read_process(file)
        except FaultyInput as problem:
            faults += [f"{file.name}:{fault.sentence()}" for fault in problem.faults]
            continue
        known = found.get(process.key)
        if known is None or known.version < process.version:
            found[process.key] = process
    return Shelf(dict(sorted(found.items(), key=lambda item: item[1].about.label)), tuple(faults))


def process_of(case: Case) -> Process:
    """The version by which a case goes on."""
    return _stored(case.stored.key, case.stored.sha256)


@lru_cache(maxsize=256)
def _stored(key: str, sha256: str) -> Process:
    at_hand = shelf().process(key)
    if at_hand is not None and at_hand.sha256 == sha256:
        return at_hand
    return parse_process(StoredProcess.objects.get(sha256=sha256).text, f"{key}.yaml")
