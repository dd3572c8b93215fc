"""A document comes onto the desk."""

from __future__ import annotations

import pytest

from luming.desk import DeskFaults, Origin, State, decompose
from luming.mark import Mark


def test_the_extractor_proposes_and_nobody_has_decided(desk):
    assert [item.commitment.quote for item in desk.proposals] == [
        "120亿元", "600家", "100家", "30万元", "3个", "10亿元", "4亿元",
    ]  # fmt: skip
    assert {item.state for item in desk.proposals} == {State.PROPOSED}
    assert {item.origin for item in desk.proposals} == {Origin.EXTRACTOR}


def test_every_sentence_quotes_the_text(desk):
    for sentence in desk.sentences():
        assert desk.text[sentence.start : sentence.end] == sentence.quote


def test_units_named_by_the_text_are_entered(desk):
    duty = desk.duty_of("m01")
    assert (duty.lead, duty.support, duty.mark) == (("市科技局",), ("市财政局",), Mark.SECONDARY)


def test_years_are_explained_where_they_are_no_part_of_a_commitment(desk):
    assert [(one.quote, one.reason) for one in desk.remarks] == [("2026年", "年份或日期")]


def test_a_sentence_that_only_names_units_is_bound_to_the_division_of_labour(desk):
    sentence = desk.sentence("m01.s3")[1]
    assert sentence.quote.startswith("(牵头单位")
    assert [one.reference for one in sentence.bindings] == ["已登记为本条的任务分工"]


def test_sentences_with_a_number_are_bound_and_others_are_not(desk):
    assert desk.sentence("m00.s1")[1].bindings
    assert not desk.sentence("m02.s2")[1].bindings


def test_the_head_is_read(desk):
    head = desk.document
    assert (head.number, head.year, head.place, head.draft) == ("某政发〔2026〕3号", 2026, "某市", True)
    assert head.date.isoformat() == "2026-02-01"


@pytest.mark.parametrize(
    ("text", "id", "code"),
    [
        ("一、甲。做好工作。\n", "mou.2026-3", "desk.no_year"),
        ("2026年要点\n一、甲。做好工作。\n", "某市.2026-3", "desk.identity"),
        ("2026年要点\n", "mou.2026-3", "desk.no_sentences"),
    ],
)
def test_what_is_no_document_is_refused_with_a_sentence(text, id, code):
    with pytest.raises(DeskFaults) as caught:
        decompose(text, id)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_given_year_decides(desk):
    assert decompose("一、甲。年内建成2座。\n", "mou.2031-1", year=2031).proposals[
        0
    ].commitment.deadline.isoformat() == ("2031-12-31")
