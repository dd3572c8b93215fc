"""在包时间: months by a parameter of days, unknown stays unknown; the procedure asks the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from luming.presence import PresenceRule, days_needed, long_enough

RULE = PresenceRule()
CARD = Path(__file__).parents[1] / "packs/baotou/processes/talent_card.yaml"


@pytest.mark.parametrize(
    ("days", "urgent", "found"),
    [
        (74, False, False),
        (74, True, True),
        (90, False, True),
        (89, False, False),
        (60, True, True),
        (None, True, None),
    ],
)
def test_74_days_are_two_months_and_not_three(days: int | None, urgent: bool, found: bool | None) -> None:
    """Mechanisms reference, section 16, vector 22."""
    assert long_enough(days, RULE, urgent=urgent) is found


def test_how_many_days_are_a_month_is_a_parameter() -> None:
    assert long_enough(74, PresenceRule(days_a_month=24), urgent=False) is True
    assert days_needed(PresenceRule(days_a_month=31), urgent=True) == 62


@pytest.mark.parametrize("days", [-1, 367])
def test_a_year_has_not_more_days(days: int) -> None:
    with pytest.raises(ValueError, match="0至366"):
        long_enough(days, RULE, urgent=False)


def test_the_procedure_of_the_card_asks_the_same() -> None:
    asked = {int(one) for one in re.findall(r"days_in_city>=(\d+)", CARD.read_text(encoding="utf-8"))}
    assert asked == {days_needed(RULE, urgent=False), days_needed(RULE, urgent=True)}
