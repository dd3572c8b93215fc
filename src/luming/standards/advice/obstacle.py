"""What stands against a goal when no change of adjustable facts reaches it, and from which day age would no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from luming.standards.advice.dependence import condition_names, facts_behind, read_by
from luming.standards.advice.doubt import asked
from luming.standards.advice.reach import Reach
from luming.standards.advice.wish import Wish
from luming.standards.condition import About, Condition, TestOf, leaves
from luming.standards.expression import Call, Expression, Name, Number, Test
from luming.standards.kind import DAYS, YEARS
from luming.standards.model import Choice, Standard, Value
from luming.standards.points import Added, Bands, Cases, parts_of
from luming.standards.truth import Truth

_FAR = 60
"""Years ahead that are tried."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A condition that stays unmet whatever the firm changes.

    Attributes:
        facts: the facts it reads that cannot be changed far enough, or not at all.
        from_day: the first later day on which it could be met, all else being equal; None where time does not help.
        joint: it could be met alone, but not together with the other conditions.
        most: of a score, the most points within reach.
    """

    about: About
    written: str
    facts: tuple[str, ...]
    from_day: dt.date | None
    joint: bool = False
    most: Fraction | None = None


def obstacles(wish: Wish) -> tuple[Obstacle, ...]:
    """The conditions that stand against a goal.

    Where each could be met and only together they cannot, those that are not met now, marked as joint.
    """
    run = wish.open.over(wish.widest)
    if wish.goal.kind == "score":
        return (_score(wish, run),)
    wanted = list(_wanted(wish))
    found = [pair for node, sign in wanted for pair in _lost(run, node, sign, _cannot)]
    if found:
        return tuple(_obstacle(wish, node, sign, joint=False) for node, sign in found)
    now = wish.open.over(wish.present)
    for lost in (_cannot, _need_not):
        found = found or [pair for node, sign in wanted for pair in _lost(now, node, sign, lost)]
    return tuple(_obstacle(wish, node, sign, joint=True) for node, sign in found)


def _cannot(truth: Truth) -> bool:
    return not truth.can


def _need_not(truth: Truth) -> bool:
    return not truth.must


def _wanted(wish: Wish) -> Iterator[tuple[Condition, bool]]:
    """Conditions that have to hold, and those of earlier classes that must not."""
    if wish.goal.kind == "pass" and wish.standard.rule is not None:
        yield wish.standard.rule, True
        return
    for item in wish.standard.classes:
        own = item.key == wish.goal.key
        if item.when is not None:
            yield item.when, own or wish.goal.kind == "pass"
        if own:
            return


def _holds(run: Reach, node: Condition, wanted: bool) -> Truth:
    found = run.condition(node)
    return found if wanted else ~found


def _lost(
    run: Reach, node: Condition, wanted: bool, lost: Callable[[Truth], bool]
) -> Iterator[tuple[Condition, bool]]:
    """The smallest conditions under a node that do not come out as wanted."""
    if not lost(_holds(run, node, wanted)):
        return
    if isinstance(node, TestOf):
        yield node, wanted
        return
    if node.op == "not" and not (node.about.label and isinstance(node.items[0], TestOf)):
        yield from _lost(run, node.items[0], not wanted, lost)
        return
    if node.op == ("all" if wanted else "any"):
        inner = [pair for item in node.items for pair in _lost(run, item, wanted, lost)]
        if inner:
            yield from inner
            return
    yield node, wanted


def _obstacle(wish: Wish, node: Condition, wanted: bool, *, joint: bool) -> Obstacle:
    behind = facts_behind(read_by(wish.standard), condition_names(node))
    figures = {item.key for item in wish.standard.figures}
    facts = tuple(key for key in wish.standard.inputs if key in behind and key not in figures)
    fixed = tuple(key for key in facts if key not in wish.keys)
    day = None if joint else _first_day(wish, node, wanted)
    written = node.written if isinstance(node, TestOf) else ";".join(leaf.written for leaf in leaves(node))
    about = node.about if node.about.label else replace(node.about, label=written)
    return Obstacle(about, written, facts if joint else fixed or facts, day, joint)


def _score(wish: Wish, run: Reach) -> Obstacle:
    part = next(
        part for score in wish.standard.scores for part in parts_of(score) if part.key == wish.goal.key
    )
    behind = asked(wish.standard, wish.goal)
    facts = tuple(key for key in wish.standard.inputs if key in behind and key not in wish.keys)
    most = run.named(part.key).high
    joint = most >= wish.goal.at_least
    day = None
    if not joint:
        days = _days(wish)
        day = next((day for day in days if _on(wish, day).named(part.key).high >= wish.goal.at_least), None)
    return Obstacle(part.about, part.key, facts, day, joint, most)


# Time


def _on(wish: Wish, day: dt.date) -> Reach:
    later = Wish(wish.standard, wish.facts, day, wish.goal, wish.places, wish.dictionary)
    return later.open.over(later.widest)


def _first_day(wish: Wish, node: Condition, wanted: bool) -> dt.date | None:
    """The first later day on which a condition could come out as wanted."""
    behind = facts_behind(read_by(wish.standard), condition_names(node))
    if not any(isinstance(wish.facts.get(key), dt.date) for key in behind):
        return None
    return next((day for day in _days(wish) if _holds(_on(wish, day), node, wanted).can), None)


def _days(wish: Wish) -> list[dt.date]:
    """The later days on which an age of the firm passes a number that the standard compares ages with."""
    years, days = _ages(wish.standard)
    found: set[dt.date] = set()
    for value in wish.facts.values():
        if isinstance(value, dt.date):
            found |= {_birthday(value, count) for count in years if value.year + count < dt.MAXYEAR}
            found |= {value + dt.timedelta(count) for count in days}
    last = wish.as_of + dt.timedelta(366 * _FAR)
    return sorted(day for day in found if wish.as_of < day <= last and wish.standard.in_force(day))


def _birthday(first: dt.date, years: int) -> dt.date:
    try:
        return first.replace(year=first.year + years)
    except ValueError:
        return dt.date(first.year + years, 3, 1)


def _ages(standard: Standard) -> tuple[set[int], set[int]]:
    """Numbers of years and of days that stand in a standard, and the next of each; where any age is asked."""
    numbers: set[Number] = set()
    for node in _expressions(standard):
        numbers |= set(_numbers(node))
    years = {int(item.value) for item in numbers if item.kind == YEARS}
    days = {int(item.value) for item in numbers if item.kind == DAYS}
    for score in standard.scores:
        for part in parts_of(score):
            if isinstance(part.body, Bands):
                edges = (edge for band in part.body.list for edge in (band.lower, band.upper))
                whole = {int(edge) for edge in edges if edge is not None and 0 <= edge <= 366 * _FAR}
                years |= {edge for edge in whole if edge <= _FAR}
                days |= whole
    return {count + more for count in years for more in (0, 1)}, {
        count + more for count in days for more in (0, 1)
    }


def _expressions(standard: Standard) -> Iterator[Expression | Test]:
    conditions: list[Condition | None] = [standard.rule, *(item.when for item in standard.classes)]
    for figure in standard.figures:
        if isinstance(figure, Value):
            conditions += [way.when for way in figure.ways]
            yield from (way.formula for way in figure.ways)
        elif isinstance(figure, Choice):
            conditions += [option.when for option in figure.options]
    for score in standard.scores:
        for part in parts_of(score):
            if isinstance(part.body, Cases | Added):
                conditions += [case.when for case in part.body.list]
    for node in conditions:
        yield from (leaf.test for leaf in leaves(node))


def _numbers(node: Expression | Test) -> Iterator[Number]:
    match node:
        case Number():
            yield node
        case Call(arguments=arguments):
            for argument in arguments:
                yield from _numbers(argument)
        case Name():
            return
        case _:
            for side in ("left", "right"):
                inner = getattr(node, side, None)
                if inner is not None:
                    yield from _numbers(inner)


def reachable_when(wish: Wish) -> dt.date | None:
    """The first later day on which the goal is not out of reach, all else being equal."""
    if not any(isinstance(value, dt.date) for value in wish.facts.values()):
        return None
    for day in _days(wish):
        later = Wish(wish.standard, wish.facts, day, wish.goal, wish.places, wish.dictionary)
        if later.may(later.widest):
            return day
    return None
