"""Two sets of rules over the same firms: gained, lost, unknown, cost from low to high, clauses and departments; nothing written."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from luming.pack import Commitment, Measure, Sentence, load
from luming.rehearsal import (
    Firm,
    KnobFaults,
    Rehearsal,
    changed_numbers,
    edits_of,
    item_files,
    knobs,
    rehearse,
    reworded,
    rules_with,
    touched,
    turned,
)
from luming.standards import Fact
from luming.support import Catalogue, Money, SupportFaults, read_support

PACKS = Path(__file__).parents[2] / "packs"
ROOTS = sorted(path for path in PACKS.iterdir() if path.is_dir())
DAY = dt.date(2025, 6, 1)
WAN = 10_000 * 100
FILE = "baotou/support/probe.yaml"
TEXT = """document: {title: 试行办法, number: 试〔2025〕1号, issuer: 本市, official: true}
mark: ours
in_force: {from: 2025-01-01}
items:
  probe:
    name: 研发奖励
    clause: 第3条
    kind: award
    condition: {id: rd, label: 研发费用不低于500万元, test: rd >= 500万元}
    amount: {share: {of: rd, rate: 10%, cap: 80万元}}
  ceiling:
    name: 平台支持
    clause: 第4条
    kind: award
    condition: {id: big, label: 职工不少于20人, test: employees >= 20人}
    amount: {at_most: 30万元}
