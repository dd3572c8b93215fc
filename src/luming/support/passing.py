"""`passes: <standard>` in the condition of an item: the firm meets that standard on the day.

The standard is put into the item as a whole, one version of the item for each version of the standard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from luming.standards import Catalogue as Standards
from luming.standards import Entry, Input, InputKind, Standard, embed, overlap

_NODE = ("label", "label_en", "clause", "mark", "note", "id")


@dataclass(frozen=True, slots=True)
class Passing:
    """A standard that a condition asks for, under the flag that stands for it while the item is read."""

    flag: str
    standard: str
    classes: tuple[str, ...]


def without_passing(tree: Any, path: tuple[str | int, ...], entry: Entry) -> tuple[Any, list[Passing]]:
    """A condition with a flag in the place of every `passes`, and what the flags stand for."""
    if isinstance(tree, list):
        pairs = [without_passing(item, (*path, at), entry) for at, item in enumerate(tree)]
        return [item for item, _ in pairs], [one for _, some in pairs for one in some]
    if not isinstance(tree, dict):
        return tree, []
    if "passes" in tree:
        node = Entry.of(entry.source, path, tree, entry.mark)
        node.only("passes", "class", *_NODE)
        classes = (
            node.words("class")
            if isinstance(tree.get("class"), list)
            else tuple(filter(None, [node.text("class", "")]))
        )
        name = node.text("passes")
        found = Passing("_".join(("passes", name, *classes)), name, classes)
        return {**{key: tree[key] for key in _NODE if key in tree}, "test": found.flag}, [found]
    made, asked = {}, []
    for key, value in tree.items():
        made[key], some = without_passing(value, (*path, key), entry)
        asked += some
    return made, asked


def flags(asked: list[Passing], entry: Entry) -> dict[str, Input]:
    """The flags as facts, for the time of reading."""
    bare = Entry(entry.source, entry.path, {}, entry.mark)
    return {one.flag: Input(one.flag, bare.about(label=one.standard), InputKind.FLAG) for one in asked}


def with_standards(
    found: Standard, asked: list[Passing], shelf: Standards, entry: Entry
) -> tuple[Standard, ...]:
    """An item with the standards that it asks for, in all their versions; what does not fit is a fault of the item."""
    made = [found]
    for one in dict.fromkeys(asked):
        others = shelf.versions.get(one.standard, ())
        if not others:
            entry.fault("standard", f"没有“{one.standard}”这项标准", "已有的标准", "", "condition")
            return ()
        try:
            made = [
                embed(item, one.flag, other, one.classes)
                for item in made
                for other in others
                if overlap(item, other)
            ]
        except ValueError as problem:
            entry.fault("passes", str(problem), "可以作条件的标准", "", "condition")
            return ()
    return tuple(made)
