"""Advice: the cheapest changes of adjustable facts that bring a firm to a goal of a standard.

The distance is that of `lever`: steps of each changed fact times the cost of a step, summed. Facts that cannot be
changed by will (age, past years, accidents) are never moved, missing facts are never made up. Every plan was assessed
again on the changed firm; `proven` says whether it was proved that nothing is cheaper.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from luming.standards.advice.goal import PASSING, Goal
from luming.standards.advice.lever import Lever, steps_of
from luming.standards.advice.obstacle import Obstacle, obstacles, reachable_when
from luming.standards.advice.reach import Cells
from luming.standards.advice.search import EFFORT, Search
from luming.standards.advice.wish import Wish
from luming.standards.assessment import Assessment, Outcome, assess
from luming.standards.evaluator import Fact, Facts
from luming.standards.model import Input, Standard
from luming.standards.words import figure


class Prospect(StrEnum):
    """How a firm stands to a goal."""

    MET = "met"
    REACHABLE = "reachable"
    FILL_FIRST = "fill_first"
    BLOCKED = "blocked"
    NOT_FOUND = "not_found"
    NOT_IN_FORCE = "not_in_force"

    @property
    def label(self) -> str:
        """What a reader sees."""
        return _LABELS[self]


_LABELS = {
    Prospect.MET: "已经达到",
    Prospect.REACHABLE: "可以达到",
    Prospect.FILL_FIRST: "先补充缺少的数据",
    Prospect.BLOCKED: "现有可改变的数据都改也达不到",
    Prospect.NOT_FOUND: "在限定的搜索量内没有找到办法,也没有证明达不到",
    Prospect.NOT_IN_FORCE: "当日不适用",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One fact changed; `cost` is steps times the cost of a step."""

    input: Input
    before: Fact
    after: Fact
    steps: int
    cost: Fraction

    @property
    def key(self) -> str:
        """The fact."""
        return self.input.key

    @property
    def quick(self) -> bool:
        """Whether it can be done within the year."""
        return self.input.adjust is not None and self.input.adjust.quick

    def sentence(self, language: str = "zh") -> str:
        """The change in words."""
        name = self.input.about.name(language)
        before, after = (self._said(value, language) for value in (self.before, self.after))
        return f"{name}: from {before} to {after}" if language == "en" else f"{name}由{before}变为{after}"

    def _said(self, value: Fact, language: str) -> str:
        if isinstance(value, bool):
            return {"zh": ("否", "是"), "en": ("no", "yes")}[language][value]
        assert isinstance(value, Fraction)
        return figure(value, self.input.unit, language)


@dataclass(frozen=True, slots=True)
class Plan:
    """A set of changes that reaches the goal.

    Attributes:
        proven: nothing cheaper reaches it with the facts that the plan was allowed to change.
        without: facts that were kept as they are to find this alternative; empty for the cheapest plan.
        result: the assessment of the changed firm.
    """

    changes: tuple[Change, ...]
    cost: Fraction
    proven: bool
    without: tuple[str, ...]
    result: Assessment

    @property
    def quick(self) -> bool:
        """Whether all of it can be done within the year."""
        return all(change.quick for change in self.changes)

    @property
    def facts(self) -> dict[str, Fact]:
        """The changed facts."""
        return {change.key: change.after for change in self.changes}


@dataclass(frozen=True, slots=True)
class Advice:
    """What a firm can do about a goal.

    Attributes:
        plans: the cheapest first; alternatives with other sets of facts follow.
        obstacles: conditions that stand against the goal, where it is out of reach.
        to_fill: missing facts that decide, to be filled in first.
        from_day: where the goal is out of reach, the first later day on which it may not be, all else being equal.
        tests: how many boxes of changes were looked at, a measure of the work.
    """

    goal: Goal
    prospect: Prospect
    present: Assessment
    plans: tuple[Plan, ...]
    obstacles: tuple[Obstacle, ...]
    to_fill: tuple[str, ...]
    from_day: dt.date | None
    tests: int


