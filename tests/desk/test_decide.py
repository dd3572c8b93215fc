"""Accepting, correcting, rejecting, restoring, adding, explaining."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desk.working import at
from luming.desk import (
    DeskFaults,
    Origin,
    State,
    accept,
    accept_all,
    add,
    correct,
    explain,
    loose_numbers,
    open_points,
    pack_of,
    reject,
    restore,
    set_curve,
    withdraw,
)
from luming.mark import Mark
from luming.pack import CommitmentKind, Comparator


def codes(caught):
    return [fault.code for fault in caught.value.faults]


def test_accepting_says_that_a_person_compared_it_with_the_text(desk):
    item = accept(desk, "m01_1").proposal("m01_1")
    assert (item.state, item.commitment.mark, item.commitment.note) == (State.ACCEPTED, Mark.VERIFIED, "")
    assert desk.proposal("m01_1").state is State.PROPOSED


def test_accepting_all_of_a_measure_leaves_what_is_decided_and_other_measures(desk):
    desk = accept_all(reject(desk, "m01_2", "数量"), "m01")
    assert [desk.proposal(f"m01_{n}").state for n in (1, 2, 3)] == [
        State.ACCEPTED,
        State.REJECTED,
        State.ACCEPTED,
    ]
    assert desk.proposal("m00_1").state is State.PROPOSED


def test_a_rejected_proposal_leaves_its_numbers_explained(desk):
    desk = reject(desk, "m00_1", "统计口径未定,不作承诺")
    remarks = pack_of(desk).remarks
    assert [one.quote for one in remarks] == ["120亿元", "12%", "2026年"]
    assert not loose_numbers(desk, desk.sentence("m00.s1")[1])
    assert "m00_1" not in {item.id for item in pack_of(desk).commitments}


@pytest.mark.parametrize("reason", ["", "  \n", "长" * 501])
def test_a_rejection_needs_a_reason_of_bearable_length(desk, reason):
    with pytest.raises(DeskFaults, match="理由"):
        reject(desk, "m00_1", reason)


def test_restoring_brings_back_what_was_first_proposed(desk):
    worked = reject(correct(desk, "m01_1", {"label": "高企数"}), "m01_1", "误")
    assert restore(worked, "m01_1") == desk


def test_a_rejected_proposal_is_not_accepted_by_mistake(desk):
    with pytest.raises(DeskFaults, match="先恢复"):
        accept(reject(desk, "m01_1", "误"), "m01_1")


def test_a_correction_takes_what_people_type(desk):
    fields = {
        "label": "高新技术企业数", "kind": "target", "comparator": ">=", "value": "600", "unit": "家",
        "deadline": "2026年底", "aspiration": "on", "basis": "有效期内",
    }  # fmt: skip
    item = correct(desk, "m01_1", fields).proposal("m01_1")
    assert item.state is State.CORRECTED
    assert item.proposed == desk.proposal("m01_1").commitment
    assert item.commitment.deadline.isoformat() == "2026-12-31"
    assert item.commitment.aspiration


def test_a_correction_that_changes_nothing_is_an_acceptance(desk):
    assert correct(desk, "m01_1", {}) == accept(desk, "m01_1").with_proposal(
        accept(desk, "m01_1")
        .proposal("m01_1")
        .model_copy(update={"proposed": desk.proposal("m01_1").commitment})
    )


@pytest.mark.parametrize(
    ("fields", "code", "words"),
    [
        ({"value": "六百"}, "desk.value", "数字,如 100 或 1.3"),
        ({"value": "600家"}, "desk.value", "单位另填"),
        ({"value": "500"}, "desk.value", "与原文“600家”相同"),
        ({"value": ""}, "desk.value", "至少填其一"),
        ({"unit": "佳"}, "desk.unit", "认识的单位"),
        ({"kind": "wish"}, "desk.kind", "目标、支持标准、资金安排、规模数量"),
        ({"comparator": "more"}, "desk.comparator", "≥、≤、=、约"),
        ({"deadline": "明年"}, "desk.deadline", "2025年底"),
        ({"deadline": "2026-02-30"}, "desk.deadline", "2025年底"),
        ({"deadline": "2026-13"}, "desk.deadline", "2025年底"),
        ({"aspiration": "也许"}, "desk.aspiration", "是或否"),
        ({"label": " "}, "desk.label", "这一项说的是什么"),
        ({"alt_value": "700"}, "desk.alt_value", "不大于数值 600"),
        ({"growth_value": "10"}, "desk.growth_quote", "没有写明增长的原话"),
        ({"growth_value": "10", "growth_quote": "七成"}, "desk.growth_quote", "该句中的原话"),
        ({"start": "1", "end": "3"}, "desk.span", "该句之内"),
        ({"start": "x"}, "desk.start", "整数"),
        ({"colour": "red"}, "desk.colour", "不认识的一项"),
    ],
)
def test_a_faulty_field_is_refused_with_what_was_expected(desk, fields, code, words):
    with pytest.raises(DeskFaults) as caught:
        correct(desk, "m01_1", {"label": "高新技术企业数", **fields})
    told = [fault for fault in caught.value.faults if fault.code == code]
    assert told
    assert words in told[0].sentence()


def test_all_faults_of_a_form_come_at_once(desk):
    with pytest.raises(DeskFaults) as caught:
        correct(desk, "m01_1", {"value": "x", "unit": "佳", "deadline": "y", "kind": "z"})
    assert set(codes(caught)) == {"desk.value", "desk.unit", "desk.deadline", "desk.kind"}
    assert "没有改动任何内容" in str(caught.value)


def test_a_number_on_another_unit_of_the_kind_is_taken(desk):
    item = correct(desk, "m00_1", {"value": "1,200,000", "unit": "万元"}).proposal("m00_1").commitment
    assert (item.value, item.unit) == (Decimal(1200000), "万元")


def test_growth_may_be_taken_away_or_given(desk):
    without = correct(desk, "m00_1", {"growth_value": ""})
    assert without.proposal("m00_1").commitment.growth is None
    assert [one.quote for one in loose_numbers(without, without.sentence("m00.s1")[1])][-1] == "12%"
    again = correct(
        without, "m00_1", {"growth_value": "12", "growth_quote": "12%", "growth_comparator": ">="}
    )
    assert again.proposal("m00_1").commitment.growth == desk.proposal("m00_1").commitment.growth


def test_a_number_the_extractor_missed_is_added_by_hand(desk):
    anchor, start, end = at(desk, "5G")
    desk = explain(desk, anchor, start, end, "技术名称")
    desk = add(desk, anchor, start, end - 1, {"label": "试点", "value": "5", "unit": "个", "kind": "count"})
    item = desk.proposals[5]
    assert (item.id, item.origin, item.state) == ("m02_2", Origin.PERSON, State.ACCEPTED)
    assert item.commitment.kind is CommitmentKind.COUNT
    assert item.commitment.comparator is Comparator.AT_LEAST
    assert start not in {one.start for one in desk.remarks}, "a commitment is no longer explained away"


def test_a_taken_number_is_not_taken_twice(desk):
    anchor, start, end = at(desk, "600家")
    with pytest.raises(DeskFaults, match="已列为"):
        add(desk, anchor, start, end, {"label": "又", "value": "600", "unit": "家"})


@pytest.mark.parametrize("span", [(0, 3), (5, 5), (9, 7)])
def test_a_span_outside_the_sentence_is_refused(desk, span):
    with pytest.raises(DeskFaults, match="该句之内"):
        explain(desk, "m01.s1", *span, "理由")


def test_an_explanation_can_be_taken_back(desk):
    anchor, start, end = at(desk, "5G")
    assert withdraw(explain(desk, anchor, start, end, "技术名称"), start, end) == desk
    with pytest.raises(DeskFaults, match="没有说明"):
        withdraw(desk, start, end)


def test_the_curve_goes_with_the_target(desk):
    desk = set_curve(desk, "m01_1", "year_end")
    assert not reject(desk, "m01_1", "误").curves
    assert not correct(desk, "m01_1", {"kind": "count"}).curves


def test_what_is_not_there_is_refused(desk):
    for call in (
        lambda: accept(desk, "m99_1"),
        lambda: accept_all(desk, "m99"),
        lambda: desk.sentence("m9.s9"),
    ):
        with pytest.raises(DeskFaults, match="刷新页面"):
            call()


def test_deciding_clears_the_open_points(desk):
    before = {point.subject for point in open_points(desk) if point.code == "undecided"}
    after = {point.subject for point in open_points(accept(desk, "m01_1")) if point.code == "undecided"}
    assert before - after == {"m01_1"}
