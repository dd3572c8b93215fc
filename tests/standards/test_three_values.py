"""Unknown is said only where the missing fact could change the answer."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from luming.standards import Outcome, assess, read_facts
from luming.standards.span import LARGE
from standards.conftest import Shelf, judge

TREE = """
rule:
  all:
    - "staff <= 500人"
    - any: [certified, "rd / sales >= 5%"]
    - not: listed
"""


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ({"staff": 500, "certified": "是", "listed": "否"}, "pass"),
        ({"staff": 501, "certified": "是", "listed": "否"}, "fail"),
        ({"staff": 501}, "fail"),
        ({"certified": "是", "listed": "否"}, "unknown"),
        ({"staff": 10, "listed": "否", "rd": 5, "sales": 100}, "pass"),
        ({"staff": 10, "listed": "否", "rd": "4.999999", "sales": 100}, "unknown"),
        ({"staff": 10, "listed": "否", "rd": "4.999999", "sales": 100, "certified": "否"}, "fail"),
        ({"staff": 10, "listed": "是"}, "fail"),
        ({"staff": 10, "certified": "是"}, "unknown"),
    ],
)
def test_missing_facts_matter_only_where_they_can(shelf: Shelf, row: dict[str, object], outcome: str) -> None:
    assert judge(shelf.one(TREE), **row).outcome == outcome


SCORE = """
scores:
  total:
    parts:
      tech_part:
        max: 20
        bands:
          of: tech / staff
          list: [{from: 30%, points: 20}, {from: 10%, below: 30%, points: 10}, {below: 10%, points: 0}]
      rd_part:
        max: 50
        bands: {of: rd / sales, list: [{from: 6%, points: 50}, {from: 2%, below: 6%, points: 20}]}
rule:
  all: ["total >= 60分", "tech_part > 0分"]
"""


def test_a_score_that_is_enough_whatever_is_missing_passes(shelf: Shelf) -> None:
    standard = shelf.one(SCORE.replace("60分", "20分"))
    assert judge(standard, tech=30, staff=100).outcome == "pass"
    assert judge(standard, tech=30, staff=100).scores["total"].high == 70


def test_a_veto_fails_whatever_the_rest(shelf: Shelf) -> None:
    assert judge(shelf.one(SCORE), tech=9, staff=100).outcome == "fail"


def test_a_part_missing_lies_between_its_least_and_most(shelf: Shelf) -> None:
    found = judge(shelf.one(SCORE), rd=6, sales=100)
    assert (found.scores["total"].low, found.scores["total"].high) == (50, 70)
    assert found.outcome == "unknown"


def test_a_share_is_narrowed_by_the_whole(shelf: Shelf) -> None:
    """Tech staff are never more than staff, so a share is 100 % at most and staff are at least the tech staff."""
    standard = shelf.one('rule:\n  all: ["tech / staff <= 100%"]\n')
    assert judge(standard, tech=30).outcome == "pass"
    assert judge(standard, staff=30).outcome == "pass"
    assert judge(standard).outcome == "unknown", "with no staff at all the share cannot be computed"


BANDED = """
values:
  share: {formula: (rd + 0万元) / (sales + sales_y2 + sales_y3), shown: "%"}
rule:
  any:
    - all: ["sales <= 5000万元", "share >= 5%"]
    - all: ["sales > 5000万元", "sales <= 2亿元", "share >= 4%"]
    - all: ["sales > 2亿元", "share >= 3%"]
