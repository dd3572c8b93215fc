"""Level by level: one gap below stops everything above; what does not apply needs a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luming.appraisal import (
    Answer,
    AppraisalFaults,
    Lack,
    ReadinessScale,
    State,
    load_scale,
    readiness_of,
)
from luming.errors import PackFaults
from luming.mark import Mark

PROOF = ("a" * 64,)
SCALE = load_scale(Path(__file__).parents[2] / "packs" / "national" / "readiness.yaml")
ITEMS = [item.id for level in SCALE.levels for item in level.items]
PASSED = dict.fromkeys(range(1, 10), True)


def met(*levels: int) -> list[Answer]:
    """All items of the levels, met and proved."""
    return [
        Answer(item.id, State.MET, "已完成", PROOF)
        for level in SCALE.levels
        if level.level in levels
        for item in level.items
    ]


def test_nine_levels_whose_wording_is_from_memory() -> None:
    assert [one.level for one in SCALE.levels] == list(range(1, 10))
    assert SCALE.scale.mark is Mark.MEMORY
    assert all(item.label and item.evidence for level in SCALE.levels for item in level.items)


def test_nothing_answered_is_level_nought_and_says_so() -> None:
    found = readiness_of(SCALE, [])
    assert (found.claimed, found.confirmed, found.target_reached) == (0, 0, None)
    assert all(level.not_answered for level in found.levels)
    assert {item.item.id for item in found.in_the_way} == {"principle_observed", "principle_reported"}


@pytest.mark.parametrize("top", range(1, 10))
def test_every_level_is_reached_by_its_own_items_and_those_below(top: int) -> None:
    assert readiness_of(SCALE, met(*range(1, top + 1))).claimed == top


def test_a_gap_stops_what_is_above_it() -> None:
    assert readiness_of(SCALE, met(1, 2, 4, 5, 6, 7, 8, 9)).claimed == 2


@pytest.mark.parametrize(
    ("answer", "lacks"),
    [
        (Answer("key_function_named", State.NOT_MET, "未测", PROOF), (Lack.NOT_MET,)),
        (Answer("key_function_named", State.MET, "已完成"), (Lack.NO_EVIDENCE,)),
        (Answer("key_function_named", State.MET, " ", PROOF), (Lack.NO_STATEMENT,)),
        (Answer("key_function_named", State.MET), (Lack.NO_STATEMENT, Lack.NO_EVIDENCE)),
        (Answer("key_function_named", State.NOT_APPLICABLE), (Lack.NO_REASON,)),
        (Answer("key_function_named", State.NOT_APPLICABLE, "软件产品,无此项"), ()),
        (None, (Lack.UNANSWERED,)),
    ],
)
def test_what_an_item_lacks(answer: Answer | None, lacks: tuple[Lack, ...]) -> None:
    answers = [one for one in met(1, 2, 3) if one.item != "key_function_named"] + ([answer] if answer else [])
    found = readiness_of(SCALE, answers, target=3)
    assert found.claimed == (2 if lacks else 3)
    assert [one.lacks for one in found.in_the_way] == ([lacks] if lacks else [])
    assert all(lack.label for lack in lacks)


def test_a_level_in_which_nothing_applies_is_shown_as_such() -> None:
    dropped = [Answer(item.id, State.NOT_APPLICABLE, "不涉及") for item in SCALE.levels[3].items]
    found = readiness_of(SCALE, [*met(1, 2, 3, 5), *dropped])
    assert found.claimed == 5
    assert [level.level.level for level in found.levels if level.nothing_met] == [4]


def test_the_reviewer_passes_level_by_level() -> None:
    answers = met(*range(1, 8))
    assert readiness_of(SCALE, answers).confirmed == 0
    assert readiness_of(SCALE, answers, {1: True, 2: True, 3: False, 4: True}).confirmed == 2
    found = readiness_of(SCALE, answers, PASSED, target=7)
    assert (found.claimed, found.confirmed, found.target_reached) == (7, 7, True)
    assert readiness_of(SCALE, answers, PASSED, target=8).target_reached is False


@pytest.mark.parametrize("target", [1, 9])
def test_the_first_and_the_last_level_may_be_the_target(target: int) -> None:
    assert readiness_of(SCALE, met(*range(1, 10)), PASSED, target).target_reached is True


def test_every_fault_at_once() -> None:
    answers = [
        Answer("no_such", State.MET, "x", PROOF),
        Answer("sold", State.MET, "x", ("A" * 64,)),
        Answer("sold", State.NOT_MET),
    ]
    with pytest.raises(AppraisalFaults) as problem:
        readiness_of(SCALE, answers, {0: True, 10: True}, target=10)
    codes = [fault.code.removeprefix("appraisal.") for fault in problem.value.faults]
    assert codes == ["unknown_item", "hash", "answer_twice", "level", "level", "level"]


HEAD = "scale: {id: t, label: 甲, label_en: A, document: 某标准, mark: memory}\n"


def test_a_faulty_scale_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "scale.yaml"
    level = "  - {level: LEVEL, label: 甲, label_en: A, items: [ITEM]}\n"
    item = "{id: one, label: 一, evidence: 文件}"
    good = level.replace("LEVEL", "1").replace("ITEM", item)
    file.write_text(
        HEAD + "levels:\n" + good + level.replace("LEVEL", "3").replace("ITEM", item), encoding="utf-8"
    )
    with pytest.raises(AppraisalFaults) as problem:
        load_scale(file)
    assert [fault.code for fault in problem.value.faults] == ["appraisal.levels", "appraisal.item_twice"]
    file.write_text(HEAD + "levels:\n" + level.replace("LEVEL", "1").replace("ITEM", ""), encoding="utf-8")
    with pytest.raises(AppraisalFaults, match="没有判据"):
        load_scale(file)
    file.write_text(HEAD + "levels: []\n", encoding="utf-8")
    with pytest.raises(AppraisalFaults, match="没有等级"):
        load_scale(file)
    file.write_text(HEAD + "grades: []\n", encoding="utf-8")
    with pytest.raises(PackFaults):
        load_scale(file)


@given(
    st.sets(st.sampled_from(ITEMS)), st.dictionaries(st.integers(1, 9), st.booleans()), st.sampled_from(ITEMS)
)
def test_more_evidence_never_lowers_and_review_never_raises(
    done: set[str], review: dict[int, bool], more: str
) -> None:
    def found(items: set[str], scale: ReadinessScale = SCALE) -> tuple[int, int]:
        answers = [Answer(item, State.MET, "已完成", PROOF) for item in sorted(items)]
        readiness = readiness_of(scale, answers, review)
        return readiness.claimed, readiness.confirmed

    claimed, confirmed = found(done)
    assert confirmed <= claimed
    assert found(done | {more}) >= (claimed, confirmed)
