"""Days of the cycle and steps of reminding, at every edge."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luming.reporting import DEFAULT_RHYTHM, Reminding, dates_of, reminding_on

DUE = dt.date(2025, 10, 5)


def test_a_month_is_reported_in_the_one_that_follows() -> None:
    found = dates_of(2025, 9)
    assert (found.opens_on, found.due_on) == (dt.date(2025, 10, 1), DUE)
    assert (found.verify_by, found.publish_by) == (dt.date(2025, 10, 8), dt.date(2025, 10, 10))
    assert dates_of(2025, 12).opens_on == dt.date(2026, 1, 1)


def test_a_month_opened_late_is_due_later_by_as_many_days() -> None:
    assert (
        dates_of(2025, 9, dt.date(2025, 9, 20))
        == dates_of(2025, 9)
        == dates_of(2025, 9, dt.date(2025, 10, 1))
    )
    late = dates_of(2025, 9, dt.date(2026, 11, 27))
    assert (late.due_on, late.verify_by) == (dt.date(2026, 12, 1), dt.date(2026, 12, 4))
    assert late.publish_by == dt.date(2026, 12, 6)


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (-4, Reminding.NOT_YET),
        (-3, Reminding.AHEAD),
        (-1, Reminding.AHEAD),
        (0, Reminding.TODAY),
        (1, Reminding.BLUE),
        (4, Reminding.BLUE),
        (5, Reminding.YELLOW),
        (9, Reminding.YELLOW),
        (10, Reminding.RED),
        (14, Reminding.RED),
        (15, Reminding.MEETING),
        (400, Reminding.MEETING),
    ],
)
def test_steps_at_their_edges(days: int, step: Reminding) -> None:
    assert reminding_on(DUE + dt.timedelta(days=days), DUE) is step


@given(st.integers(-40, 400), st.integers(0, 40))
def test_reminding_never_grows_milder(days: int, more: int) -> None:
    order = list(Reminding)
    now = reminding_on(DUE + dt.timedelta(days=days), DUE)
    later = reminding_on(DUE + dt.timedelta(days=days + more), DUE)
    assert order.index(later) >= order.index(now)


def test_a_letter_goes_with_red_and_what_follows() -> None:
    assert [step for step in Reminding if step.wants_letter] == [Reminding.RED, Reminding.MEETING]
    assert not Reminding.TODAY.is_overdue
    assert DEFAULT_RHYTHM.report_day < DEFAULT_RHYTHM.verify_day < DEFAULT_RHYTHM.sheet_day
