"""Advice: the cheapest changes, what cannot be changed, what has to be filled in first."""

from __future__ import annotations

import datetime as dt
import math
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luming.standards import Catalogue, StandardFaults, assess, read_standards
from luming.standards.advice import Advice, Plan, Prospect, advise
from luming.standards.advice.goal import Goal, in_class, next_class, next_line, scoring
from luming.standards.cases import cases_file, read_cases
from luming.standards.evaluator import Fact
from standards.small_standards import DAY, cheapest, firms, goals, standard_of, standards

PACKS = Path(__file__).parents[2] / "packs"
STAFF = """
  staff: {label: 职工, unit: 人, adjust: {direction: both, step: 1, cost: 1, quick: true}}
  tech: {label: 科技人员, unit: 人, part_of: staff, adjust: {direction: up, step: 1, cost: 2, quick: true}}
  rd: {label: 研发费用, unit: 万元, adjust: {direction: up, step: 1, cost: 1}}
  sales: {label: 收入, unit: 万元}
  old_sales: {label: 上年收入, unit: 万元}
  ledger: {label: 有辅助账, kind: flag, adjust: {direction: up, cost: 5, quick: true}}
  listed: {label: 列入名录, kind: flag}
  founded: {label: 成立日期, kind: date}
  judged: {label: 专家评分, unit: 分, max: 10}
"""
MONEY = 10**4


def changes(plan: Plan) -> dict[str, Fact]:
    return {change.key: change.after for change in plan.changes}


def number(value: int | str) -> Fraction:
    return Fraction(value)


def yuan(wan: int | str) -> Fraction:
    return Fraction(wan) * MONEY


def one(rule: str, facts: dict[str, Fact], goal: Goal | None = None, **more: int) -> Advice:
    standard = standard_of(rule, STAFF)
    return advise(standard, facts, DAY, *([goal] if goal else []), **more)


# Plans


def test_steps_of_two_facts_in_one_ratio_are_traded_against_each_other() -> None:
    # 19 of 101 to 20 %: two more staff of technology (21/101, cost 4), or one and one staff less (20/100, cost 3)
    found = one('rule: {all: ["tech / staff >= 20%"]}', {"staff": number(101), "tech": number(19)})
    assert found.prospect is Prospect.REACHABLE
    assert changes(found.plans[0]) == {"staff": 100, "tech": 20}
    assert (found.plans[0].cost, found.plans[0].proven) == (3, True)


def test_cost_is_steps_times_cost_of_a_step() -> None:
    (plan, *_) = one('rule: {all: ["rd >= 100万元"]}', {"rd": yuan("97.5")}).plans
    (change,) = plan.changes
    assert (change.before, change.after, change.steps, change.cost) == (yuan("97.5"), yuan("100.5"), 3, 3)
    assert not plan.quick


def test_a_flag_is_moved_where_it_may() -> None:
    (plan,) = one("rule: {all: [ledger]}", {"ledger": False}).plans
    assert changes(plan) == {"ledger": True}
    assert (plan.cost, plan.quick) == (5, True)


def test_a_change_is_said_in_two_languages() -> None:
    facts: dict[str, Fact] = {"staff": number(50), "tech": number(4), "rd": yuan(1), "ledger": False}
    (plan, *_) = one('rule: {all: [ledger, "rd >= 2.5万元"]}', facts).plans
    assert [change.sentence() for change in plan.changes] == [
        "研发费用由1万元变为3万元",
        "有辅助账由否变为是",
    ]
    assert plan.changes[1].sentence("en") == "有辅助账: from no to yes"


def test_a_part_is_never_larger_than_its_whole() -> None:
    (plan,) = one('rule: {all: ["tech >= 6人"]}', {"staff": number(4), "tech": number(4)}).plans
    assert changes(plan) == {"staff": 6, "tech": 6}