"""


def test_a_missing_figure_is_not_thought_small_in_one_test_and_large_in_another(shelf: Shelf) -> None:
    """Below 5,000 the share is 4.5 % at most, which wants 5; above, it is 2 % at most, which wants 4: it fails either way."""
    standard = shelf.one(BANDED)
    assert "sales" in standard.split
    assert judge(standard, rd=180, sales_y2=2000, sales_y3=2000).outcome == "fail"
    assert judge(standard, rd=200, sales_y2=2000, sales_y3=2000).outcome == "unknown"


def test_a_cell_beyond_the_whole_is_not_thought_of(shelf: Shelf) -> None:
    """Of ten staff at most ten are tech staff, whatever the tests compare them with."""
    standard = shelf.one('rule:\n  any: ["tech >= 11人", {all: ["tech >= 20人", certified]}]\n')
    assert "tech" in standard.split
    assert judge(standard, staff=10).outcome == "fail"
    assert judge(standard, staff=11).outcome == "unknown"


def test_a_flag_in_two_places_is_thought_through_both_ways(shelf: Shelf) -> None:
    standard = shelf.one("rule:\n  any:\n    - certified\n    - not: certified\n")
    assert judge(standard).outcome == "pass"


def test_a_choice_in_two_places_is_thought_through_option_by_option(shelf: Shelf) -> None:
    standard = shelf.one('rule:\n  any: ["trade == 工业", "trade in [建筑业, 批发业]"]\n')
    assert judge(standard).outcome == "pass"


def test_a_denominator_of_zero_meets_no_test_and_says_so(shelf: Shelf) -> None:
    standard = shelf.one('rule:\n  all: ["rd / sales >= 5%"]\n')
    assert judge(standard, rd=10, sales=0).outcome == "fail"
    assert judge(standard, rd=10).outcome == "unknown"


def test_negative_denominators_turn_the_comparison(shelf: Shelf) -> None:
    standard = shelf.one('rule:\n  all: ["rd / profit >= -50%"]\n')
    assert judge(standard, rd=10, profit=-20).outcome == "pass"
    assert judge(standard, rd=11, profit=-20).outcome == "fail"


def test_a_mean_yearly_growth_is_decided_by_powers(shelf: Shelf) -> None:
    standard = shelf.one('rule:\n  all: ["cagr(sales_y3, sales, 2) >= 5%"]\n')
    assert judge(standard, sales_y3=10000, sales=11025).outcome == "pass"
    assert judge(standard, sales_y3=10000, sales="11024.999999").outcome == "fail"
    assert judge(standard, sales_y3=0, sales=10).outcome == "fail"


@pytest.mark.parametrize(
    ("founded", "outcome"), [("2024-06-01", "pass"), ("2024-06-02", "fail"), ("2024-05-31", "pass")]
)
def test_full_years_complete_on_the_day(shelf: Shelf, founded: str, outcome: str) -> None:
    standard = shelf.one('rule:\n  all: ["full_years(founded, as_of) >= 1年"]\n')
    assert judge(standard, founded=founded).outcome == outcome


def test_a_birthday_on_29_february_completes_on_1_march(shelf: Shelf) -> None:
    standard = shelf.one('rule:\n  all: ["full_years(founded, as_of) >= 1年"]\n')
    facts, _ = read_facts({"founded": "2024-02-29"}, standard.inputs)
    assert assess(standard, facts, dt.date(2025, 2, 28)).outcome is Outcome.FAIL
    assert assess(standard, facts, dt.date(2025, 3, 1)).outcome is Outcome.PASS


def test_outside_of_its_days_a_version_says_nothing(shelf: Shelf) -> None:
    shelf.put("rule:\n  all: [certified]\n", force="{from: 2024-01-01, to: 2024-12-31}")
    (standard,) = shelf.read().versions["trial"]
    days = [dt.date(2023, 12, 31), dt.date(2024, 1, 1), dt.date(2024, 12, 31), dt.date(2025, 1, 1)]
    outcomes = [assess(standard, {"certified": True}, day).outcome for day in days]
    assert outcomes == ["not_in_force", "pass", "pass", "not_in_force"]


PARTS = """
choices:
  stage: {options: [{is: 初创, when: "full_years(founded, as_of) < 3年"}, {is: 成熟}]}
scores:
  total:
    max: 40
    min: 0
    decimals: 2
    parts:
      best: {best_of: [{cases: [{when: certified, points: 8}]}, {bands: {of: patents, list: [{from: 3件, points: 6}]}}]}
      added: {max: 5, add: [{when: certified, points: 3}, {when: "patents >= 1件", points: 3}]}
      penalty: {add: [{when: listed, points: -10}]}
      judged: {max: 10, judged: opinion}
      ratio: {max: 10, ratio: {of: rd, full: 300万元, points: {by: stage, table: {初创: 10, 成熟: 5}}}}
      years: {max: 5, formula: "floor(full_years(founded, as_of) / 2年)"}
