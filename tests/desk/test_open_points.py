"""What is left to do, and the promise that a document without open points can be published."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from desk.working import worked
from luming.desk import (
    DeskFaults,
    assign,
    correct,
    open_points,
    pack_files,
    progress,
    published,
    set_head,
    unbind,
    withdraw,
)
from luming.pack import load, write_files


def codes(desk):
    return {point.code for point in open_points(desk)}


def test_a_fresh_document_says_all_that_is_left(desk):
    points = open_points(desk)
    assert {point.code for point in points} == {"undecided", "number", "unbound", "no_indicator", "no_lead"}
    assert [point.sentence for point in points if point.anchor == "m02.s2"] == [
        "“推动成果转化。”还没有对应的落实机制;不属软件事项的,请注明理由。"
    ]
    assert "第2条“建设平台”还没有牵头单位。" in {point.sentence for point in points}
    number = next(point for point in points if point.code == "number" and point.anchor.startswith("m02"))
    assert number.sentence == "数字“5”还没有着落:列为条目,或说明它不是承诺。"


def test_the_counts_add_up(desk, done):
    assert progress(desk).proposals.done == 0
    assert progress(desk).percent < 70
    parts = progress(done)
    assert all(part.is_complete for part in (parts.proposals, parts.numbers, parts.sentences, parts.targets))
    assert (parts.measures.done, parts.measures.total) == (1, 3)
    full = assign(assign(done, "m02", ["甲局"]), "m03", ["甲局"])
    assert progress(full).percent == 100


def test_a_missing_lead_does_not_block(done):
    assert codes(done) == {"no_lead"}
    assert published(done).document.draft is False


def test_publishing_names_everything_that_blocks(desk):
    with pytest.raises(DeskFaults, match="没有发布") as caught:
        published(desk)
    assert len(caught.value.faults) == sum(point.blocks for point in open_points(desk))


def test_a_point_comes_back_when_its_ground_does(done):
    start, end = done.remarks[0].start, done.remarks[0].end
    assert codes(withdraw(done, start, end)) - codes(done) == {"number"}
    assert codes(unbind(done, "m02.s2", 0)) - codes(done) == {"unbound"}
    assert codes(correct(done, "m01_3", {"kind": "target"})) - codes(done) == {"no_indicator"}


def test_the_head_has_points_too(done):
    assert "head" in codes(set_head(done, {"number": ""}))
    assert published(set_head(done, {"number": ""}))


@given(desk=worked())
def test_what_has_no_blocking_point_loads_as_published(tmp_path_factory, desk):
    if any(point.blocks for point in open_points(desk)):
        with pytest.raises(DeskFaults):
            published(desk)
        return
    folder = tmp_path_factory.mktemp("desk") / "pack"
    write_files(folder, pack_files(published(desk)))
    assert load(folder).document.draft is False


def test_disagreements_about_a_proposal_are_told_in_plain_words(done):
    item = done.proposal("m01_1")
    for update, words in (
        ({"unit": "佳"}, "“高新技术企业”的单位“佳”系统不认识"),
        ({"value": Decimal(5)}, "“高新技术企业”记的是5家,与原文“600家”不一致"),
    ):
        changed = item.model_copy(update={"commitment": item.commitment.model_copy(update=update)})
        told = [point for point in open_points(done.with_proposal(changed)) if point.blocks]
        assert {point.subject for point in told} == {"m01_1"}
        assert words in "".join(point.sentence for point in told)
