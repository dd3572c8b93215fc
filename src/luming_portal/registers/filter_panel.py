"""The filter panel of a list: one group for each column, with choices and how many records each would leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from luming_portal.registers.column import Column, Kind
from luming_portal.registers.counting import (
    MOST_CHOICES,
    MOST_COUNTED,
    all_choices_of,
    choices_of,
    count_of,
    uncounted_choices,
    without_column,
)
from luming_portal.registers.register import Register
from luming_portal.registers.rows import records
from luming_portal.registers.state import ListState

Counted = tuple[str, str, Any]
"""Stored value, words, how many (None: not counted)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be ticked; `count` None where the list is too long to count."""

    value: str
    words: str
    count: int | None
    ticked: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The conditions on one column.

    Attributes:
        choices: for columns with few values; more: there are too many to show all.
        given: what stands in the fields now: text, from, to, empty.
    """

    column: Column
    choices: tuple[Choice, ...]
    more: bool
    given: dict[str, str]
    active: bool

    @property
    def is_range(self) -> bool:
        """Whether it asks from where to where."""
        return self.column.kind in (Kind.NUMBER, Kind.DATE)

    @property
    def input_type(self) -> str:
        """The kind of input field for a range."""
        return "date" if self.column.kind is Kind.DATE else "text"


def filter_panel(register: Register, user: Any, state: ListState) -> list[Group]:
    """The groups for the columns that the user may read and filter by."""
    columns = [column for column in register.columns_for(user) if column.filtered and column.key != "key"]
    counted = _counted(
        register, user, state, [one for one in columns if one.kind in (Kind.CHOICE, Kind.FLAG)]
    )
    return [_group(state, column, counted.get(column.key)) for column in columns]


def _counted(
    register: Register, user: Any, state: ListState, columns: list[Column]
) -> dict[str, list[Counted]]:
    """What each column offers, under the conditions on the others."""
    if count_of(register, records(register, user, replace(state, filters=(), sort=()))) > MOST_COUNTED:
        return {column.key: uncounted_choices(register, column) for column in columns}
    bound = {one.column.key for one in state.filters}
    free = [column for column in columns if column.key not in bound]
    found = all_choices_of(register, records(register, user, replace(state, sort=())), free)
    for column in columns:
        if column.key in bound:
            rest = replace(state, filters=without_column(state, column), sort=())
            found[column.key] = choices_of(register, records(register, user, rest), column)
    return found


def _group(state: ListState, column: Column, found: list[Counted] | None) -> Group:
    given = {
        name.removeprefix(column.key).removeprefix(".") or "text": value
        for one in state.filters
        if one.column.key == column.key
        for name, value in one.parameters
    }
    ticked = {
        value
        for one in state.filters
        if one.column.key == column.key
        for name, value in one.parameters
        if name == column.key
    }
    choices: tuple[Choice, ...] = ()
    more = False
    if found is not None:
        counted = any(number is not None for _value, _words, number in found)
        more = counted and len(found) > MOST_CHOICES
        offered = found[:MOST_CHOICES] if counted else found
        choices = tuple(_choice(column, one, ticked) for one in offered)
        seen = {choice.value for choice in choices}
        choices += tuple(Choice(value, column.words(value), 0, True) for value in sorted(ticked - seen))
    return Group(column, choices, more, given, bool(given))


def _choice(column: Column, found: Counted, ticked: set[str]) -> Choice:
    value, words, count = found
    if column.kind is Kind.FLAG:
        value = "1" if value == "True" else "0"
        words = column.words(value == "1")
    return Choice(value, words, count, value in ticked)
