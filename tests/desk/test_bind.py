"""Binding sentences to mechanisms."""

from __future__ import annotations

import pytest

from luming.desk import (
    DeskFaults,
    bind,
    bind_rest,
    like_mechanisms,
    mark_not_software,
    mark_rest_not_software,
    unbind,
)
from luming.pack import BindingStatus, Mechanism


def test_several_sentences_are_bound_at_once(desk):
    desk = bind(desk, ["m02.s2", "m03.s1"], "matching", "planned", quote="")
    for anchor in ("m02.s2", "m03.s1"):
        binding = desk.sentence(anchor)[1].bindings[0]
        assert (binding.mechanism, binding.status) == (Mechanism.MATCHING, BindingStatus.PLANNED)
        assert binding.reference == "由“供需匹配”承接,已列入建设计划"


def test_the_same_binding_twice_is_once(desk):
    once = bind(desk, ["m02.s2"], "matching", "planned")
    assert bind(once, ["m02.s2"], "matching", "planned") == once


def test_all_or_none_are_bound(desk):
    with pytest.raises(DeskFaults) as caught:
        bind(desk, ["m02.s2", "m03.s1"], "magic", "soon", quote="没有这话")
    assert [fault.code for fault in caught.value.faults] == [
        "desk.mechanism", "desk.status", "desk.binding_quote", "desk.binding_quote",
    ]  # fmt: skip


def test_none_is_said_with_a_reason_only(desk):
    with pytest.raises(DeskFaults, match="机制"):
        bind(desk, ["m03.s1"], "none", "planned")
    with pytest.raises(DeskFaults, match="理由"):
        mark_not_software(desk, ["m03.s1"], " ")
    bindings = mark_not_software(desk, ["m03.s1"], "由会议部署").sentence("m03.s1")[1].bindings
    assert [(one.mechanism, one.reference) for one in bindings] == [(Mechanism.NONE, "由会议部署")]


def test_a_mechanism_replaces_the_stated_absence(desk):
    desk = bind(mark_not_software(desk, ["m03.s1"], "由会议部署"), ["m03.s1"], "cases", "planned")
    assert [one.mechanism for one in desk.sentence("m03.s1")[1].bindings] == [Mechanism.CASES]


def test_the_rest_of_a_measure_is_bound_at_once(desk):
    bound = bind_rest(desk, "m02", "matching", "waits_for_rule")
    assert all(sentence.bindings for sentence in bound.measure("m02").sentences)
    assert bound.measure("m02").sentences[0] == desk.measure("m02").sentences[0]
    assert bound.measure("m03") == desk.measure("m03")
    with pytest.raises(DeskFaults, match="没有尚未对应的句子"):
        mark_rest_not_software(bound, "m02", "理由")


def test_a_binding_is_taken_back_by_its_place(desk):
    bound = bind(desk, ["m02.s2"], "matching", "planned")
    assert unbind(bound, "m02.s2", 0) == desk
    for place in (-1, 1):
        with pytest.raises(DeskFaults, match="刷新页面"):
            unbind(bound, "m02.s2", place)


@pytest.mark.parametrize(
    ("quote", "mechanism"),
    [
        ("对首次认定的给予最高30万元奖励。", Mechanism.SUPPORT),
        ("推动成果转化。", Mechanism.MATCHING),
        ("建立产品碳足迹核算体系。", Mechanism.CARBON),
        ("各地各部门要提高认识。", Mechanism.NONE),
        ("做强产业链。", Mechanism.CHAINS),
    ],
)
def test_words_point_to_a_mechanism(quote, mechanism):
    first = like_mechanisms(quote)[0]
    assert first.binding.mechanism is mechanism
    assert first.word in quote


def test_words_that_point_nowhere_give_no_suggestion():
    assert like_mechanisms("其他事项另行通知。") == ()
