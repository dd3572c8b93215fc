"""What the cycle of a month asks Baotou's units for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from luming.mark import Mark
from luming.pack import Pack, load
from luming.reporting import Breadth, asked_for, progress_for


@pytest.fixture(scope="module")
def pack(root: Path) -> Pack:
    """Baotou's document of 2025."""
    return load(root / "packs/baotou/2025-1")


def test_each_indicator_is_asked_once_of_one_unit(pack: Pack) -> None:
    for month in range(1, 13):
        asked = asked_for(pack, 2025, month)
        assert len({one.indicator for one in asked}) == len(asked)
        assert all(one.unit and one.lead and one.targets for one in asked)


def test_no_figure_is_asked_for_before_it_can_be_known(pack: Pack) -> None:
    for one in asked_for(pack, 2025, 9):
        indicator = pack.indicator(one.indicator)
        assert one.period.end.isoformat() <= "2025-09-30"
        assert one.period.end + dt.timedelta(days=indicator.lag_days) <= dt.date(2025, 10, 31)


def test_monthly_totals_are_asked_for_the_very_month(pack: Pack) -> None:
    asked = {one.indicator: one for one in asked_for(pack, 2025, 9)}
    monthly = [
        id for id in asked if pack.indicator(id).frequency == "month" and pack.indicator(id).lag_days <= 31
    ]
    assert monthly
    assert {asked[id].period.end.month for id in monthly} == {9}


def test_what_is_known_is_not_asked_again(pack: Pack) -> None:
    first, *others = asked_for(pack, 2025, 9)
    assert asked_for(pack, 2025, 9, {(first.subject, first.indicator, first.period)}) == tuple(others)


def test_an_inferred_division_of_labour_says_so(pack: Pack) -> None:
    marks = {one.mark for one in asked_for(pack, 2025, 9)}
    assert marks == {Mark.EXPECTED}


def test_progress_is_asked_of_those_in_charge_of_numbered_measures(pack: Pack) -> None:
    assert progress_for(pack, 2025, 9, Breadth.FIGURES) == ()
    leads = progress_for(pack, 2025, 9, Breadth.LEADS)
    everybody = progress_for(pack, 2025, 9, Breadth.ALL)
    assert {one.measure for one in leads} == {
        measure.id for measure in pack.measures if measure.number and measure.id[0] == "m"
    }
    assert set(leads) < set(everybody)
    assert all(one.leads_itself for one in leads)
    assert all(one.indicator == "" and one.period.text == "2025-09" for one in everybody)


def test_nobody_tells_a_measure_twice_and_groups_are_not_asked(pack: Pack) -> None:
    asked = [(one.unit, one.measure) for one in progress_for(pack, 2025, 9, Breadth.ALL)]
    assert len(asked) == len(set(asked))
    assert not [unit for unit, _measure in asked if unit.startswith("各")]
    assert len({unit for unit, _measure in asked}) >= 28


def test_what_a_supporting_unit_tells_goes_to_the_first_lead(pack: Pack) -> None:
    for one in progress_for(pack, 2025, 9, Breadth.ALL):
        duty = pack.duty_of(one.measure)
        assert duty is not None
        assert one.lead == (one.unit if one.unit in duty.lead else duty.lead[0])
