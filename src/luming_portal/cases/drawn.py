"""The drawing of a process for a page: an SVG whose words the page can be read without."""

from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from luming.cases import Case as Course
from luming.cases import Process, drawing
from luming_portal.standards.selectors import language

Drawn = tuple[SafeString, SafeString]
"""Wide, and narrow for the screens of telephones."""


def drawing_of_process(process: Process) -> Drawn:
    """The process, with no place marked."""
    return _drawn(_Held(process), language())


def drawing_of(course: Course) -> Drawn:
    """The process with the present place of a case marked."""
    return _both(course.process, course, language())


class _Held:
    """A process as a key: its hash says which it is."""

    def __init__(self, process: Process) -> None:
        self.process = process

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.process.sha256 == self.process.sha256

    def __hash__(self) -> int:
        return hash(self.process.sha256)


@lru_cache(maxsize=64)
def _drawn(held: _Held, spoken: str) -> Drawn:
    return _both(held.process, None, spoken)


def _both(process: Process, course: Course | None, spoken: str) -> Drawn:
    wide, narrow = (drawing(process, course, narrow=one, language=spoken) for one in (False, True))
    return mark_safe(wide), mark_safe(narrow)
