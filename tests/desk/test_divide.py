"""Splitting and merging: anchors are counted anew, what stands on a sentence follows, nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desk.working import at, fresh, settled, worked
from luming.desk import DeskFaults, bind, explain, merge, reject, split


def test_what_stands_behind_the_cut_moves_with_its_words(desk):
    anchor, start, _ = at(desk, "新增科技型")
    desk = split(desk, anchor, start)
    assert [one.id for one in desk.measure("m01").sentences] == [f"m01.s{n}" for n in range(1, 5)]
    assert desk.proposal("m01_1").commitment.clause == "m01.s1"
    assert desk.proposal("m01_2").commitment.clause == "m01.s2"
    assert desk.proposal("m01_3").commitment.clause == "m01.s3"
    assert desk.sentence("m01.s2")[1].quote.startswith("新增科技型")


def test_remarks_follow(desk):
    anchor, start, end = at(desk, "5G")
    desk = explain(desk, anchor, start, end, "技术名称")
    desk = split(desk, anchor, start)
    assert desk.remarks[0].clause == "m02.s2"
    assert merge(desk, "m02.s1").remarks[0].clause == "m02.s1"


@pytest.mark.parametrize("where", ["00家以上", "0亿元"])
def test_a_cut_through_a_number_is_refused(desk, where):
    anchor, start, _ = at(desk, where)
    with pytest.raises(DeskFaults, match="切点落在"):
        split(desk, anchor, start)


def test_a_cut_through_a_rejected_number_is_refused_too(desk):
    anchor, start, _ = at(desk, "00家以上")
    with pytest.raises(DeskFaults, match="切点落在"):
        split(reject(desk, "m01_1", "误"), anchor, start)


@pytest.mark.parametrize("offset", [0, -1, 10**6])
def test_a_cut_that_leaves_nothing_is_refused(desk, offset):
    sentence = desk.sentence("m01.s1")[1]
    with pytest.raises(DeskFaults, match="句子中间"):
        split(desk, "m01.s1", sentence.start + offset)


def test_the_last_sentence_of_a_measure_has_no_next(desk):
    last = desk.measure("m01").sentences[-1].id
    with pytest.raises(DeskFaults, match="本条最后一句"):
        merge(desk, last)


def test_a_quote_across_the_cut_is_divided_and_joined_again(desk):
    anchor, start, _ = at(desk, "开展5G")
    desk = bind(desk, [anchor], "matching", "planned", "匹配", "中试基地,开展5G应用")
    cut = split(desk, anchor, start)
    assert [one.quote for one in cut.sentence("m02.s1")[1].bindings] == ["", "中试基地,"]
    assert [one.quote for one in cut.sentence("m02.s2")[1].bindings] == ["", "开展5G应用"]
    assert merge(cut, "m02.s1") == desk


@given(desk=st.sampled_from([fresh(), settled()]), sentence=st.integers(0, 50), place=st.integers(1, 200))
def test_merging_what_was_split_gives_back_what_there_was(desk, sentence, place):
    one = desk.sentences()[sentence % len(desk.sentences())]
    try:
        cut = split(desk, one.id, one.start + place % (one.end - one.start))
    except DeskFaults:
        assume(False)
    assert merge(cut, one.id) == desk


@given(desk=worked(), sentence=st.integers(0, 50), place=st.integers(1, 200))
def test_nothing_is_lost_on_the_way(desk, sentence, place):
    """After any work: all but the order of bindings comes back, and a divided quote stays readable in both halves."""
    one = desk.sentences()[sentence % len(desk.sentences())]
    try:
        cut = split(desk, one.id, one.start + place % (one.end - one.start))
    except DeskFaults:
        assume(False)
    for half in cut.sentences():
        assert cut.text[half.start : half.end] == half.quote
        assert all(binding.quote in half.quote for binding in half.bindings)
    assert len(cut.proposals) == len(desk.proposals)
    assert len(cut.remarks) == len(desk.remarks)
    for item in cut.proposals:
        sentence_of = cut.sentence(item.commitment.clause)[1]
        assert sentence_of.start <= item.commitment.start < item.commitment.end <= sentence_of.end
    back = merge(cut, one.id)
    assert set(back.sentence(one.id)[1].bindings) == set(one.bindings)
    assert back.proposals == desk.proposals
    assert back.remarks == desk.remarks