def test_a_whole_does_not_fall_below_its_part() -> None:
    facts: dict[str, Fact] = {"staff": number(9), "tech": number(7)}
    found = one('rule: {all: ["staff <= 6人", "tech >= 1人"]}', facts)
    assert found.prospect is Prospect.BLOCKED


def test_a_whole_does_not_fall_below_a_part_that_only_the_dictionary_knows() -> None:
    small = standard_of('rule: {all: ["staff <= 6人"]}', STAFF)
    asking = standard_of('rule: {all: ["staff <= 6人", "tech >= 1人"]}', STAFF)
    facts: dict[str, Fact] = {"staff": number(9), "tech": number(7)}
    assert changes(advise(small, facts, DAY).plans[0]) == {"staff": 6}
    assert advise(small, facts, DAY, dictionary=asking.inputs).prospect is Prospect.BLOCKED


def test_a_quick_plan_stands_beside_a_cheaper_slow_one() -> None:
    rule = 'rule: {any: ["rd / sales >= 5%", ledger]}'
    slow, quick = one(rule, {"rd": yuan(2), "sales": yuan(100), "ledger": False}).plans
    assert (changes(slow), slow.quick, slow.cost) == ({"rd": yuan(5)}, False, 3)
    assert (changes(quick), quick.quick, quick.cost) == ({"ledger": True}, True, 5)
    assert quick.without == ("rd",)


def test_one_plan_can_be_asked_for() -> None:
    rule = 'rule: {any: ["rd / sales >= 5%", ledger]}'
    found = one(rule, {"rd": yuan(2), "sales": yuan(100), "ledger": False}, most_plans=1)
    assert len(found.plans) == 1


def test_nothing_is_advised_to_a_firm_that_passes() -> None:
    found = one("rule: {all: [ledger]}", {"ledger": True})
    assert (found.prospect, found.plans) == (Prospect.MET, ())


def test_nothing_is_advised_where_the_standard_does_not_apply() -> None:
    standard = standard_of("rule: {all: [ledger]}", STAFF)
    found = advise(standard, {"ledger": False}, dt.date(2019, 1, 1))
    assert found.prospect is Prospect.NOT_IN_FORCE


def test_a_search_that_ends_early_claims_nothing() -> None:
    facts = {"staff": number(101), "tech": number(3)}
    found = one('rule: {all: ["tech / staff >= 20%", "staff <= 90人"]}', facts, effort=1)
    assert found.prospect is Prospect.NOT_FOUND or not found.plans[0].proven


# Goals

SCORE = """
scores:
  total:
    max: 20
    parts:
      people: {max: 10, bands: {of: tech / staff, list: [{from: 30%, points: 10}, {from: 10%, below: 30%, points: 4}]}}
      money: {max: 10, ratio: {of: rd, full: 10万元, points: 10}}
lines:
  - {score: total, from: 8分, label: 候选}
  - {score: total, from: 14分, label: 推荐}
kind: score
"""


def test_a_score_of_at_least_so_many_points() -> None:
    standard = standard_of(SCORE, STAFF)
    facts: dict[str, Fact] = {"staff": number(20), "tech": number(2), "rd": yuan(1)}
    (plan, *_) = advise(standard, facts, DAY, scoring(standard, "total", Fraction(8))).plans
    assert (changes(plan), plan.cost) == ({"rd": yuan(4)}, 3)
    (plan, *_) = advise(standard, facts, DAY, scoring(standard, "people", Fraction(10))).plans
    assert (changes(plan), plan.cost) == ({"tech": 6}, 8)


def test_the_next_line_is_the_lowest_not_reached() -> None:
    standard = standard_of(SCORE, STAFF)
    facts: dict[str, Fact] = {"staff": number(20), "tech": number(2), "rd": yuan(4)}
    assert next_line(assess(standard, facts, DAY)) == Goal("score", "total", Fraction(14))
    assert next_line(assess(standard, {**facts, "rd": yuan(1)}, DAY)) == Goal("score", "total", Fraction(8))
    assert next_line(assess(standard, {**facts, "rd": yuan(10)}, DAY)) is None


