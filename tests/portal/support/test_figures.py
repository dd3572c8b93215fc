"""The figures of support: formulas, time limits, and what is withheld below five firms."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from luming.support import Lane
from luming_portal.support.catalogue import support_shelf
from luming_portal.support.figures import Claim, figures_of
from luming_portal.support.money import fen_of, in_wan, words

FIRST, TODAY = dt.date(2026, 1, 1), dt.date(2026, 11, 27)
DAY = dt.date(2026, 5, 1)


def claim(firm: int, award: int = 300, paid: dt.date | None = DAY, **more: Any) -> Claim:
    """A claim that was settled in spring, and paid unless told otherwise."""
    given = {"item": "star_award", "lane": Lane.FAST, "opened_on": DAY, "approved_on": DAY} | more
    return Claim(firm=firm, award=award, paid_on=paid, **given)


def test_the_formulas() -> None:
    claims = [claim(firm, due_on=DAY) for firm in range(1, 6)]
    claims += [
        claim(6, paid=None, due_on=DAY),
        claim(7, paid=DAY + dt.timedelta(9), due_on=DAY, lane=Lane.AUTOMATIC),
    ]
    found = figures_of(claims, [], TODAY, FIRST, appropriated=3600)
    assert found.fulfilled.share == Fraction(1800, 2100)
    assert found.timely.share == Fraction(5, 7)
    assert found.automatic.share == Fraction(1, 6)
    assert (found.firms, found.paid, found.per_firm) == (6, 1800, 300)
    assert found.executed.percent == "50.0%"


def test_what_is_not_due_yet_does_not_count_as_late() -> None:
    claims = [claim(firm, paid=None, due_on=TODAY + dt.timedelta(1)) for firm in range(6)]
    assert figures_of(claims, [], TODAY, FIRST).timely.whole == 0


def test_other_years_are_left_out() -> None:
    claims = [claim(firm, approved_on=dt.date(2025, 12, 31)) for firm in range(6)]
    found = figures_of(claims, [], TODAY, FIRST)
    assert (found.firms, found.paid, found.fulfilled.percent) == (0, 0, "")


def test_below_five_firms_nothing_is_told() -> None:
    found = figures_of([claim(firm) for firm in range(4)] * 3, [], TODAY, FIRST, blocked=[(1, 300)] * 9)
    assert (found.firms, found.paid, found.per_firm, found.blocked) == (None, None, None, None)
    assert found.fulfilled.share is None
    assert found.automatic.withheld
    assert figures_of([], [], TODAY, FIRST, blocked=[(firm, 300) for firm in range(5)]).blocked == 1500


def test_what_nobody_used_for_a_year_sleeps() -> None:
    items = support_shelf().items.values()
    found = figures_of([claim(1, opened_on=TODAY)], items, TODAY, FIRST)
    assert [one.key for one in found.asleep] == ["rd_share", "star_kept"]
    assert not figures_of([], items, dt.date(2025, 6, 1), FIRST).asleep[1:]


@pytest.mark.django_db
def test_everybody_sees_the_page(client: Any) -> None:
    html = client.get("/support/figures/").content.decode()
    assert "持有星级企业称号补助" in html
    assert client.get("/support/figures/?format=json&year=2026").json()["asleep"] == [
        "rd_share",
        "star_award",
        "star_kept",
    ]


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (30_000_000, 30_000_000, "30 万元"),
        (0, 30_000_000, "预计 0–30 万元"),
        (None, None, ""),
        (0, 1_234_500, "预计 0–1.2345 万元"),
    ],
)
def test_money_in_words(low: int | None, high: int | None, said: str) -> None:
    assert words(low, high) == said


def test_wan_and_fen() -> None:
    from decimal import Decimal

    assert fen_of(Decimal("0.000001")) == 1
    assert in_wan(100_000_000) == "100"
    with pytest.raises(ValueError, match="1E-7"):
        fen_of(Decimal("0.0000001"))