"""


def test_every_kind_of_part_gives_its_points(shelf: Shelf) -> None:
    standard = shelf.one(PARTS + "kind: score\n")
    found = judge(
        standard, certified="是", patents=3, listed="否", opinion="7.5", rd=100, founded="2020-06-01"
    )
    points = {key: span.low for key, span in found.parts.items()}
    assert points == {
        "best": 8, "added": 5, "penalty": 0, "judged": Fraction(15, 2), "ratio": Fraction(167, 100), "years": 2,
    }  # fmt: skip
    assert found.scores["total"].low == Fraction(2417, 100)
    assert found.outcome == "pass"


def test_parts_of_what_is_missing_reach_from_least_to_most(shelf: Shelf) -> None:
    found = judge(shelf.one(PARTS + "kind: score\n"))
    bounds = {key: (span.low, span.high) for key, span in found.parts.items()}
    assert bounds == {
        "best": (0, 8), "added": (0, 5), "penalty": (-10, 0), "judged": (0, 10), "ratio": (0, 10), "years": (0, 5),
    }  # fmt: skip
    assert (found.scores["total"].low, found.scores["total"].high) == (0, 38)
    assert found.outcome == "unknown"


def test_bands_that_leave_no_gap_give_no_less_than_their_least(shelf: Shelf) -> None:
    bands = "{of: staff, list: [{from: 300人, points: 10}, {below: 300人, points: 5}]}"
    text = f"kind: score\nscores: {{total: {{parts: {{size: {{bands: {bands}}}}}}}}}\n"
    total = judge(shelf.one(text)).scores["total"]
    assert (total.low, total.high) == (5, 10)
    gap = judge(shelf.one(text.replace("below: 300人", "below: 299人"))).scores["total"]
    assert (gap.low, gap.high) == (0, 10)


def test_an_expert_outside_of_the_range_is_not_counted(shelf: Shelf) -> None:
    text = """
    kind: score
    scores:
      total: {parts: {growth: {judged: opinion, bands: {of: patents, list: [{from: 3件, points: [7, 8]}, {below: 3件, points: [1, 2]}]}}}}
    """
    standard = shelf.one(text)
    assert judge(standard, patents=3, opinion=8).scores["total"].low == 8
    outside = judge(standard, patents=3, opinion=9).scores["total"]
    assert (outside.low, outside.high) == (7, 8)


def test_classes_are_the_first_that_holds(shelf: Shelf) -> None:
    text = """
    kind: classification
    classes:
      - {class: large, when: {all: ["staff >= 1000人", "sales >= 4亿元"]}}
      - {class: medium, when: {all: ["staff >= 300人", "sales >= 2000万元"]}}
      - {class: small}
    """
    standard = shelf.one(text)
    assert judge(standard, staff=1000, sales=40000).class_ == "large"
    assert judge(standard, staff=1000, sales="39999.999999").class_ == "medium"
    assert judge(standard, staff=299).class_ == "small"
    open_ = judge(standard, staff=1000)
    assert (open_.classes, open_.outcome) == (("large", "medium", "small"), "unknown")


def test_an_amount_is_cut_and_rounded_half_up(shelf: Shelf) -> None:
    text = """
    kind: benefit
    amounts:
      money: {formula: rd * 3%, unit: 万元, decimals: 2, max: 200万元, when: certified}
    """
    standard = shelf.one(text)
    assert judge(standard, rd="0.166666", certified="是").amounts["money"].low == 0
    assert judge(standard, rd="0.166667", certified="是").amounts["money"].low == 100
    assert judge(standard, rd=8000, certified="是").amounts["money"].low == 2_000_000
    assert judge(standard, rd=8000, certified="否").amounts["money"].low == 0
    unknown = judge(standard, rd=100).amounts["money"]
    assert (unknown.low, unknown.high) == (0, 30000)


def test_a_figure_handed_in_stands_where_its_parts_are_missing(shelf: Shelf) -> None:
    text = 'values: {share: {formula: rd / sales, shown: "%", given: true}}\nrule: {all: ["share >= 5%"]}\n'
    standard = shelf.one(text)
    assert judge(standard, share=5).outcome == "pass"
    assert judge(standard, share="4.9").outcome == "fail"
    assert judge(standard, share=5, rd=1, sales=100).outcome == "fail", "what can be reckoned goes first"


def test_a_quotient_that_may_be_anything_stays_below_no_bound(shelf: Shelf) -> None:
    standard = shelf.one('values: {share: {formula: rd / sales}}\nrule: {all: ["share >= 5%"]}\n')
    assert judge(standard, rd=1).values["share"].high == LARGE