"""
INPUTS = """
inputs:
  rd: {label: 研发费用, unit: 万元}
  employees: {label: 职工总数, unit: 人}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A pack owner with two items."""
    root = tmp_path / "baotou"
    (root / "standards" / "inputs").mkdir(parents=True)
    (root / "standards" / "inputs" / "probe.yaml").write_text(INPUTS, encoding="utf-8")
    (root / "support").mkdir()
    (root / "support" / "probe.yaml").write_text(TEXT, encoding="utf-8")
    return root


def firm(name: str, rd: int | None, employees: int | None = None) -> Firm:
    facts: dict[str, Fact] = {}
    if rd is not None:
        facts["rd"] = Fraction(rd * 10_000)
    if employees is not None:
        facts["employees"] = Fraction(employees)
    return Firm(name, name, "青山区", facts)


def turn(rules: Path, item: str, **values: str) -> Catalogue:
    """The rules with numbers of one item turned, each named by how it stands in the text."""
    known = {knob.id: knob for knob in knobs(TEXT, item)}
    given = {
        next(one.id for one in known.values() if one.path.endswith(path)): value
        for path, value in values.items()
    }
    return rules_with([rules], {FILE: turned(TEXT, known, given)})


def both(rules: Path, new: Catalogue, *firms: Firm) -> Rehearsal:
    return rehearse(read_support([rules]), new, firms, DAY)


def names(moved: tuple[object, ...]) -> list[str]:
    return [one.firm.name for one in moved]  # type: ignore[attr-defined]


def test_a_threshold_moves_firms_and_money(rules: Path) -> None:
    new = turn(rules, "probe", test="400")
    found = both(rules, new, firm("甲", 500), firm("乙", 450), firm("丙", 300), firm("丁", None))
    (item,) = found.items
    assert (item.key, names(item.gained), names(item.lost)) == ("probe", ["乙"], [])
    assert (item.entitled, item.unknown) == ((1, 2), (1, 1))
    # the one that nothing is known of may bring nothing, or the cap
    assert (item.before, item.after) == (Money(50 * WAN, 130 * WAN), Money(95 * WAN, 175 * WAN))
    assert (found.before, found.after) == (item.before, item.after)
    assert found.difference == Money(45 * WAN, 45 * WAN)
    assert (item.gained[0].low, item.gained[0].high) == (45 * WAN, 45 * WAN)


def test_raising_it_loses_the_firms_between(rules: Path) -> None:
    found = both(rules, turn(rules, "probe", test="501"), firm("甲", 500), firm("乙", 501), firm("丙", 800))
    assert (names(found.items[0].lost), names(found.items[0].gained)) == (["甲"], [])
    assert found.difference == Money(-50 * WAN, -50 * WAN)


def test_a_cap_and_a_rate_change_the_sums_alone(rules: Path) -> None:
    found = both(rules, turn(rules, "probe", cap="60", rate="12"), firm("甲", 500), firm("乙", 900))
    (item,) = found.items
    assert (names(item.dearer), names(item.cheaper)) == (["甲"], ["乙"])
    assert item.after == Money(120 * WAN, 120 * WAN)


def test_at_most_costs_from_nothing_to_the_cap(rules: Path) -> None:
    found = both(rules, turn(rules, "ceiling", at_most="50"), firm("甲", None, 30), firm("乙", None))
    (item,) = found.items
    assert (item.before, item.after) == (Money(0, 60 * WAN), Money(0, 100 * WAN))
    assert found.difference == Money(0, 40 * WAN)
    assert item.each == (Money(0, 30 * WAN), Money(0, 50 * WAN))


def test_what_is_dropped_or_added_is_seen(rules: Path) -> None:
    dropped = TEXT[: TEXT.index("  ceiling:")]
    found = both(rules, rules_with([rules], {FILE: dropped}), firm("甲", None, 30))
    assert (found.items[0].new, names(found.items[0].lost)) == (None, ["甲"])


def test_nothing_turned_changes_nothing_and_nothing_is_written(rules: Path) -> None:
    before = {path: path.read_bytes() for path in rules.rglob("*.yaml")}
    assert both(rules, rules_with([rules], {}), firm("甲", 500)).items == ()
    turn(rules, "probe", test="1")
    assert {path: path.read_bytes() for path in rules.rglob("*.yaml")} == before


@pytest.mark.parametrize(
    "name", ["../probe.yaml", "baotou/support/../../../probe.yaml", "baotou/registers/x.csv"]
)
def test_only_rules_can_be_changed(rules: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"probe|registers"):
        rules_with([rules], {name: "x"})


def test_a_text_that_is_no_rule_is_refused_with_its_faults(rules: Path) -> None:
    with pytest.raises(SupportFaults):
        rules_with([rules], {FILE: TEXT.replace("rd >= 500万元", "rd >= 500吨")})


def test_all_wrong_numbers_are_told_at_once() -> None:
    known = {knob.id: knob for knob in knobs(TEXT, "probe")}
    with pytest.raises(KnobFaults) as refused:
        turned(TEXT, known, dict.fromkeys(known, "-1") | {"99999": "1"})
    assert len(refused.value.faults) == len(known) + 1
    assert turned(TEXT, known, {}) == TEXT
    assert turned(TEXT, known, {one.id: one.written for one in known.values()}) == TEXT


def test_knobs_are_numbers_of_rules_and_not_of_words() -> None:
    assert [(one.label, one.written, one.unit) for one in knobs(TEXT, "probe")] == [
        ("研发费用不低于500万元", "500", "万元"),
        ("研发奖励", "10", "%"),
        ("研发奖励", "80", "万元"),
    ]
    hnte = (PACKS / "national/standards/hnte/2016.yaml").read_text(encoding="utf-8")
    found = [
        one for one in knobs(hnte) if one.path.startswith("rule") and one.around == "tech_staff_share >= 10%"
    ]
    assert [(one.written, one.unit) for one in found] == [("10", "%")]


def test_every_rule_of_the_packs_reads_the_same_with_every_number_written_anew() -> None:
    catalogue = read_support(ROOTS)
    for path in sorted(PACKS.glob("*/support/*.yaml")):
        if path.name.endswith(".cases.yaml"):
            continue
        text = path.read_text(encoding="utf-8")
        for key in catalogue.items:
            known = {one.id: one for one in knobs(text, key)}
            assert turned(text, known, {one.id: one.written for one in known.values()}) == text.replace(
                "\r", ""
            )


def test_a_standard_turned_moves_those_who_pass_and_the_items_behind_it() -> None:
    name = "neimenggu/standards/nmg_rd_subsidy/2021.yaml"
    text = (PACKS / name).read_text(encoding="utf-8")
    known = {one.id: one for one in knobs(text)}
    cap = next(one.id for one in known.values() if one.path == "amounts.subsidy.max")
    new = rules_with(ROOTS, {name: turned(text, known, {cap: "600"})})
    found = rehearse(read_support(ROOTS), new, [firm("甲", 1)], DAY)
    assert {one.key for one in found.items} >= {"nm_rd_subsidy"}
    assert [one.key for one in found.standards] == ["nmg_rd_subsidy"]


def test_a_changed_clause_turns_its_items_and_names_departments_and_targets() -> None:
    pack = load(PACKS / "baotou/2025-1")
    catalogue = read_support(ROOTS)
    files = item_files(ROOTS)
    scenario = next(one for one in pack.commitments if one.clause.startswith("m05.") and one.value == 500)
    draft = [
        one.model_copy(update={"value": Decimal(800)}) if one.id == scenario.id else one
        for one in pack.commitments
    ]
    changes = changed_numbers(pack, draft)
    assert [(one.old.id, one.new.value) for one in changes] == [(scenario.id, Decimal(800))]
    texts, told = edits_of(pack, changes, catalogue, files)
    assert told[0].items == ("bt_scenario_project",)
    found = rehearse(catalogue, rules_with(ROOTS, texts), [firm("甲", 1)], DAY)
    (item,) = found.items
    assert item.each == (Money(0, 500 * WAN), Money(0, 800 * WAN))
    (measure,) = touched(pack, (item.item,), (scenario.id,))
    assert "500万元" in measure.text
    assert measure.lead
    assert scenario in measure.targets


WORDS = "对应用场景示范项目给予最高500万元支持,全年支持10个项目,安排资金0.3亿元。"


def clause() -> tuple[Measure, list[Commitment]]:
    sentence = Sentence(id="m05.s1", start=3, end=3 + len(WORDS), quote=WORDS)

    def number(id: str, quote: str, unit: str) -> Commitment:
        start = 3 + WORDS.index(quote)
        value = Decimal(quote.removesuffix(unit))
        return Commitment(
            id=id, label=id, indicator="", kind="support_cap", comparator="<=", value=value, unit=unit,
            clause="m05.s1", start=start, end=start + len(quote), quote=quote, mark="verified",
        )  # fmt: skip

    numbers = [
        number("cap", "500万元", "万元"),
        number("count", "10个", "个"),
        number("fund", "0.3亿元", "亿元"),
    ]
    return Measure(id="m05", title="场景", sentences=(sentence,)), numbers


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("500万元", "800万元", {"cap": "800"}),
        ("500万元", "1500万元", {"cap": "1500"}),
        ("500万元", "50万元", {"cap": "50"}),
        ("500万元", "0.08亿元", {"cap": "800"}),
        ("500万元", "1,000万元", {"cap": "1000"}),
        ("10个", "12个", {"count": "12"}),
        ("0.3亿元", "5000万元", {"fund": "0.5"}),
        ("最高500万元", "不高于500万元", {}),
        ("全年支持10个项目,", "", {"count": None}),
        ("500万元支持,全年支持10个", "800万元支持,全年支持15个", {"cap": "800", "count": "15"}),
    ],
)
def test_numbers_are_followed_through_new_words(old: str, new: str, expected: dict[str, str | None]) -> None:
    measure, numbers = clause()
    found = reworded("前言。" + WORDS, measure, numbers, WORDS.replace(old, new))
    assert {one.old.id: one.new and one.new.value for one in found} == {
        id: value and Decimal(value) for id, value in expected.items()
    }
