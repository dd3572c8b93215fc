"""What a box of facts may reach: never said no wrongly, and the same at a glance as exactly."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luming.standards import assess
from luming.standards.advice.glance import Glance, fits
from luming.standards.advice.search import Search
from luming.standards.advice.wish import Wish
from luming.standards.evaluator import Fact
from standards.small_standards import DAY, firms, goals, standards

ALL = list(HealthCheck)


@given(st.data())
@settings(deadline=None, max_examples=50, suppress_health_check=ALL)
def test_a_box_is_seen_the_same_at_a_glance(data: st.DataObject) -> None:
    standard = data.draw(standards())
    facts = data.draw(firms(standard, missing=data.draw(st.booleans())))
    goal = data.draw(goals(standard))
    wish = Wish(standard, facts, DAY, goal)
    search = Search(wish, wish.levers)
    case = wish.doubt.case(wish.present)
    chance = data.draw(st.randoms(use_true_random=False))
    for run in [wish.open] if case is None else [wish.open, wish.doubt.run(case, wish.keys)]:
        assert fits(run)
        glance = Glance(run, goal, wish.whole)
        for _ in range(15):
            ends = [sorted(chance.choices(range(lever.most + 1), k=2)) for lever in wish.levers]
            cells = search.cells([low for low, _ in ends], [high for _, high in ends])
            assert glance.can(cells) == run.can(goal, cells)


@given(st.data())
@settings(deadline=None, max_examples=50, suppress_health_check=ALL)
def test_a_box_that_holds_a_point_that_does_may_do(data: st.DataObject) -> None:
    standard = data.draw(standards())
    facts = data.draw(firms(standard, missing=data.draw(st.booleans())))
    goal = data.draw(goals(standard))
    wish = Wish(standard, facts, DAY, goal)
    search = Search(wish, wish.levers)
    chance = data.draw(st.randoms(use_true_random=False))
    for _ in range(25):
        ends = [sorted(chance.choices(range(lever.most + 1), k=3)) for lever in wish.levers]
        changed = search.changed(tuple(middle for _, middle, _ in ends))
        does = wish.does(changed)
        wish.refine(changed)
        if does:
            assert wish.may(search.cells([low for low, _, _ in ends], [high for _, _, high in ends]))


@given(st.data())
@settings(deadline=None, max_examples=50, suppress_health_check=ALL)
def test_a_case_of_what_is_missing_stands_against_the_goal(data: st.DataObject) -> None:
    standard = data.draw(standards())
    facts = data.draw(firms(standard, missing=True))
    goal = data.draw(goals(standard))
    wish = Wish(standard, facts, DAY, goal)
    case = wish.doubt.case(wish.present)
    if case is None or case.judged:
        return
    filled: dict[str, Fact] = dict(facts)
    for key, value in case.facts.items():
        if isinstance(value, Fraction | bool | str):
            filled[key] = value
    assert not goal.met(assess(standard, filled, DAY))
