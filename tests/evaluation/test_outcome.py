"""What became of a target: every outcome just below, at and above its edge, and every reason not to know."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from evaluation.making import (
    AFTER,
    FIRST_HALF,
    YEAR,
    make_fact,
    make_indicator,
    make_material,
    make_pack,
    make_target,
)
from luming.evaluation import Doubt, Movement, Outcome, evaluate
from luming.facts import Frequency, IndicatorKind, Status
from luming.mark import Mark
from luming.pack.model import Curve
from luming.pack.terms import Comparator


def found(*facts, target=None, indicator=None, span=YEAR, as_of=AFTER, curve=None):
    pair = (target or make_target(), indicator or make_indicator())
    pack = make_pack(pair, curves=(Curve(target=pair[0].id, kind=curve, mark=Mark.OURS),) if curve else ())
    return evaluate(make_material(pack, *facts, span=span, as_of=as_of)).memories[0].present


@pytest.mark.parametrize(
    ("value", "outcome"),
    [("1199.999999", Outcome.MISSED), ("1200", Outcome.REACHED), ("1200.000001", Outcome.REACHED)],
)
def test_a_closed_year_is_judged_at_the_target_itself(value, outcome):
    assert found(make_fact("2025", value)).outcome is outcome


def test_a_hair_below_is_not_rounded_up():
    one = found(make_fact("2025", "1199.9999999999999999"))
    assert one.outcome is Outcome.MISSED


@pytest.mark.parametrize(
    ("value", "outcome"), [("80.01", Outcome.MISSED), ("80", Outcome.REACHED), ("79.99", Outcome.REACHED)]
)
def test_an_upper_limit(value, outcome):
    target = make_target(comparator=Comparator.AT_MOST, value=Decimal(80), unit="%")
    indicator = make_indicator(kind=IndicatorKind.RATIO, unit="%")
    assert found(make_fact("2025-12", value, unit="%"), target=target, indicator=indicator).outcome is outcome


def test_without_any_figure():
    one = found()
    assert (one.outcome, one.doubt) == (Outcome.UNKNOWN, Doubt.NO_FIGURE)
    assert one.gap is not None
    assert one.gap.overdue
    assert str(one.gap.period) == "2025"


def test_a_figure_of_september_does_not_judge_the_year():
    one = found(make_fact("2025-01/2025-09", "1100"))
    assert (one.outcome, one.doubt) == (Outcome.UNKNOWN, Doubt.TOO_EARLY)


def test_a_sum_that_has_reached_the_target_in_september_has_reached_it():
    assert found(make_fact("2025-01/2025-09", "1200")).outcome is Outcome.REACHED


def test_a_level_that_was_reached_in_september_may_be_lost_again():
    target = make_target(value=Decimal(65), unit="%")
    indicator = make_indicator(kind=IndicatorKind.RATIO, unit="%")
    one = found(make_fact("2025-09", "70", unit="%"), target=target, indicator=indicator)
    assert (one.outcome, one.doubt) == (Outcome.UNKNOWN, Doubt.TOO_EARLY)


@pytest.mark.parametrize(
    ("value", "outcome"), [("1199", Outcome.UNKNOWN), ("1200", Outcome.REACHED), ("1300", Outcome.REACHED)]
)
def test_a_lower_bound_proves_only_success(value, outcome):
    one = found(make_fact("2025", value, status=Status.LOWER_BOUND))
    assert one.outcome is outcome
    assert (one.doubt is Doubt.BOUND) is (outcome is Outcome.UNKNOWN)


def test_an_estimate_proves_nothing():
    one = found(make_fact("2025", "1500", status=Status.ESTIMATE))
    assert (one.outcome, one.doubt) == (Outcome.UNKNOWN, Doubt.ESTIMATE)


def test_growth_demanded_beside_the_level_decides_too():
    base = make_fact("2024", "1100")
    target = make_target(growth="10")
    assert found(make_fact("2025", "1210"), base, target=target).outcome is Outcome.REACHED
    assert found(make_fact("2025", "1209.99"), base, target=target).outcome is Outcome.MISSED
    one = found(make_fact("2025", "1210"), target=target)
    assert (one.outcome, one.doubt) == (Outcome.UNKNOWN, Doubt.UNDECIDED)


def test_growth_without_a_base_does_not_hide_a_level_that_was_missed():
    assert found(make_fact("2025", "1199"), target=make_target(growth="10")).outcome is Outcome.MISSED


# By 30 June 181 of 365 days are over: 1200 × 181/365 = 595.068…
@pytest.mark.parametrize(
    ("value", "outcome"),
    [("595.06", Outcome.BEHIND), ("595.07", Outcome.ON_TRACK), ("1200", Outcome.REACHED)],
)
def test_half_a_year_against_the_straight_line(value, outcome):
    one = found(make_fact("2025-H1", value), span=FIRST_HALF, curve="linear")
    assert one.outcome is outcome
    assert one.due.numerator == 181
    assert one.due.denominator == 365


@pytest.mark.parametrize(("value", "outcome"), [("595.06", Outcome.UNKNOWN), ("595.07", Outcome.ON_TRACK)])
def test_a_sum_of_the_first_quarter_can_prove_the_half_year_but_not_refute_it(value, outcome):
    one = found(make_fact("2025-Q1", value), span=FIRST_HALF, curve="linear")
    assert one.outcome is outcome


def test_figures_after_the_span_play_no_part():
    one = found(make_fact("2025-Q1", "300"), make_fact("2025", "1500"), span=FIRST_HALF)
    assert str(one.latest.period) == "2025-Q1"
    assert one.outcome is Outcome.UNKNOWN


def test_figures_that_became_known_after_the_day_play_no_part():
    late = make_fact("2025", "1500", recorded_on=dt.date(2026, 3, 2))
    assert found(late, as_of=dt.date(2026, 3, 1)).outcome is Outcome.UNKNOWN
    assert found(late, as_of=dt.date(2026, 3, 2)).outcome is Outcome.REACHED


def test_what_is_judged_once_a_year_is_not_due_in_summer():
    one = found(span=FIRST_HALF, curve="year_end")
    assert one.outcome is Outcome.NOT_DUE
    assert one.doubt is None


def test_rd_totals_of_a_year_come_in_the_autumn_after():
    """The statistic of year t is known in the autumn of t+1 (§6.2): in spring its lack is no omission."""
    indicator = make_indicator(frequency=Frequency.YEAR, lag_days=300)
    spring, winter = found(indicator=indicator), found(indicator=indicator, as_of=dt.date(2026, 10, 28))
    assert spring.gap.due_on == dt.date(2026, 10, 27)
    assert not spring.gap.overdue
    assert not found(indicator=indicator, as_of=dt.date(2026, 10, 27)).gap.overdue
    assert winter.gap.overdue


@pytest.mark.parametrize(
    ("kind", "frequency", "period", "beyond"),
    [
        (IndicatorKind.FLOW, Frequency.MONTH, "2025-H1", False),
        (IndicatorKind.FLOW, Frequency.QUARTER, "2025-H1", False),
        (IndicatorKind.STOCK, Frequency.QUARTER, "2025-06", False),
        (IndicatorKind.RATIO, Frequency.HALF, "2025-06", False),
        (IndicatorKind.FLOW, Frequency.YEAR, "2025", True),
        (IndicatorKind.RATIO, Frequency.YEAR, "2025", True),
    ],
)
def test_the_figure_to_ask_for_in_summer(kind, frequency, period, beyond):
    unit = "%" if kind is IndicatorKind.RATIO else "亿元"
    indicator = make_indicator(kind=kind, frequency=frequency, unit=unit)
    target = make_target(unit=unit, value=Decimal(50))
    one = found(target=target, indicator=indicator, span=FIRST_HALF, curve="linear")
    assert (str(one.gap.period), one.gap.beyond) == (period, beyond)


# --- movement ---


@pytest.mark.parametrize(
    ("value", "movement"),
    [("1000.01", Movement.TOWARDS), ("1000", Movement.STILL), ("999.99", Movement.AWAY)],
)
def test_movement_against_the_year_before(value, movement):
    assert found(make_fact("2024", "1000"), make_fact("2025", value)).movement is movement


def test_of_what_should_fall_a_fall_is_with_the_aim():
    target = make_target(comparator=Comparator.AT_MOST, value=Decimal(80), unit="%")
    indicator = make_indicator(kind=IndicatorKind.RATIO, unit="%")
    facts = (make_fact("2024-12", "90", unit="%"), make_fact("2025-12", "85", unit="%"))
    one = found(*facts, target=target, indicator=indicator)
    assert (one.outcome, one.movement) == (Outcome.MISSED, Movement.TOWARDS)


@pytest.mark.parametrize(
    "base",
    [
        None,
        make_fact("2024", "1000", status=Status.LOWER_BOUND),
        make_fact("2024", "1000", status=Status.ESTIMATE),
    ],
)
def test_without_an_exact_base_movement_is_not_known(base):
    facts = (make_fact("2025", "1300"), *((base,) if base else ()))
    assert found(*facts).movement is Movement.UNKNOWN


def test_movement_of_a_lower_bound_is_not_known():
    assert (
        found(make_fact("2024", "1000"), make_fact("2025", "1300", status=Status.LOWER_BOUND)).movement
        is Movement.UNKNOWN
    )


def test_the_sign_over_a_negative_base_tells_nothing():
    one = found(make_fact("2024", "-10"), make_fact("2025", "5"))
    assert one.movement is Movement.UNKNOWN
