"""Days of a one-time link, where it stands, and the telephone number that is kept masked."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luming.reporting import (
    DEFAULT_DAYS,
    LONGEST_DAYS,
    InvitationState,
    last_day,
    masked_phone,
    state_of,
)

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1))
NOW = dt.datetime(2025, 10, 3, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@given(DAYS, st.integers(1, LONGEST_DAYS), DAYS)
def test_a_link_lasts_from_today_to_fourteen_days_and_not_beyond_publication(
    today: dt.date, days: int, publish_by: dt.date
) -> None:
    last = last_day(today, days, publish_by)
    assert today <= last <= today + dt.timedelta(days=days)
    assert last <= publish_by or publish_by < today


def test_a_figure_that_is_late_still_gets_its_days() -> None:
    assert last_day(dt.date(2025, 10, 20), DEFAULT_DAYS, dt.date(2025, 10, 10)) == dt.date(2025, 10, 23)
    assert last_day(dt.date(2025, 10, 10), 14, dt.date(2025, 10, 10)) == dt.date(2025, 10, 10)


@pytest.mark.parametrize("days", [0, -1, LONGEST_DAYS + 1])
def test_other_numbers_of_days_are_refused(days: int) -> None:
    with pytest.raises(ValueError, match="14天"):
        last_day(dt.date(2025, 10, 3), days, dt.date(2025, 10, 10))


@pytest.mark.parametrize(
    ("opened", "used", "withdrawn", "expires", "state"),
    [
        (None, None, None, HOUR, InvitationState.UNOPENED),
        (NOW, None, None, HOUR, InvitationState.OPENED),
        (NOW, None, None, 0 * HOUR, InvitationState.EXPIRED),
        (None, None, None, -HOUR, InvitationState.EXPIRED),
        (NOW, None, NOW, -HOUR, InvitationState.WITHDRAWN),
        (NOW, NOW, None, -HOUR, InvitationState.USED),
    ],
)
def test_where_a_link_stands(
    opened: dt.datetime | None,
    used: dt.datetime | None,
    withdrawn: dt.datetime | None,
    expires: dt.timedelta,
    state: InvitationState,
) -> None:
    found = state_of(NOW, expires_at=NOW + expires, opened_at=opened, used_at=used, withdrawn_at=withdrawn)
    assert found is state
    assert found.is_open == (state in (InvitationState.OPENED, InvitationState.UNOPENED))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("", ""),
        (" ", ""),
        ("138 0000 1234", "138****1234"),
        ("0472-5612345", "047****2345"),
        ("5612345", "****2345"),
        ("+8613800001234", "+86****1234"),
    ],
)
def test_of_a_number_the_middle_is_not_kept(written: str, kept: str) -> None:
    assert masked_phone(written) == kept


@given(st.from_regex(r"\A1[0-9]{10}\Z"))
def test_a_masked_number_gives_away_seven_digits_at_most(written: str) -> None:
    assert sum(sign.isdigit() for sign in masked_phone(written)) == 7


@pytest.mark.parametrize(
    "written", ["12", "abc", "1380000123４", "1" * 16, "+", "138;0000", "＋8613800001234"]
)
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="7至15位"):
        masked_phone(written)
