"""What a strict reader found to be wrong once, each by its symptom: no figure counts twice, none counts too early, and
no light says more than is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from luming.errors import PeriodError, UnitMismatch
from luming.facts import FactBook, Frequency, IndicatorKind, Status
from luming.mark import Mark
from luming.monitor import Assessment, Light, assess
from luming.monitor.exact import in_unit
from luming.monitor.known import Known
from luming.pack.model import Curve, Identity
from luming.pack.terms import Comparator

Make = Callable[..., Any]
CITY = "某市"


@pytest.fixture
def one(pack: Make, target: Make, indicator: Make) -> Callable[..., Assessment]:
    """Assess one target: facts, day, and what is special about target and indicator."""

    def made(facts: Any, as_of: str, goal: Any = None, held: Any = None, **changes: Any) -> Assessment:
        goal, held = goal or target(), held or indicator()
        return assess(pack((goal, held), **changes), facts, dt.date.fromisoformat(as_of)).assessments[0]

    return made


def _at_year_end() -> tuple[Curve, ...]:
    return (Curve(target="output", kind="year_end", mark=Mark.OURS),)


def test_two_spellings_of_a_year_are_one_year_and_the_published_figure_stands(one: Make, fact: Make) -> None:
    facts = [
        fact("2025", "1300"),
        fact("2025-01/2025-12", "900", status=Status.ESTIMATE, recorded_on=dt.date(2026, 1, 20)),
    ]
    found = one(facts, "2026-02-01")
    assert [held.value for held in found.series] == [1300]
    assert found.light.light is Light.GREEN


def test_parts_are_added_to_the_whole_however_their_year_is_spelt(
    pack: Make, target: Make, indicator: Make, fact: Make
) -> None:
    pairs = [(target(id), indicator(id)) for id in ("output", "one", "other")]
    held = pack(
        *pairs, identities=(Identity(id="sum", whole="output", factors=("one", "other"), operation="sum"),)
    )
    facts = [fact("2025", "1000"), fact("2025-01/2025-12", "300", "one"), fact("2025-H1", "1", "other")]
    facts.append(fact("2025-01/2025-12", "400", "other"))
    found = assess(held, facts, dt.date(2026, 2, 1)).contradictions
    assert [item.id.split(".")[0] for item in found if "figures" in item.id] == ["parts_figures"]


def test_book_and_monitor_name_the_same_figure_of_two(fact: Make) -> None:
    facts = [
        fact("2025-07", "100"),
        fact("2025-07", "200", id="later", status=Status.DERIVED, recorded_on=dt.date(2025, 8, 30)),
    ]
    day = dt.date(2025, 9, 30)
    assert FactBook(facts).series(CITY, "output", day) == Known(facts, day).series(CITY, "output")
    assert [held.value for held in FactBook(facts).series(CITY, "output")] == [100]


def test_green_needs_the_growth_demanded_to_be_known(one: Make, fact: Make, target: Make) -> None:
    found = one([fact("2025", "1300")], "2026-02-01", target(growth="10"))
    assert found.light.light is Light.GREY
    assert "缺2024年同期的同口径基数" in found.light.reason
    assert [str(item.period) for item in found.missing] == ["2024"]


def test_a_level_clearly_behind_is_red_though_the_base_is_missing(
    one: Make, fact: Make, target: Make
) -> None:
    assert one([fact("2025", "600")], "2026-02-01", target(growth="10")).light.light is Light.RED


def test_a_level_reached_goes_stale_while_growth_is_demanded(one: Make, fact: Make, target: Make) -> None:
    facts = [fact("2024-01/2024-06", "1000"), fact("2025-01/2025-06", "1300")]
    assert one(facts, "2025-07-20", target(growth="10")).light.light is Light.GREEN
    assert one(facts, "2025-11-20", target(growth="10")).light.light is Light.GREY
    assert one(facts, "2025-11-20").light.light is Light.GREEN, (
        "without a growth demand what is reached lasts"
    )


def test_a_cap_that_held_to_the_end_is_kept(one: Make, fact: Make, target: Make) -> None:
    goal = target(comparator=Comparator.AT_MOST, value=Decimal(100))
    found = one([fact("2025", "80")], "2026-02-01", goal)
    assert found.light.light is Light.GREEN
    assert "到期未达到目标" not in found.light.reason
    assert "已达到目标" in found.light.reason


def test_five_where_exactly_three_were_asked_is_not_ahead(
    one: Make, fact: Make, target: Make, indicator: Make
) -> None:
    goal = target(comparator=Comparator.EQUAL, value=Decimal(3), unit="个", basis="恰好为此数")
    found = one([fact("2025", "5", unit="个")], "2026-02-01", goal, indicator(unit="个"))
    assert found.standing.completion == Decimal("0.6")
    assert found.standing.gap == 2
    assert found.light.light is Light.RED
    assert "超前" not in found.light.reason


def test_a_yearly_total_recorded_in_july_is_not_judged_as_final(one: Make, fact: Make) -> None:
    early = fact("2025", "600", recorded_on=dt.date(2025, 7, 10))
    found = one([early], "2025-07-20")
    assert found.light.light is Light.GREY
    assert "登记于2025年7月10日,早于该时期结束" in found.light.reason
    beside = one([early, fact("2025-01/2025-06", "620")], "2025-07-20")
    assert beside.standing.gap == 580
    assert "未计入" in beside.light.reason


def test_a_stock_recorded_in_july_for_the_year_is_held_against_july(
    one: Make, fact: Make, target: Make, indicator: Make
) -> None:
    firms = indicator(kind=IndicatorKind.STOCK, unit="家")
    facts = [
        fact("2024", "1000", unit="家"),
        fact("2025", "1060", unit="家", recorded_on=dt.date(2025, 7, 10)),
    ]
    found = one(facts, "2025-07-20", target(value=Decimal(1100), unit="家"), firms)
    assert found.standing.scheduled == pytest.approx(Decimal(191) / 365, abs=Decimal("0.0001"))
    assert found.light.light is Light.GREEN


def test_a_figure_of_29_february_asks_for_28_february(
    one: Make, fact: Make, target: Make, indicator: Make
) -> None:
    firms = indicator(kind=IndicatorKind.STOCK, unit="家")
    goal = target(value=Decimal(1100), unit="家", growth="10", deadline=dt.date(2024, 12, 31))
    found = one([fact("2024-02-29", "1000", unit="家")], "2024-03-20", goal, firms)
    assert "2023-02-28" in [str(item.period) for item in found.missing]


def test_a_target_of_2027_does_not_ask_for_the_figure_it_has(
    one: Make, fact: Make, target: Make, indicator: Make
) -> None:
    firms = indicator(kind=IndicatorKind.STOCK, unit="家")
    goal = target(value=Decimal(1100), unit="家", growth="10", deadline=dt.date(2027, 12, 31))
    found = one([fact("2025-06", "1000", unit="家")], "2025-07-20", goal, firms)
    assert str(found.missing[-1].period) == "2024-06"


def test_a_quarterly_flow_asks_for_the_quarter_and_not_for_three_months(
    one: Make, fact: Make, indicator: Make
) -> None:
    found = one([fact("2025-Q2", "300")], "2025-07-20", held=indicator(frequency=Frequency.QUARTER))
    assert [str(item.period) for item in found.missing] == ["2025-Q1"]
    assert "缺2025年第一季度数据" in found.light.reason


def test_days_missing_within_a_month_are_named(one: Make, fact: Make) -> None:
    found = one([fact("2025-01-01/2025-01-10", "10"), fact("2025-02", "300")], "2025-02-01")
    assert "2025年2月" not in found.light.reason, "not known yet"
    found = one([fact("2025-01-01/2025-01-10", "10"), fact("2025-02", "300")], "2025-03-20")
    assert "因缺2025年1月11日至2025年1月31日数据未计入" in found.light.reason


def test_fifteen_mu_are_one_hectare() -> None:
    assert in_unit(Decimal(15), "亩", "公顷") == 1
    assert in_unit(Decimal(1), "公顷", "亩") == 15
    assert in_unit(Decimal(3), "平方米", "亩") == Fraction(9, 2000)
    with pytest.raises(UnitMismatch):
        in_unit(Decimal(1), "亩", "吨")


def test_ten_day_reports_are_added_up_to_the_day_they_end(one: Make, fact: Make) -> None:
    facts = [fact("2025-01-01/2025-01-10", "30"), fact("2025-01-11/2025-01-20", "30")]
    latest = one(facts, "2025-02-05").standing.latest
    assert latest is not None
    assert latest.period.end == dt.date(2025, 1, 20)


@pytest.mark.parametrize("value", ["8.3", "95"])
def test_before_the_day_of_judgement_the_light_is_grey_and_not_green(
    one: Make, fact: Make, value: str
) -> None:
    facts = [fact("2025-01/2025-06", Decimal(value) * 12)]
    found = one(facts, "2025-07-20", curves=_at_year_end())
    assert found.light.light is Light.GREY
    assert "年末考核,尚未到考核时点" in found.light.reason
    assert not found.missing


def test_a_target_of_the_year_end_reached_early_is_green(one: Make, fact: Make) -> None:
    found = one([fact("2025-01/2025-06", "1200")], "2025-07-20", curves=_at_year_end())
    assert found.light.light is Light.GREEN


def test_growth_of_minus_one_hundred_percent_is_a_sentence_and_no_crash(
    one: Make, fact: Make, target: Make, indicator: Make
) -> None:
    rate = indicator(kind=IndicatorKind.GROWTH, unit="%")
    found = one([fact("2025-06", "2", unit="%")], "2025-07-20", target(value=Decimal(-100), unit="%"), rate)
    assert found.light.light is Light.GREY
    assert "请核实目标" in found.light.reason


def test_a_fall_in_percent_not_reached_is_not_green(
    one: Make, fact: Make, target: Make, indicator: Make
) -> None:
    """“能耗下降3%” with a fall of 1 %: the level implied is behind, though both numbers are below zero."""
    rate = indicator(kind=IndicatorKind.GROWTH, unit="%")
    goal = target(comparator=Comparator.AT_MOST, value=Decimal(-30), unit="%")
    found = one([fact("2025-06", "-1", unit="%")], "2025-07-20", goal, rate)
    assert found.standing.completion == pytest.approx(Decimal(70) / 99, abs=Decimal("0.0001"))
    assert found.light.light is Light.YELLOW


@pytest.mark.parametrize("day", [dt.date(1, 1, 15), dt.date(9999, 12, 31)])
def test_a_day_out_of_reach_is_a_sentence(pack: Make, fact: Make, day: dt.date) -> None:
    with pytest.raises(PeriodError, match="太远"):
        assess(pack(), [fact("2025", "1")], day)


def test_a_deadline_out_of_reach_is_a_sentence(pack: Make, target: Make, indicator: Make) -> None:
    held = pack((target(deadline=dt.date(9999, 12, 31)), indicator()))
    with pytest.raises(PeriodError, match="太远"):
        assess(held, [], dt.date(2025, 6, 30))


def test_a_growth_of_a_level_is_missed_in_the_unit_of_the_level(
    one: Make, target: Make, indicator: Make, fact: Make
) -> None:
    goal = target(value=Decimal(10), unit="%", comparator=Comparator.AT_LEAST)
    facts = [fact("2024", "100"), fact("2025-01/2025-06", "50")]
    standing = one(facts, "2025-07-20", goal).standing
    assert (standing.gap, standing.gap_unit) == (Decimal(60), "亿元")
    held = indicator(unit="%", kind=IndicatorKind.RATIO)
    share = one([fact("2025-06", "4", unit="%")], "2025-07-20", goal, held).standing
    assert (share.gap, share.gap_unit) == (Decimal(6), "个百分点")
