"""Indicators, curves and last year's promises."""

from __future__ import annotations

from decimal import Decimal

import pytest

from luming.desk import (
    DeskFaults,
    correct,
    create_indicator,
    create_missing,
    decomposition_of,
    like_indicators,
    like_last_year,
    link_indicator,
    link_known,
    pack_of,
    proposed_indicator,
    set_continues,
    set_curve,
)
from luming.facts import IndicatorKind
from luming.pack import load


@pytest.fixture(scope="module")
def baotou(root):
    city = root / "packs" / "baotou"
    return load(city / "2024-1"), load(city / "2025-1")


def test_an_entry_is_made_from_the_commitment(desk):
    made = create_indicator(desk, "m00_1", {})
    entry = made.indicators[0]
    assert (entry.id, entry.unit, made.proposal("m00_1").commitment.indicator) == (
        "i2026_m00_1",
        "亿元",
        "i2026_m00_1",
    )
    assert entry.definition == "文件未给出口径,待主管部门确认"


def test_a_second_entry_of_that_name_is_refused(desk):
    made = create_indicator(desk, "m00_1", {"label": "研发投入"})
    with pytest.raises(DeskFaults, match="字典里已有“研发投入”"):
        create_indicator(made, "m00_1", {"label": "研发投入"})
    assert create_indicator(made, "m00_1", {"label": "另一个"}).indicators[1].id == "i2026_m00_1_2"


def test_faults_of_an_entry_come_at_once(desk):
    with pytest.raises(DeskFaults) as caught:
        create_indicator(
            desk, "m00_1", {"unit": "佳", "kind": "x", "frequency": "y", "lag_days": "-1", "z": "1"}
        )
    assert {fault.code for fault in caught.value.faults} == {
        "desk.unit", "desk.kind", "desk.frequency", "desk.lag_days", "desk.z",
    }  # fmt: skip


def test_units_of_another_kind_do_not_measure(desk):
    made = create_indicator(desk, "m00_1", {})
    with pytest.raises(DeskFaults, match="同类的单位"):
        link_indicator(made, "m01_1", "i2026_m00_1")
    with pytest.raises(DeskFaults, match="指标字典中已有的指标"):
        link_indicator(made, "m01_1", "nowhere")
    assert link_indicator(made, "m00_1", "").proposal("m00_1").commitment.indicator == ""


def test_the_kind_is_guessed_from_the_unit(baotou):
    desk = decomposition_of(baotou[1])
    assert proposed_indicator(desk, "pv_local_supply").kind is IndicatorKind.RATIO
    assert proposed_indicator(desk, "rd_spend").kind is IndicatorKind.FLOW


def test_the_dictionary_is_searched_by_likeness(baotou):
    desk = decomposition_of(baotou[1])
    for id in ("rare_earth_output", "sei_value_added", "rd_spend"):
        assert like_indicators(desk, id)[0].id == id


def test_last_year_is_searched_by_indicator_then_by_name(baotou):
    old, new = baotou
    desk = decomposition_of(new)
    best = like_last_year(desk, "rare_earth_output", old)[0]
    assert (best.id, best.reason) == ("rare_earth_output", "同一指标")
    unlinked = link_indicator(desk, "rare_earth_output", "")
    assert like_last_year(unlinked, "rare_earth_output", old)[0].id == "rare_earth_output"


def test_only_what_last_year_holds_is_carried_on(baotou):
    old, new = baotou
    desk = decomposition_of(new)
    carried = set_continues(desk, "rd_spend", "rare_earth_output", old)
    assert carried.proposal("rd_spend").commitment.continues == "rare_earth_output"
    assert set_continues(carried, "rd_spend", "", old).proposal("rd_spend").commitment.continues == ""
    for known in (old, None):
        with pytest.raises(DeskFaults, match="上年文件中已有的条目"):
            set_continues(desk, "rd_spend", "nothing", known)


def test_a_monthly_curve_is_typed_in_percent(desk):
    shares = [str(share) for share in (5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95)] + ["100%"]
    curve = set_curve(desk, "m01_1", "monthly", shares).curves[0]
    assert curve.points[0].share == Decimal("0.05")
    assert curve.points[-1].share == 1


@pytest.mark.parametrize(
    ("kind", "shares", "words"),
    [
        ("steep", [], "按天均匀推进"),
        ("monthly", ["1"], "1至12月各一个百分数"),
        ("monthly", ["x"] * 12, "0到100之间的数"),
        ("monthly", ["50", "40", *["100"] * 10], "逐月不减"),
        ("monthly", ["-5", *["100"] * 11], "逐月不减"),
        ("monthly", ["1"] * 12, "100,即全年目标"),
    ],
)
def test_a_curve_that_cannot_be_is_refused(desk, kind, shares, words):
    with pytest.raises(DeskFaults, match=words):
        set_curve(desk, "m01_1", kind, shares)


def test_only_targets_have_a_curve(desk):
    with pytest.raises(DeskFaults, match="仍列为目标的条目"):
        set_curve(desk, "m01_3", "year_end")


def test_the_default_curve_is_no_entry(desk):
    assert set_curve(set_curve(desk, "m01_1", "level"), "m01_1", "") == desk


def test_a_pack_made_of_it_holds_the_link(desk):
    made = create_indicator(desk, "m00_1", {})
    assert pack_of(made).indicator("i2026_m00_1").unit == "亿元"


def test_targets_that_bear_a_known_name_are_linked(desk, baotou):
    known = (
        baotou[1].indicator("rd_spend").model_copy(update={"label": desk.proposal("m00_1").commitment.label})
    )
    linked = link_known(desk.changed(indicators=(known,)))
    assert linked.proposal("m00_1").commitment.indicator == "rd_spend"
    other = known.model_copy(update={"unit": "家"})
    assert link_known(desk.changed(indicators=(other,))).proposals == desk.proposals


def test_all_targets_of_a_measure_get_an_indicator_at_once(desk):
    made = create_missing(desk, "m01")
    linked = [made.proposal(f"m01_{n}").commitment.indicator for n in (1, 2, 3)]
    assert linked == ["i2026_m01_1", "i2026_m01_2", ""]
    assert create_missing(made, "m01") == made
    assert made.proposal("m00_1").commitment.indicator == ""


def test_targets_of_one_name_share_an_indicator_unless_their_units_differ(desk):
    named = correct(correct(desk, "m01_1", {"label": "企业"}), "m01_2", {"label": "企业"})
    made = create_missing(named, "m01")
    assert [one.label for one in made.indicators] == ["企业"]
    other = create_missing(correct(made, "m00_1", {"label": "企业"}), "m00")
    assert [one.label for one in other.indicators] == ["企业", "企业(亿元)"]


def test_a_target_with_an_unknown_unit_waits_and_the_others_do_not(desk):
    item = desk.proposal("m01_1")
    odd = item.model_copy(update={"commitment": item.commitment.model_copy(update={"unit": "佳"})})
    made = create_missing(desk.with_proposal(odd), "m01")
    assert [made.proposal(f"m01_{n}").commitment.indicator for n in (1, 2)] == ["", "i2026_m01_2"]
