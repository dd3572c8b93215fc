"""Taking an operation back, also after others have worked elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import assume, given

from desk.working import at, steps, worked
from luming.desk import DeskFaults, accept, bind, changes, correct, fingerprint, reject, reverted, split
from luming.desk.undo import entries


@given(desk=worked(), step=steps())
def test_an_operation_taken_back_leaves_no_trace(desk, step):
    after = step(desk)
    back = reverted(after, changes(desk, after))
    assert entries(back) == entries(desk)
    assert back.sentences() == desk.sentences()
    assert back.proposals == desk.proposals


@given(desk=worked(), first=steps(), second=steps())
def test_taking_back_the_first_keeps_the_second_or_says_why_not(desk, first, second):
    once = first(desk)
    twice = second(once)
    try:
        back = reverted(twice, changes(desk, once))
    except DeskFaults:
        assume(changes(once, twice) != ())
        return
    kept = {one.key: one.after for one in changes(once, twice)}
    assert {key: entries(back).get(key) for key in kept} == kept


def test_a_split_elsewhere_in_the_measure_is_no_conflict(desk):
    decided = accept(desk, "m01_3")
    anchor, start, _ = at(decided, "新增科技型")
    cut = split(decided, anchor, start)
    back = reverted(cut, changes(desk, decided))
    assert back == split(desk, anchor, start)


def test_a_later_change_of_the_same_entry_is_named(desk):
    once = correct(desk, "m01_1", {"label": "甲"})
    twice = reject(once, "m01_1", "误")
    with pytest.raises(DeskFaults, match="条目 m01_1"):
        reverted(twice, changes(desk, once))


def test_the_fingerprint_follows_what_is_seen_of_a_sentence(desk):
    before = fingerprint(desk, "m01.s1")
    assert fingerprint(accept(desk, "m01_3"), "m01.s1") == before
    assert fingerprint(accept(desk, "m01_1"), "m01.s1") != before
    assert fingerprint(bind(desk, ["m01.s1"], "cases", "planned"), "m01.s1") != before
