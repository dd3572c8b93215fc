"""The numbers of one rule that can be turned: thresholds, rates, sums and caps, each with where it stands in the file.

Only the number is replaced; unit, words and all else of the text stay, so that a file with nothing turned is itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from luming.errors import Fault, FaultyInput

_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?=[一-鿿%‰]|\s|$|[)\],+*/-])")
_UNIT = re.compile(r"[一-鿿%‰]{0,5}")
_TURNABLE = (
    "condition", "amount", "cap", "caps", "rule", "all", "any", "values", "scores", "classes", "amounts", "lines",
)  # fmt: skip
_WORDS = frozenset({
    "id", "decimals", "label", "label_en", "note", "clause", "mark", "source", "caution", "name", "name_en", "quote", "en",
})  # fmt: skip
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class KnobFaults(FaultyInput):
    """A number that cannot stand in its place."""

    consequence = "没有推演。"


@dataclass(frozen=True, slots=True)
class Knob:
    """One number of a rule.

    Attributes:
        id: place of its first character in the file, as text.
        path: the keys that lead to it.
        label: of the nearest element around it that has one.
        written, unit: the number as it stands, and what follows it.
        around: the whole value that it stands in.
    """

    id: str
    start: int
    end: int
    path: str
    label: str
    written: str
    unit: str
    around: str


def knobs(text: str, key: str = "") -> tuple[Knob, ...]:
    """The numbers of one item of a file of support (`key`), or of a file of a standard (no key), in order of the text."""
    node = yaml.compose(text, Loader=_LOADER)
    top = _under(node, "items", key) if key else node
    if not isinstance(top, yaml.MappingNode):
        return ()
    label = _text(top, "name") or _text(top, "label") or key
    found = [
        knob
        for name, value in top.value
        if name.value in _TURNABLE
        for knob in _walk(value, (name.value,), label, text)
    ]
    return tuple(sorted(found, key=lambda knob: knob.start))


def turned(text: str, known: Mapping[str, Knob], values: Mapping[str, str]) -> str:
    """The text with some numbers replaced.

    Raises:
        KnobFaults: a knob that is not there, or what is no plain number; all at once.
    """
    faults, put = [], []
    for id, value in values.items():
        knob, number = known.get(id), value.strip().replace(",", "")
        if knob is None:
            faults.append(Fault("rehearsal.no_knob", f"第{id}个字符", "没有这个数", "规则里的一个数"))
        elif not re.fullmatch(r"\d{1,15}(\.\d{1,8})?", number):
            faults.append(Fault("rehearsal.no_number", knob.label, f"“{value}”", "不小于零的数,如 30 或 0.5"))
        else:
            put.append((knob, number))
    if faults:
        raise KnobFaults(faults)
    for knob, number in sorted(put, key=lambda pair: -pair[0].start):
        text = text[: knob.start] + number + text[knob.end :]
    return text


def _walk(node: Any, path: tuple[str, ...], label: str, text: str) -> Iterator[Knob]:
    if isinstance(node, yaml.MappingNode):
        own = _text(node, "label") or label
        for name, value in node.value:
            if name.value not in _WORDS:
                yield from _walk(value, (*path, str(name.value)), own, text)
    elif isinstance(node, yaml.SequenceNode):
        for at, value in enumerate(node.value):
            yield from _walk(value, (*path, str(at + 1)), label, text)
    elif isinstance(node, yaml.ScalarNode):
        start, end = node.start_mark.index, node.end_mark.index
        around = text[start:end]
        for found in _NUMBER.finditer(around):
            unit = _UNIT.match(around, found.end())
            yield Knob(
                str(start + found.start()),
                start + found.start(),
                start + found.end(),
                ".".join(path),
                label,
                found[0],
                unit[0] if unit else "",
                around.strip("\"'"),
            )


def _under(node: Any, *names: str) -> Any:
    for name in names:
        if not isinstance(node, yaml.MappingNode):
            return None
        node = next((value for key, value in node.value if key.value == name), None)
    return node


def _text(node: yaml.MappingNode, name: str) -> str:
    found = _under(node, name)
    return str(found.value) if isinstance(found, yaml.ScalarNode) else ""