def test_a_score_out_of_reach_says_how_far_it_can_go() -> None:
    standard = standard_of(SCORE, STAFF.replace("adjust: {direction: up, step: 1, cost: 1}", ""))
    facts: dict[str, Fact] = {"staff": number(20), "tech": number(2), "rd": yuan(4)}
    found = advise(standard, facts, DAY, scoring(standard, "total", Fraction(15)))
    assert found.prospect is Prospect.BLOCKED
    assert [(item.most, item.facts) for item in found.obstacles] == [(14, ("rd",))]


CLASSES = """
kind: classification
classes:
  - {class: large, label: 大型, when: {all: ["staff >= 300人", "sales >= 100万元"]}}
  - {class: medium, label: 中型, when: {all: ["staff >= 20人"]}}
  - {class: micro, label: 微型}
"""


def test_the_next_class_is_the_one_before() -> None:
    standard = standard_of(CLASSES, STAFF)
    facts: dict[str, Fact] = {"staff": number(15), "sales": yuan(50)}
    goal = next_class(assess(standard, facts, DAY))
    assert goal == in_class(standard, "medium")
    (plan,) = advise(standard, facts, DAY, goal).plans
    assert changes(plan) == {"staff": 20}
    assert plan.result.class_ == "medium"
    assert next_class(assess(standard, {"staff": number(400), "sales": yuan(100)}, DAY)) is None
    assert next_class(assess(standard, {}, DAY)) is None


def test_an_earlier_class_stands_against_a_later_one() -> None:
    standard = standard_of(CLASSES, STAFF.replace("direction: both", "direction: up"))
    facts: dict[str, Fact] = {"staff": number(400), "sales": yuan(100)}
    found = advise(standard, facts, DAY, in_class(standard, "medium"))
    assert found.prospect is Prospect.BLOCKED
    assert found.obstacles


@pytest.mark.parametrize("make", [lambda s: in_class(s, "none"), lambda s: scoring(s, "none", Fraction(1))])
def test_a_goal_that_a_standard_does_not_know_is_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(KeyError):
        make(standard_of(CLASSES, STAFF))


# What cannot be changed


def test_a_fact_without_adjust_is_never_moved() -> None:
    rule = 'rule: {all: [{test: "sales >= 100万元", label: 收入不低于 100 万元}, "rd >= 3万元"]}'
    found = one(rule, {"sales": yuan(99), "rd": yuan(1)})
    assert (found.prospect, found.plans, found.from_day) == (Prospect.BLOCKED, (), None)
    (obstacle,) = found.obstacles
    assert (obstacle.about.label, obstacle.facts, obstacle.from_day) == (
        "收入不低于 100 万元",
        ("sales",),
        None,
    )


@pytest.mark.parametrize(
    ("test", "day"),
    [
        ("full_years(founded, as_of) >= 3年", dt.date(2027, 3, 1)),
        ("full_years(founded, as_of) > 3年", dt.date(2028, 2, 29)),
        ("days(founded, as_of) >= 730天", dt.date(2026, 2, 28)),
        ("days(founded, as_of) > 730天", dt.date(2026, 3, 1)),
    ],
)
def test_age_is_waited_for(test: str, day: dt.date) -> None:
    found = one(f'rule: {{all: ["{test}", ledger]}}', {"founded": dt.date(2024, 2, 29), "ledger": False})
    assert found.prospect is Prospect.BLOCKED
    assert [(item.facts, item.from_day) for item in found.obstacles] == [(("founded",), day)]
    assert found.from_day == day
    standard = standard_of(f'rule: {{all: ["{test}", ledger]}}', STAFF)
    facts: dict[str, Fact] = {"founded": dt.date(2024, 2, 29), "ledger": False}
    assert advise(standard, facts, day - dt.timedelta(1)).prospect is Prospect.BLOCKED
    assert advise(standard, facts, day).prospect is Prospect.REACHABLE


