"""An issued ranking of districts: what is kept, what may be contested, for how long, and the sum behind a score."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luming.comparison import (
    Contested,
    Finding,
    Frozen,
    InputRefused,
    Objecting,
    ObjectionMove,
    ObjectionState,
    contested_value,
    freeze,
    frozen,
    objection_window,
    reranked,
    state_after,
    thaw,
    with_value,
    worked,
)
from luming.monitor import (
    COMPLETION_CAP,
    FORMULA,
    WEIGHTS,
    Ranking,
    RankInput,
    demo_year,
    not_ranked,
    quality_of,
    rank_districts,
)
from luming.pack import load
from luming.period import parse_period
from luming.publication import Order, demo_board
from luming.workdays import state_calendar

CALENDAR = state_calendar()


def row_of(name: str, value: int | None, base: int | None = 40, plan: int | None = 100) -> RankInput:
    held = [None if one is None else Fraction(one) for one in (value, plan, base)]
    reason = "未报2025年1—9月数据" if value is None else ""
    return RankInput(name, "城区", *held, Fraction(1), reason, 9, 9, 0, (f"F-{name}",))


def kept(*inputs: RankInput) -> Frozen:
    return Frozen(rank_districts(inputs), inputs, FORMULA, dict(WEIGHTS), COMPLETION_CAP)


THREE = kept(row_of("甲", 60), row_of("乙", 50), row_of("丙", 40))


# --- the window -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        ("2026-11-27", "2026-12-02"),  # a Friday: Monday, Tuesday, Wednesday
        ("2026-11-28", "2026-12-02"),  # a Saturday begins on Monday as well
        ("2025-09-30", "2025-10-11"),  # eight days off, and a Saturday that is worked
        ("2026-02-13", "2026-02-25"),  # the Saturday after it is worked
    ],
)
def test_the_third_working_day_after_issue_is_the_last(issued: str, last: str) -> None:
    window = objection_window(dt.date.fromisoformat(issued), CALENDAR)
    expected = dt.date.fromisoformat(last)
    assert window.last_day == expected
    assert window.unknown == ""
    assert not window.is_over(expected)
    assert window.is_over(expected + dt.timedelta(days=1))


def test_a_day_beyond_the_calendar_is_unknown_and_nobody_is_late() -> None:
    beyond = dt.date(max(CALENDAR.years), 12, 31)
    window = objection_window(beyond, CALENDAR)
    assert window.last_day is None
    assert f"{beyond.year + 1}年的放假安排" in window.unknown
    assert not window.is_over(dt.date(2100, 1, 1))


# --- the way of an objection ----------------------------------------------------------------------------------------


def test_each_part_has_its_own_moves_and_nothing_settled_moves() -> None:
    filed = ObjectionState.FILED
    ways = {
        (move, part): state_after(filed, move, part)
        for move in ObjectionMove
        for part in Objecting
        if state_after(filed, move, part)
    }
    assert ways == {
        (ObjectionMove.WITHDRAW, Objecting.DISTRICT): ObjectionState.WITHDRAWN,
        (ObjectionMove.ACCEPT, Objecting.OFFICE): ObjectionState.ACCEPTED,
        (ObjectionMove.REJECT, Objecting.OFFICE): ObjectionState.REJECTED,
    }
    for state in ObjectionState:
        for move in ObjectionMove:
            for part in Objecting:
                assert state is filed or state_after(state, move, part) is None


# --- what may be contested ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("input", [Contested.VALUE, Contested.BASE, Contested.PLAN])
def test_a_figure_takes_the_place_of_the_one_contested(input: Contested) -> None:
    item = with_value(row_of("甲", 60), input, Decimal("72.5"))
    assert contested_value(item, input) == Fraction("72.5")
    others = [one for one in Contested if one is not input]
    assert [contested_value(item, one) for one in others] == [
        contested_value(row_of("甲", 60), one) for one in others
    ]


def test_counts_change_the_quality() -> None:
    item = with_value(row_of("甲", 60), Contested.ON_TIME, Decimal(6))
    assert item.quality == (Fraction(6, 9) + 1) / 2
    item = with_value(item, Contested.CORRECTED, Decimal(3))
    assert item.quality == (Fraction(6, 9) + 1 - Fraction(3, 9)) / 2


@pytest.mark.parametrize(
    ("input", "value", "words"),
    [
        (Contested.VALUE, "-0.01", "大于0"),
        (Contested.PLAN, "0", "算不出完成率"),
        (Contested.ON_TIME, "10", "不能多于本年报送的9次"),
        (Contested.ON_TIME, "1.5", "整数"),
        (Contested.CORRECTED, "-1", "大于0"),
    ],
)
def test_a_figure_that_cannot_stand_is_refused(input: Contested, value: str, words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        with_value(row_of("甲", 60), input, Decimal(value))


def test_a_missing_figure_that_is_given_is_ranked() -> None:
    before = kept(row_of("甲", 60), row_of("乙", 50), row_of("丙", None))
    assert before.row_of("丙").rank is None  # type: ignore[union-attr]
    after = reranked(before, [Finding("丙", Contested.VALUE, Decimal(90))])
    assert after.row_of("丙").rank == 1  # type: ignore[union-attr]
    assert after.input_of("丙").reason == ""  # type: ignore[union-attr]


def test_a_base_found_to_be_zero_takes_the_district_out_with_the_reason() -> None:
    after = reranked(THREE, [Finding("甲", Contested.BASE, Decimal(0))])
    row = after.row_of("甲")
    assert row is not None
    assert row.rank is None
    assert "增速不适用" in row.reason


def test_a_finding_on_somebody_else_is_refused() -> None:
    with pytest.raises(InputRefused, match="不在这次比较里"):
        reranked(THREE, [Finding("丁", Contested.VALUE, Decimal(1))])


def test_nothing_found_changes_nothing() -> None:
    assert reranked(THREE, []) == THREE


def test_a_target_without_a_ranking_has_its_reason(root: Path) -> None:
    pack = load(root / "packs/baotou/2025-1")
    facts = demo_year(pack, 2025)
    day = dt.date(2025, 11, 15)
    board = demo_board(Order(pack, facts, day, demo_as_of=day), facts)
    ranked = {ranking.target for ranking in board.rankings}
    left = {target.id: why for target, why in not_ranked(board)}
    assert ranked.isdisjoint(left)
    assert len(ranked) + len(left) == len(pack.targets())
    assert all(left.values())
    for ranking in board.rankings:
        assert rank_districts(ranking.inputs) == ranking.rows
        assert all(item.reports and item.facts for item in ranking.inputs)
        for item in ranking.inputs:
            assert item.quality == quality_of(item.reports, item.on_time, item.corrected)


# --- what is kept ---------------------------------------------------------------------------------------------------

_amount = st.fractions(min_value=0, max_value=10**6, max_denominator=10**4)
_item = st.builds(
    RankInput,
    district=st.text("甲乙丙丁戊己庚辛", min_size=1, max_size=6),
    group=st.sampled_from(["城区", "旗县和矿区"]),
    value=st.none() | _amount,
    plan=st.none() | _amount,
    base=st.none() | _amount,
    quality=st.fractions(min_value=0, max_value=1, max_denominator=24),
    reports=st.integers(0, 12),
    facts=st.lists(st.text(max_size=4), max_size=3).map(tuple),
    last_year=st.none() | _amount,
)
_items = st.lists(_item, min_size=1, max_size=10, unique_by=lambda item: item.district)


@given(_items)
def test_what_is_frozen_comes_back_as_it_was(items: list[RankInput]) -> None:
    held = kept(*items)
    back = thaw(json.loads(json.dumps(freeze(held))))
    assert back == held
    assert rank_districts(back.inputs) == back.rows


def test_a_ranking_is_frozen_with_its_rule() -> None:
    ranking = Ranking("x", parse_period("2025-09"), FORMULA, THREE.rows, "亿元", "t", THREE.inputs)
    held = frozen(ranking)
    assert (held.rows, held.inputs, held.formula) == (THREE.rows, THREE.inputs, FORMULA)
    assert dict(held.weights) == dict(WEIGHTS)


# --- the sum by hand ------------------------------------------------------------------------------------------------


def test_the_sum_behind_a_score() -> None:
    """甲: 0.4×0.6 + 0.3×1 + 0.2×60/150 + 0.1×1 = 0.72."""
    found = worked(THREE.rows[0])
    assert found is not None
    assert [part.points for part in found.parts] == [24, 30, 8, 10]
    assert found.total == found.score == 72
    assert found.agrees
    assert sum(part.weight for part in found.parts) == 1


@pytest.mark.parametrize(
    ("value", "counted", "capped"), [(119, "1.19", False), (120, "1.2", False), (121, "1.2", True)]
)
def test_completion_counts_to_the_cap(value: int, counted: str, capped: bool) -> None:
    held = kept(row_of("甲", value), row_of("乙", 50), row_of("丙", 40))
    found = worked(held.row_of("甲"))  # type: ignore[arg-type]
    assert found is not None
    assert found.parts[0].counted == Decimal(counted)
    assert found.parts[0].is_capped is capped


def test_who_is_not_ranked_has_no_sum() -> None:
    assert worked(kept(row_of("甲", None), row_of("乙", 50)).rows[-1]) is None


@given(_items)
def test_the_sum_by_hand_is_the_score_but_for_the_last_digit(items: list[RankInput]) -> None:
    for row in rank_districts(items):
        found = worked(row)
        if found is not None:
            assert abs(found.total - found.score) <= Decimal("0.0051")
