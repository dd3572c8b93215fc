"""One standard as a condition of another: “passes that standard”, thought through together with the rest."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from luming.standards.condition import About, Condition, TestOf, Tree
from luming.standards.expression import Name
from luming.standards.model import Standard
from luming.standards.split import with_split


def embed(standard: Standard, flag: str, other: Standard, classes: Sequence[str] = ()) -> Standard:
    """Put the condition of another standard in the place of a flag, with all that it reckons.

    The result holds on the days on which both do.

    Args:
        flag: a fact that stands for passing the other standard; it is asked no more.
        classes: the classes of the other that count; without any, passing does.

    Raises:
        ValueError: both use one name for different things, or the other has no such condition.
    """
    own = {item.key for item in (*standard.figures, *standard.amounts)} | standard.parts.keys()
    theirs = {item.key for item in other.figures} | other.parts.keys()
    twice = sorted((own & theirs) | (theirs & standard.inputs.keys()) | (own & other.inputs.keys()))
    if twice:
        raise ValueError(f"“{twice[0]}”在“{other.name}”里另有所指")
    wanted = _wanted(other, classes)

    def put(node: Condition | None) -> Condition | None:
        return None if node is None else _put(node, flag, wanted, other)

    inputs = {**other.inputs, **{key: item for key, item in standard.inputs.items() if key != flag}}
    wholes = {
        key: tuple(dict.fromkeys((*other.wholes.get(key, ()), *standard.wholes.get(key, ()))))
        for key in (*other.wholes, *standard.wholes)
    }
    found = replace(
        standard,
        version=f"{standard.version}+{other.version}",
        starts=max((day for day in (standard.starts, other.starts) if day), default=None),
        ends=min((day for day in (standard.ends, other.ends) if day), default=None),
        inputs=inputs,
        figures=(*other.figures, *standard.figures),
        scores=(*other.scores, *standard.scores),
        parts={**other.parts, **standard.parts},
        rule=put(standard.rule),
        amounts=tuple(replace(item, when=put(item.when)) for item in standard.amounts),
        wholes=wholes,
        sha256=hashlib.sha256(f"{standard.sha256}{other.sha256}".encode()).hexdigest(),
    )
    return with_split(found)


def overlap(standard: Standard, other: Standard) -> bool:
    """Whether there is a day on which both apply."""
    starts = max(standard.starts or dt.date.min, other.starts or dt.date.min)
    return starts <= min(standard.ends or dt.date.max, other.ends or dt.date.max)


def _wanted(other: Standard, classes: Sequence[str]) -> Condition:
    if classes:
        known = {item.key for item in other.classes}
        for key in classes:
            if key not in known:
                raise ValueError(f"“{other.name}”没有“{key}”这一类")
        return Tree("any", tuple(_first(other, key) for key in classes), About())
    if other.rule is not None:
        return other.rule
    conditions = tuple(item.when for item in other.classes if item.when is not None)
    if not conditions:
        raise ValueError(f"“{other.name}”没有条件,不能说是否符合")
    if len(conditions) < len(other.classes):
        raise ValueError(f"“{other.name}”把每一家都归类,请写明哪几类(class)")
    return Tree("any", conditions, About())


def _first(other: Standard, key: str) -> Condition:
    """That a class is the first whose condition holds."""
    on_the_way = tuple(_on_the_way(other, key))
    if not on_the_way:
        raise ValueError(f"“{other.name}”只有一类,不能说是否符合")
    return Tree("all", on_the_way, About())


def _on_the_way(other: Standard, key: str) -> Iterator[Condition]:
    for item in other.classes:
        if item.key == key:
            if item.when is not None:
                yield item.when
            return
        if item.when is not None:
            yield Tree("not", (item.when,), About())


def _put(node: Condition, flag: str, wanted: Condition, other: Standard) -> Condition:
    if isinstance(node, TestOf):
        if node.test != Name(flag):
            return node
        about = node.about if node.about.label else replace(node.about, label=f"符合{other.about.label}")
        return Tree("all", (wanted,), about, node.id)
    return replace(node, items=tuple(_put(item, flag, wanted, other) for item in node.items))
