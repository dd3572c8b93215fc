"""The drawing of a process for a page: an SVG whose words the page can be read without."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from luming.cases import Case as Course
from luming.cases import Process, drawing


def drawing_of_process(process: Process) -> SafeString:
    """The process, with no place marked."""
    return _drawn(process.sha256, _Held(process))


def drawing_of(course: Course) -> SafeString:
    """The process with the present place of a case marked."""
    return mark_safe(drawing(course.process, course))


class _Held:
    """A process as part of a key: the sha says which it is."""

    def __init__(self, process: Process) -> None:
        self.process = process

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.process.sha256 == self.process.sha256

    def __hash__(self) -> int:
        return hash(self.process.sha256)


@lru_cache(maxsize=64)
def _drawn(_sha256: str, held: Any) -> SafeString:
    return mark_safe(drawing(held.process))
