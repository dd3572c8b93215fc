"""An item that asks that a firm meets a standard."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from luming.standards import Outcome, assess, cases_file, read_cases
from luming.support import (
    Catalogue,
    Money,
    SupportFaults,
    Verdict,
    entitle_table,
    entitlement,
    entitlements,
    next_question,
    read_support,
)
from support.conftest import DAY, HEAD, Shelf, known

STANDARD = """
standard: sound
version: "{version}"
name: 稳健企业
in_force: {force}
mark: ours
values:
  ratio: {{label: 研发强度, formula: rd / cost, shown: "%"}}
scores:
  points: {{max: 100, bands: {{of: ratio, list: [{{from: 10%, points: 100}}, {{below: 10%, points: 40}}]}}}}
rule: {{all: ["points >= {least}分", {{not: listed}}]}}
"""
GRADES = """
standard: grades
version: "1"
name: 分级
in_force: {from: 2020-01-01}
mark: ours
classes:
  - {class: high, label: 高, when: "stations >= 3个"}
  - {class: middle, label: 中, when: "stations >= 1个"}
  - {class: none, label: 无}
"""
ITEM = """
award:
  name: 奖励
  condition: {all: [here, {passes: sound, label: 稳健}]}
  amount: {share: {of: rd, rate: 10%, cap: 30万元}}
graded:
  name: 分级奖励
  kind: honour
  condition: {passes: grades, class: [middle]}
"""


@pytest.fixture
def catalogue(shelf: Shelf) -> Catalogue:
    folder = shelf.folder / "standards"
    for key in ("sound", "grades"):
        (folder / key).mkdir()
    versions = (("1", "{from: 2020-01-01, to: 2025-12-31}", 40), ("2", "{from: 2026-01-01}", 100))
    for version, force, least in versions:
        text = STANDARD.format(version=version, force=force, least=least)
        (folder / "sound" / f"{version}.yaml").write_text(text, encoding="utf-8")
    (folder / "grades" / "1.yaml").write_text(GRADES, encoding="utf-8")
    return shelf.read(ITEM)


def test_the_version_of_the_day_decides(catalogue: Catalogue) -> None:
    facts = known(catalogue, here=True, listed=False, rd="50", cost="1000")
    award = catalogue.items["award"]
    assert entitlement(award, facts, DAY).verdict is Verdict.YES
    assert entitlement(award, facts, DAY).amount == Money(5_000_000, 5_000_000)
    assert entitlement(award, facts, dt.date(2026, 6, 1)).verdict is Verdict.NO
    assert [one.version for one in award.standards] == ["1+1", "1+2"]


def test_what_the_standard_lacks_is_asked(catalogue: Catalogue) -> None:
    facts = known(catalogue, here=True, listed=False, cost="1000")
    one = entitlement(catalogue.items["award"], facts, dt.date(2026, 6, 1))
    assert (one.verdict, one.asked) == (Verdict.UNKNOWN, ("rd",))
    assert next_question(entitlements(catalogue, facts, dt.date(2026, 6, 1)), facts) == "rd"
    steps = [step.title for top in one.explanation.steps for _, step in top.walk()] if one.explanation else []
    assert "稳健" in steps


@pytest.mark.parametrize(
    ("stations", "verdict"), [(0, Verdict.NO), (1, Verdict.YES), (2, Verdict.YES), (3, Verdict.NO)]
)
def test_a_class_is_the_first_that_holds(catalogue: Catalogue, stations: int, verdict: Verdict) -> None:
    facts = known(catalogue, stations=stations)
    assert entitlement(catalogue.items["graded"], facts, DAY).verdict is verdict


@pytest.mark.parametrize(
    ("condition", "word"),
    [
        ("{passes: unheard_of}", "没有“unheard_of”这项标准"),
        ("{passes: grades, class: [golden]}", "没有“golden”这一类"),
        ("{passes: grades}", "请写明哪几类"),
    ],
)
def test_what_is_no_condition_is_told(catalogue: Catalogue, shelf: Shelf, condition: str, word: str) -> None:
    with pytest.raises(SupportFaults) as caught:
        shelf.read("one: {name: 一, kind: honour, condition: " + condition + "}", HEAD)
    assert word in str(caught.value)


def test_a_real_standard_as_a_condition(packs: Catalogue, tmp_path: Path) -> None:
    """The verdict of an item that only asks for a standard is that of the standard."""
    (tmp_path / "town" / "support").mkdir(parents=True)
    (tmp_path / "town" / "support" / "t.yaml").write_text(
        "document: {title: 试行}\nmark: ours\nitems:\n  one: {name: 一, kind: honour, condition: {passes: tech_sme}}\n",
        encoding="utf-8",
    )
    item = read_support([tmp_path / "town"], packs.standards).items["one"]
    standard = packs.standards.named("tech_sme@2017")
    assert standard is not None
    file = Path(__file__).parents[2] / "packs/national/standards/tech_sme/2017.yaml"
    said = {Outcome.PASS: Verdict.YES, Outcome.UNKNOWN: Verdict.UNKNOWN}
    for case in read_cases(cases_file(file), standard)[0]:
        expected = said.get(assess(standard, case.facts, case.as_of).outcome, Verdict.NO)
        assert entitlement(item, case.facts, case.as_of).verdict is expected, case.name


def test_a_table_of_firms_says_the_same(catalogue: Catalogue, tmp_path: Path) -> None:
    rows = [("是", "否", "50", "1000", "1"), ("是", "否", "50", "400", "3"), ("是", "", "50", "1000", "")]
    source, target = tmp_path / "firms.csv", tmp_path / "out.csv"
    lines = ["id,here,listed,rd,cost,stations", *(f"{at}," + ",".join(row) for at, row in enumerate(rows))]
    source.write_text("\n".join(lines), encoding="utf-8")
    entitle_table(catalogue, source, target, DAY)
    heading, *said = (line.split(",") for line in target.read_text(encoding="utf-8").splitlines())
    for (here, listed, rd, cost, stations), line in zip(rows, sorted(said), strict=True):
        facts = known(catalogue, here=here, listed=listed, rd=rd, cost=cost, stations=stations)
        alone = entitlements(catalogue, facts, DAY)
        for key in ("award", "graded"):
            assert line[heading.index(f"{key}_verdict")] == alone.of(key).verdict.value
        assert int(line[heading.index("total_high")]) == alone.total.high
