"""Slippage: the days behind, what they follow from, and why there are none; more done never means later."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luming.errors import UnitMismatch
from luming.monitor import Basis, Investment, Milestone, Pace, is_overdue, slippage

DAY = dt.date(2026, 6, 30)
START = dt.date(2026, 1, 1)


def step(label: str, due: int, done: int | None = None) -> Milestone:
    """A milestone due and done so many days after the start."""
    return Milestone(
        label,
        START + dt.timedelta(days=due),
        done_on=None if done is None else START + dt.timedelta(days=done),
    )


def month(number: int, planned: str | None, actual: str | None, unit: str = "亿元") -> Investment:
    """A month of 2026."""
    first = dt.date(2026, number, 1)
    last = dt.date(2026 + number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)
    sums = [None if one is None else Decimal(one) for one in (planned, actual)]
    return Investment(first, last, sums[0], sums[1], unit)


def test_nothing_is_said_without_milestones():
    found = slippage([], [], DAY)
    assert (found.pace, found.basis, found.expected, found.days) == (
        Pace.UNKNOWN,
        Basis.NO_MILESTONES,
        None,
        None,
    )


def test_nothing_is_said_before_anything_was_due():
    found = slippage([step("竣工", 400)], [month(1, "1", None)], DAY)
    assert (found.pace, found.basis, found.expected) == (Pace.UNKNOWN, Basis.NOTHING_YET, None)
    assert found.planned == START + dt.timedelta(days=400)


def test_investment_alone_tells_days_but_no_finish():
    found = slippage([], [month(1, "1", "1"), month(2, "2", "1")], DAY)
    assert (found.pace, found.days, found.expected, found.planned) == (Pace.LATE, 28, None, None)
    assert found.figure_of == dt.date(2026, 2, 28)


@pytest.mark.parametrize(("day", "days"), [(-1, None), (0, None), (1, 1), (30, 30)])
def test_an_open_milestone_is_overdue_from_the_day_after_it_was_due(day, days):
    one = step("封顶", 100)
    as_of = one.due + dt.timedelta(days=day)
    found = slippage([one], [], as_of)
    assert is_overdue(one, as_of) == (days is not None)
    assert found.days == days
    if days:
        assert (found.basis, found.expected) == (Basis.OVERDUE, as_of)


@pytest.mark.parametrize(
    ("done", "pace", "days"), [(99, Pace.ON_TIME, 0), (100, Pace.ON_TIME, 0), (101, Pace.LATE, 1)]
)
def test_the_delay_of_the_latest_finished_milestone_is_carried_on(done, pace, days):
    found = slippage([step("开工", 10, 60), step("封顶", 100, done), step("竣工", 300)], [], DAY)
    assert (found.pace, found.days) == (pace, days)
    assert found.expected == START + dt.timedelta(days=300 + days)
    assert found.basis is (Basis.CARRIED if days else Basis.NOTHING_LATE)


def test_made_up_time_is_made_up():
    assert slippage([step("一", 10, 60), step("二", 100, 100), step("三", 300)], [], DAY).days == 0


def test_work_done_early_never_moves_the_finish_before_the_plan():
    found = slippage([step("一", 150, 10), step("二", 300)], [], DAY)
    assert found.expected == found.planned


@pytest.mark.parametrize("days", [-5, 0, 7])
def test_a_finished_project_is_told_by_its_days(days):
    found = slippage([step("一", 10, 10), step("二", 100, 100 + days)], [], DAY)
    assert (found.pace, found.basis, found.days) == (Pace.DONE, Basis.FINISHED, days)
    assert found.expected == START + dt.timedelta(days=100 + days)


def test_what_was_done_after_the_day_was_not_yet_done():
    one = step("封顶", 100, 179)
    assert slippage([one], [], START + dt.timedelta(days=150)).days == 50


def test_investment_behind_its_plan_shifts_the_finish():
    steps = [step("开工", 5, 5), step("竣工", 300)]
    rows = [month(1, "31", None), month(2, "59", None), month(3, "90", "45")]
    found = slippage(steps, rows, DAY)
    assert (found.basis, found.days) == (Basis.INVESTMENT, 45)  # 45 was planned for 14 February
    assert found.expected == START + dt.timedelta(days=345)


@pytest.mark.parametrize("actual", ["90", "95"])
def test_investment_on_or_before_its_plan_shifts_nothing(actual):
    rows = [month(1, "31", None), month(3, "90", actual), month(6, "180", None)]
    assert slippage([step("竣工", 300)], rows, DAY).investment_days == 0


def test_units_do_not_matter_but_must_be_money():
    rows = [month(1, "31", None), month(2, "59", None), month(3, "900000", "450000", "万元")]
    assert slippage([step("竣工", 300)], rows, DAY).days == 45
    with pytest.raises(UnitMismatch):
        slippage([step("竣工", 300)], [month(1, "1", "1", "吨")], DAY)


def test_a_figure_of_a_period_that_is_not_over_is_left_out():
    rows = [month(5, "5", "5"), month(7, "7", "1")]
    assert slippage([step("竣工", 300)], rows, DAY).figure_of == dt.date(2026, 5, 31)


def test_a_plan_that_falls_carries_nothing():
    rows = [month(1, "10", "1"), month(2, "5", "1")]
    assert slippage([step("竣工", 300)], rows, DAY).basis is Basis.NOTHING_YET


def test_beyond_the_plan_only_a_shortfall_can_be_told():
    plan = [month(1, "10", None), month(2, "20", None)]
    short, full = month(4, None, "20"), month(4, None, "19")
    assert slippage([step("竣工", 300)], [*plan, short], DAY).investment_days is None
    assert slippage([step("竣工", 300)], [*plan, full], DAY).investment_days == 64


def test_nothing_invested_by_then_is_behind_since_the_start():
    assert slippage([step("竣工", 300)], [month(1, "10", None), month(2, "20", "0")], DAY).days == 58


# --- whatever the rows -----------------------------------------------------------------------------------------------

_days = st.integers(0, 400)
_steps = st.lists(
    st.builds(step, st.sampled_from("甲乙丙丁"), _days, st.none() | _days), min_size=1, max_size=7
)
_sums = st.none() | st.integers(0, 50).map(str)
_rows = st.lists(
    st.builds(month, st.integers(1, 12), _sums, _sums, st.sampled_from(["亿元", "万元"])),
    max_size=8,
    unique_by=lambda row: row.end,
)
_as_of = _days.map(lambda day: START + dt.timedelta(days=day))


@given(_steps, _rows, _as_of, st.randoms())
def test_the_order_of_rows_does_not_matter(steps, rows, as_of, chance):
    found = slippage(steps, rows, as_of)
    chance.shuffle(steps)
    chance.shuffle(rows)
    assert slippage(steps, rows, as_of) == found


@given(_steps, _rows, _as_of, st.integers(0, 6), _days)
def test_a_milestone_more_never_means_a_later_finish(steps, rows, as_of, which, done):
    before = slippage(steps, rows, as_of)
    at = which % len(steps)
    earlier = min(done, 400 if steps[at].done_on is None else (steps[at].done_on - START).days)
    steps[at] = step(steps[at].label, (steps[at].due - START).days, earlier)
    after = slippage(steps, rows, as_of)
    if before.expected is not None:
        assert after.expected is not None
        assert after.expected <= before.expected


@given(_steps, _rows, _as_of, st.integers(0, 7), st.integers(0, 30))
def test_more_invested_never_means_a_later_finish(steps, rows, as_of, which, more):
    told = [row for row in rows if row.actual is not None]
    if not told:
        return
    one = told[which % len(told)]
    before = slippage(steps, rows, as_of)
    grown = [replace(row, actual=row.actual + more) if row is one else row for row in rows]
    after = slippage(steps, grown, as_of)
    if before.expected is not None and after.expected is not None:
        assert after.expected <= before.expected


@given(_steps, _rows, _as_of)
def test_an_answer_is_whole_or_says_why_not(steps, rows, as_of):
    found = slippage(steps, rows, as_of)
    assert (found.expected is None) == (found.pace is Pace.UNKNOWN)
    if found.expected is None:
        assert found.basis is Basis.NOTHING_YET
    elif found.pace is not Pace.DONE:
        assert found.expected == found.planned + dt.timedelta(days=found.days)
        assert found.expected >= as_of
        assert (found.pace is Pace.LATE) == (found.days > 0)


@pytest.mark.parametrize("kind", [Pace, Basis])
def test_every_word_has_a_label(kind):
    assert all(item.label for item in kind)