def test_age_in_a_band_of_a_score_is_waited_for() -> None:
    text = """
values:
  age: {formula: "full_years(founded, as_of)", shown: 年}
scores:
  total: {max: 9, parts: {years: {max: 9, bands: {of: age, list: [{from: 5年, points: 9}, {below: 5年, points: 1}]}}}}
rule: {all: ["total >= 5分"]}
"""
    found = one(text, {"founded": dt.date(2022, 6, 2)})
    assert found.from_day == dt.date(2027, 6, 2)


def test_conditions_that_only_together_cannot_be_met_are_named_together() -> None:
    rule = 'rule: {all: ["staff >= 10人", "rd / sales >= 5%", "staff <= 5人"]}'
    found = one(rule, {"staff": number(7), "rd": yuan(50), "sales": yuan(100)})
    assert found.prospect is Prospect.BLOCKED
    assert {item.written for item in found.obstacles} == {"staff >= 10人", "staff <= 5人"}
    assert all(item.joint for item in found.obstacles)


def test_a_choice_of_ways_that_are_all_closed_is_named_as_a_whole() -> None:
    rule = 'rule: {all: [{any: [listed, "sales >= 5万元"], label: 名录或收入}]}'
    found = one(rule, {"listed": False, "sales": yuan(1)})
    assert [(item.about.label, item.facts) for item in found.obstacles] == [
        ("名录或收入", ("sales", "listed"))
    ]


# What is missing


def test_a_missing_fact_that_decides_is_to_be_filled_in_first() -> None:
    rule = 'rule: {all: [{not: listed}, "rd >= 3万元", "old_sales >= 1万元"]}'
    found = one(rule, {"rd": yuan(1)})
    assert (found.prospect, found.plans) == (Prospect.FILL_FIRST, ())
    assert found.to_fill == ("old_sales", "listed")


def test_a_plan_holds_whatever_is_missing() -> None:
    rule = 'rule: {any: [listed, "rd / sales >= 5%", "old_sales >= 7万元"]}'
    found = one(rule, {"rd": yuan(1), "sales": yuan(100)})
    assert changes(found.plans[0]) == {"rd": yuan(5)}
    assert set(found.to_fill) == {"listed", "old_sales"}


def test_a_missing_whole_is_at_least_its_part() -> None:
    (plan,) = one('rule: {all: ["staff >= 5人", "tech >= 1人"]}', {"tech": number(3)}).plans
    assert changes(plan) == {"tech": 5}


def test_missing_facts_are_never_moved() -> None:
    found = one('rule: {all: ["rd >= 3万元"]}', {})
    assert (found.prospect, found.to_fill) == (Prospect.FILL_FIRST, ("rd",))


EXPERTS = """
scores:
  total:
    max: 10
    parts:
      level:
        max: 10
        judged: judged
        bands: {of: rd, list: [{from: 10万元, points: [6, 10]}, {from: 5万元, below: 10万元, points: [3, 5]}]}
rule: {all: ["total >= %s分"]}
"""


def test_experts_points_that_no_longer_fit_count_at_their_lowest() -> None:
    facts: dict[str, Fact] = {"rd": yuan(5), "judged": Fraction(5)}
    (plan,) = one(EXPERTS % 6, facts).plans
    assert changes(plan) == {"rd": yuan(10)}
    found = one(EXPERTS % 7, facts)
    assert found.prospect is Prospect.BLOCKED


def test_missing_experts_points_are_to_be_filled_in() -> None:
    found = one(EXPERTS % 7, {"rd": yuan(5)})
    assert (found.prospect, found.to_fill) == (Prospect.FILL_FIRST, ("judged",))


