"""The stages and clocks of a lane, for guides and manuals: read from the process that the lane runs through."""

from __future__ import annotations

from dataclasses import dataclass

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
    return Steps()
