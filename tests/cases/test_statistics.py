"""Figures of many cases, and what few cases do not tell."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.small import CALENDAR, SMALL, at, filed, process, steps
from cases.walking import walk
from luming.cases import Outcome, Rate, call_back, most_frequent, open_case, statistics, three_rates, withdraw


def refused(title: str = "一件事项"):
    case = filed(at(5, 6), title=title)
    return steps(case, ("accept", "window", at(5, 8)), ("refuse", "unit", at(5, 15)))


def returned():
    return steps(filed(at(5, 6)), ("return", "window", at(5, 7)), ("resubmit", "firm", at(5, 20)))


def test_volumes_days_and_returns():
    draft = open_case(process(), at=at(5, 6), by="firm")
    gone = withdraw(filed(at(5, 6)), at=at(5, 7), by="firm", role="firm")
    found = statistics(process(), [draft, gone, *[refused()] * 5, returned()], CALENDAR, at(5, 21))
    assert (found.filed, found.going, found.outcomes) == (7, 1, {Outcome.WITHDRAWN: 1, Outcome.REFUSED: 5})
    assert found.in_states == {"filed": 1}
    assert (found.states["review"].number, found.states["review"].middle, found.states["review"].longest) == (
        5,
        5,
        5,
    )
    assert found.states["supplement"].middle is None
    assert (found.total.number, found.total.middle, found.total.mean) == (6, 7, Fraction(36, 6))
    assert (found.returned.part, found.returned.whole) == (1, 7)
    assert (found.at_once.part, found.at_once.whole) == (6, 6)
    assert (found.clocks["handle"].part, found.clocks["handle"].whole) == (5, 5)
    assert (found.clocks["accept"].part, found.clocks["accept"].whole, found.late_now) == (0, 6, 0)


def test_days_of_waiting_for_a_supplement_are_not_the_offices():
    case = steps(returned(), ("accept", "window", at(5, 21)), ("refuse", "unit", at(5, 22)))
    found = statistics(process(), [case] * 5, CALENDAR, at(5, 23))
    assert (found.total.middle, found.states["supplement"].middle) == (3, 9)
    assert found.at_once.value == 0


def test_a_going_case_that_is_late_counts_as_late_already():
    found = statistics(process(), [filed(at(5, 6))] * 5, CALENDAR, at(5, 14, 0))
    assert (found.clocks["accept"].value, found.late_now) == (1, 5)
    assert statistics(process(), [filed(at(5, 6))] * 5, CALENDAR, at(5, 13, 23)).clocks["accept"].whole == 0


@given(st.integers(0, 30), st.integers(0, 30))
def test_a_rate_over_fewer_than_five_is_not_told(part, more):
    rate = Rate(part, part + more)
    assert rate.suppressed is (0 < rate.whole < 5)
    if rate.whole < 5:
        assert rate.value is None
        assert "%" not in rate.said
    else:
        assert rate.value == Fraction(part, rate.whole)
        assert f"({part}/{rate.whole})" in rate.said


def test_solved_and_satisfied_come_from_the_call_back_alone():
    approved = steps(filed(at(5, 6)), ("accept", "window", at(5, 7)), ("approve", "unit", at(5, 8)))
    silent = three_rates(process(), [approved] * 6, CALENDAR, at(5, 9))
    assert (silent.solved.whole, silent.satisfied.whole, silent.response) == (0, 0, None)
    said = call_back(approved, at=at(5, 9), by="w", role="window", reached=True, solved=True, satisfied=False)
    again = call_back(said, at=at(5, 10), by="w", role="window", reached=True, solved=False, satisfied=False)
    assert three_rates(process(), [said] * 6, CALENDAR, at(5, 9)).solved.value == 1
    assert three_rates(process(), [again] * 6, CALENDAR, at(5, 11)).solved.value == 0


def test_withdrawn_and_refused_cases_are_not_counted_in_the_rates():
    said = call_back(refused(), at=at(5, 16), by="w", role="window", reached=True, solved=False)
    assert three_rates(process(), [said] * 9, CALENDAR, at(5, 17)).solved.whole == 0


def test_the_same_problem_of_many_is_found():
    cases = [refused("物流费高"), refused("用电报装"), refused("物流费高")]
    assert most_frequent(cases, "title") == [("物流费高", 2), ("用电报装", 1)]


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_every_filed_case_is_counted_once(data):
    cases = [walk(process(), data.draw, 10) for _ in range(data.draw(st.integers(0, 6)))]
    found = statistics(process(), cases, CALENDAR, at(12, 1))
    assert (
        found.filed
        == found.going + sum(found.outcomes.values())
        == sum(len(case.steps) > 1 for case in cases)
    )
    assert found.going == sum(found.in_states.values())
    for rate in (*found.clocks.values(), found.returned, found.at_once, found.rates.solved):
        assert 0 <= rate.part <= rate.whole


def test_an_older_version_without_a_clock_does_not_disturb():
    old = process(SMALL.replace("  handle:", "  handled:").replace("clock: handle,", "clock: handled,").replace("clock_running:handle", "clock_running:handled"))  # fmt: skip
    case = steps(
        open_case(old, at=at(5, 6), by="f"),
        ("file", "firm", at(5, 6), {"title": "一件事项", "level": "一般"}),
    )
    assert statistics(process(), [case], CALENDAR, at(5, 7)).clocks["handle"].whole == 0
