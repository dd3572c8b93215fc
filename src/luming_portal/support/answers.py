"""What a stranger has answered: it travels in the form from page to page and is kept nowhere else.

Each answer is a field `a-<key of the fact>` with what was typed; an empty one is “不知道” and is not asked again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from luming.standards import Fact, Input, read_facts

PREFIX = "a-"
LONGEST = 40
"""Characters of an answer; longer ones are no fact."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers in the order in which they were given; "" for “不知道”."""

    written: Mapping[str, str] = field(default_factory=dict)

    def facts(self, inputs: Mapping[str, Input]) -> dict[str, Fact]:
        """What is known by them."""
        found: dict[str, Fact] = {}
        for key, text in self.written.items():
            fact = read_answer(text, inputs[key])
            if fact is not None:
                found[key] = fact
        return found

    @property
    def skipped(self) -> frozenset[str]:
        """The facts that the person does not know."""
        return frozenset(key for key, text in self.written.items() if not text)

    def given(self, key: str, text: str) -> Answers:
        """One more; an answer to the same question is replaced and becomes the last."""
        return Answers({**{name: old for name, old in self.written.items() if name != key}, key: text})

    def without(self, key: str) -> Answers:
        """One less."""
        return Answers({name: text for name, text in self.written.items() if name != key})

    @property
    def last(self) -> str:
        """The fact asked last; "" where none was."""
        return next(reversed(list(self.written)), "")

    def fields(self) -> Iterator[tuple[str, str]]:
        """Name and value of the hidden fields."""
        for key, text in self.written.items():
            yield f"{PREFIX}{key}", text


def read_answers(posted: Any, inputs: Mapping[str, Input]) -> Answers:
    """The answers in a form. Whatever is no fact, or cannot be read as it, is left out."""
    found: dict[str, str] = {}
    for name in posted:
        key = name.removeprefix(PREFIX)
        if key == name or key not in inputs:
            continue
        text = posted[name].strip()
        if text and not readable(text, inputs[key]):
            continue
        found[key] = text
    return Answers(found)


def read_answer(text: str, item: Input) -> Fact | None:
    """An answer as a fact, read by the library; None for an empty one.

    Raises:
        ValueError: it cannot be read; the message says what is expected.
    """
    facts, faults = read_facts({item.key: text}, {item.key: item})
    if faults:
        raise ValueError(faults[0].expected)
    return facts.get(item.key)


def readable(text: str, item: Input) -> bool:
    """Whether a text can be read as a fact."""
    if len(text) > LONGEST:
        return False
    try:
        return read_answer(text, item) is not None
    except ValueError:
        return False