def advise(
    standard: Standard,
    facts: Facts,
    as_of: dt.date,
    goal: Goal = PASSING,
    *,
    places: Mapping[str, Fraction] | None = None,
    dictionary: Mapping[str, Input] = MappingProxyType({}),
    most_plans: int = 3,
    effort: int = EFFORT,
) -> Advice:
    """Find the cheapest changes that bring a firm to a goal.

    Args:
        facts: what is known, in base units; what is missing stays missing.
        places: place within the peer group by part; taken as unmoved by the changes.
        dictionary: all facts that may be known (of the catalogue), so that no whole falls below a part that this
            standard does not ask.
        most_plans: the cheapest and at most so many less one alternatives.
        effort: boxes of changes looked at, at most, in each search.
    """
    present = assess(standard, facts, as_of, places)
    if present.outcome is Outcome.NOT_IN_FORCE:
        return Advice(goal, Prospect.NOT_IN_FORCE, present, (), (), (), None, 0)
    if goal.met(present):
        return Advice(goal, Prospect.MET, present, (), (), (), None, 0)
    wish = Wish(standard, facts, as_of, goal, places, dictionary)
    plan, proven, tests = _plan(wish, (), effort)
    to_fill = wish.doubt.deciding(wish.present) if wish.open.can(goal, wish.present) else ()
    if plan is None:
        return _without_plan(wish, present, proven, tests)
    plans = [plan]
    for without in _kept(plan, wish.levers):
        if len(plans) < most_plans:
            other, _, more = _plan(wish, without, effort // 4)
            tests += more
            if other is not None and all(set(other.facts) != set(item.facts) for item in plans):
                plans.append(other)
    plans[1:] = sorted(plans[1:], key=lambda item: item.cost)
    return Advice(goal, Prospect.REACHABLE, present, tuple(plans), (), to_fill, None, tests)


def _without_plan(wish: Wish, present: Assessment, proven: bool, tests: int) -> Advice:
    goal = wish.goal
    if not proven:
        return Advice(goal, Prospect.NOT_FOUND, present, (), (), (), None, tests)
    if wish.open.can(goal, wish.widest):
        to_fill = wish.doubt.deciding(wish.widest) or wish.doubt.deciding(wish.present)
        if to_fill:
            return Advice(goal, Prospect.FILL_FIRST, present, (), (), to_fill, None, tests)
    day = reachable_when(wish)
    return Advice(goal, Prospect.BLOCKED, present, (), obstacles(wish), (), day, tests)


def _kept(plan: Plan, levers: Iterable[Lever]) -> Iterator[tuple[str, ...]]:
    """Facts to keep as they are for an alternative: first all that take long, then each changed one, costliest first."""
    if not plan.quick:
        yield tuple(dict.fromkeys(lever.key for lever in levers if not lever.quick))
    for change in sorted(plan.changes, key=lambda item: -item.cost):
        yield (change.key,)


def _plan(wish: Wish, without: tuple[str, ...], effort: int) -> tuple[Plan | None, bool, int]:
    levers = tuple(lever for lever in wish.levers if lever.key not in without)
    search = Search(_Kept(wish, without), levers, effort)
    found = search.run()
    if found.moves is None:
        return None, found.proven, found.tests
    changed = search.changed(found.moves)
    result = wish.assessed(changed)
    assert wish.goal.met(result)
    changes = tuple(_changes(wish, changed))
    cost = sum((change.cost for change in changes), Fraction(0))
    return Plan(changes, cost, found.proven, without, result), found.proven, found.tests


class _Kept:
    """A wish with some of its facts kept as they are."""

    def __init__(self, wish: Wish, keys: Iterable[str]) -> None:
        self._wish = wish
        self._cells = {key: wish.present[key] for key in keys}

    def may(self, cells: Cells) -> bool:
        return self._wish.may({**self._cells, **cells})

    def does(self, facts: Facts) -> bool:
        return self._wish.does(facts)

    def refine(self, facts: Facts) -> bool:
        return self._wish.refine(facts)


def _changes(wish: Wish, changed: Mapping[str, Fact]) -> Iterator[Change]:
    for key, after in changed.items():
        item, before = wish.standard.inputs[key], wish.facts[key]
        assert item.adjust is not None
        steps = steps_of(item, before, after)
        yield Change(item, before, after, steps, item.adjust.cost * steps)
