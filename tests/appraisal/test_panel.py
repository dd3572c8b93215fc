"""Who may sit together: every edge of number, speciality and unit, with all faults at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.making import RULES
from luming.appraisal import Expert, PanelRule, Speciality, panel_faults, unit_key


def panel(number: int, technical: int | None = None) -> list[Expert]:
    """So many experts of as many units, the first of them technical."""
    technical = number if technical is None else technical
    return [
        Expert(
            f"e{at}",
            f"专家{at}",
            f"单位{at}",
            Speciality.TECHNICAL if at < technical else Speciality.ECONOMIC,
        )
        for at in range(number)
    ]


def codes(experts: list[Expert], rule: PanelRule = RULES.panel) -> list[str]:
    return [fault.code.removeprefix("appraisal.") for fault in panel_faults(experts, rule)]


@pytest.mark.parametrize(
    ("number", "good"), [(0, 0), (3, 0), (4, 0), (5, 1), (6, 0), (7, 1), (8, 0), (9, 1), (10, 0), (11, 0)]
)
def test_five_to_nine_and_odd(number: int, good: int) -> None:
    assert codes(panel(number)) == ([] if good else ["number"])


@pytest.mark.parametrize(
    ("number", "technical", "good"),
    [(5, 4, True), (5, 3, False), (7, 5, True), (7, 4, False), (9, 6, True), (9, 5, False)],
)
def test_two_thirds_are_technical(number: int, technical: int, good: bool) -> None:
    assert codes(panel(number, technical)) == ([] if good else ["technical"])


def test_two_of_one_unit_and_no_more() -> None:
    five = panel(5)
    two = [replace(one, unit="内蒙古科技大学") if at < 2 else one for at, one in enumerate(five)]
    assert codes(two) == []
    three = [replace(one, unit=" 内蒙古 科技大学") if at == 2 else one for at, one in enumerate(two)]
    (fault,) = panel_faults(three, RULES.panel)
    assert fault.code == "appraisal.one_unit"
    assert "专家0、专家1、专家2" in fault.found
    assert "换下1人" in fault.remedy


def test_all_faults_are_told_at_once_with_who() -> None:
    experts = [replace(one, unit="甲所") for one in panel(6, 2)]
    experts[5] = replace(experts[5], unit=" ")
    faults = panel_faults([*experts, experts[0], experts[0]], RULES.panel)
    assert [fault.code for fault in faults] == [
        "appraisal.twice",
        "appraisal.no_unit",
        "appraisal.number",
        "appraisal.technical",
        "appraisal.one_unit",
    ]
    assert "专家0(甲所)列入3次" in faults[0].found
    assert "专家5" in faults[1].where
    assert "专家2(甲所)[经济]" in faults[3].found


def test_an_expert_listed_twice_is_told() -> None:
    experts = panel(5)
    assert codes([*experts[:4], experts[3]]) == ["twice"]


def test_the_remedy_says_how_many() -> None:
    faults = panel_faults(panel(8, 4), RULES.panel)
    assert [fault.remedy for fault in faults] == ["请增加或减少1人", "再有2人换为技术专家"]
    assert [panel_faults(panel(number), RULES.panel)[0].remedy for number in (3, 11)] == [
        "请增补专家",
        "请减少专家",
    ]


def test_the_figures_are_parameters() -> None:
    rule = RULES.panel.model_copy(update={"fewest": 3, "most": 4, "odd": False, "per_unit": 1})
    assert codes(panel(4), rule) == []
    assert codes([replace(one, unit="甲所") for one in panel(4)], rule) == ["one_unit"]
    assert codes(panel(5), rule) == ["number"]


def test_width_and_blanks_do_not_make_another_unit() -> None:
    assert unit_key("包头 ABC(集团)") == unit_key("\uff21\uff22\uff23".join(["包头", "\uff08集团\uff09"]))


@given(
    st.lists(st.sampled_from(["甲", "乙", "丙", "丁"]), min_size=5, max_size=9),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_experts_does_not_matter(units: list[str], random: object) -> None:
    experts = [replace(one, unit=units[at]) for at, one in enumerate(panel(len(units), 4))]
    shuffled = list(experts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sorted(codes(shuffled)) == sorted(codes(experts))
