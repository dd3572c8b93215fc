"""The stages and clocks of a lane, for guides and manuals: read from the process that the lane runs through."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from luming.cases import Process, read_process
from luming.support import Lane

PROCESSES = {
    Lane.AUTOMATIC: "support_automatic",
    Lane.FAST: "support_fast",
    Lane.APPLICATION: "support_application",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A clock of the process: what it times, who owns it, how long, and how far that is certain."""

    label: str
    who: str
    limit: str
    mark: str


@dataclass(frozen=True, slots=True)
class Steps:
    """The stages of a lane; `not_found`: what was looked for and not found."""

    stages: tuple[Stage, ...] = ()
    note: str = ""
    not_found: tuple[str, ...] = ()


def steps_of(lane: Lane) -> Steps:
    """The stages of a lane; empty where its process is not at hand."""
    process = _process(Path(settings.PACKS), PROCESSES[lane])
    if process is None:
        return Steps()
    order = {key: place for place, key in enumerate(process.states)}
    clocks = sorted(process.clocks.values(), key=lambda one: min(order[state] for state in one.runs_in))
    stages = tuple(
        Stage(
            one.about.label,
            process.roles[one.owner].about.label,
            one.limit.span.said
            if one.limit.span
            else "、".join(f"{name}{span.said}" for name, span in one.limit.table),
            one.about.mark.value,
        )
        for one in clocks
    )
    return Steps(stages, process.about.note, process.not_found)


@lru_cache(maxsize=8)
def _process(packs: Path, key: str) -> Process | None:
    found = [read_process(file) for file in sorted(packs.glob(f"*/processes/{key}.yaml"))]
    return max(found, key=lambda one: one.version, default=None)
