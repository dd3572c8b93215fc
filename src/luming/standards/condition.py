"""Conditions of a standard as a tree; every node can say its words, clause and standing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from luming.mark import Mark
from luming.standards.expression import Among, Compare, Name


@dataclass(frozen=True, slots=True)
class About:
    """What an element says of itself: words in two languages, clause, standing, a note."""

    label: str = ""
    label_en: str = ""
    clause: str = ""
    mark: Mark = Mark.OURS
    note: str = ""

    def name(self, language: str = "zh") -> str:
        """The label in a language, Chinese where there is no English."""
        return (self.label_en or self.label) if language == "en" else self.label


@dataclass(frozen=True, slots=True)
class TestOf:
    """A leaf of the condition tree: a comparison, a flag, a choice."""

    test: Compare | Among | Name
    written: str
    about: About
    id: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """An inner node of the condition tree.

    Attributes:
        op: all, any, not, at_least (`count` of the items).
        direct: a route of direct confirmation.
    """

    op: Literal["all", "any", "not", "at_least"]
    items: tuple[Condition, ...]
    about: About
    id: str = ""
    count: int = 0
    direct: bool = False


Condition = Tree | TestOf


def leaves(node: Condition | None) -> Iterator[TestOf]:
    """Every test under a condition."""
    match node:
        case TestOf():
            yield node
        case Tree(items=items):
            for item in items:
                yield from leaves(item)