def test_a_figure_handed_in_does_not_hide_what_moves() -> None:
    text = (
        "values: {share: {formula: tech / staff, shown: '%', given: true}}\nrule: {all: [\"share >= 20%\"]}"
    )
    facts: dict[str, Fact] = {"staff": number(10), "tech": number(1), "share": Fraction(1, 2)}
    (plan, *_) = one(text, facts).plans
    assert changes(plan) == {"tech": 2}


# The dictionary


def test_only_numbers_and_flags_are_adjustable() -> None:
    wrong = STAFF + "  stage: {kind: choice, options: [甲, 乙], adjust: {direction: up}}\n"
    with pytest.raises(StandardFaults) as caught:
        standard_of("rule: {all: [ledger]}", wrong)
    assert [fault.code for fault in caught.value.faults] == ["standard.adjust"]


# Properties


@given(st.data())
@settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))
def test_no_change_on_the_grid_is_cheaper(data: st.DataObject) -> None:
    standard = data.draw(standards())
    facts = data.draw(firms(standard, missing=data.draw(st.booleans())))
    goal = data.draw(goals(standard))
    adjustable = [key for key, item in standard.inputs.items() if item.adjust is not None and key in facts]
    found = advise(standard, facts, DAY, goal)
    if len(adjustable) <= 3:
        best = cheapest(standard, facts, goal)
        expected = {Prospect.MET: 0, Prospect.REACHABLE: found.plans[0].cost if found.plans else None}
        if found.plans and not found.plans[0].proven:
            assert best is not None
            assert found.plans[0].cost >= best
        elif found.prospect is not Prospect.NOT_FOUND:
            assert best == expected.get(found.prospect)
    for plan in found.plans:
        changed = {**facts, **plan.facts}
        assert goal.met(assess(standard, changed, DAY))
        assert set(plan.facts) <= set(adjustable)
        assert not set(plan.facts) & set(plan.without)
        assert plan.cost == sum(
            math.prod((c.steps, c.input.adjust.cost)) for c in plan.changes if c.input.adjust
        )
    assert len({frozenset(plan.facts) for plan in found.plans}) == len(found.plans)
    assert not set(found.to_fill) & set(facts)
    if found.prospect is Prospect.FILL_FIRST:
        assert found.to_fill


# Real standards


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_standards(path for path in PACKS.iterdir() if path.is_dir())


FILES = sorted(
    path
    for path in PACKS.glob("*/standards/*/*.yaml")
    if path.parent.name != "inputs" and ".cases." not in path.name
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}@{path.stem}")
def test_advice_on_the_cases_of_real_standards_passes(path: Path, catalogue: Catalogue) -> None:
    standard = catalogue.named(f"{path.parent.name}@{path.stem}")
    assert standard is not None
    cases, _ = read_cases(cases_file(path), standard)
    for case in cases[:: max(1, len(cases) // 8)]:
        now = assess(standard, case.facts, case.as_of)
        for goal in (Goal("pass"), next_class(now), next_line(now)):
            if goal is None or (goal.kind == "pass" and standard.rule is None):
                continue
            found = advise(standard, case.facts, case.as_of, goal, effort=1000)
            for plan in found.plans:
                changed = assess(standard, {**case.facts, **plan.facts}, case.as_of)
                assert goal.met(changed)
            assert (found.prospect is Prospect.REACHABLE) == bool(found.plans)
            if found.prospect is Prospect.BLOCKED:
                assert found.obstacles


def test_a_technology_firm_hires_one_more(catalogue: Catalogue) -> None:
    standard = catalogue.named("tech_sme@2017")
    assert standard is not None
    path = PACKS / "national" / "standards" / "tech_sme" / "2017.yaml"
    cases, _ = read_cases(cases_file(path), standard)
    case = next(item for item in cases if item.source == "TS-2")
    found = advise(standard, case.facts, case.as_of)
    assert changes(found.plans[0]) == {"tech_staff": 8}
    assert found.plans[0].proven
