"""Reasons: one sentence a step with its clause, in both languages, and the facts that decide."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest

from luming.standards import Catalogue, Subject, explain, read_facts, read_firms, read_standards
from luming.standards.words import figure
from standards.conftest import DAY, Shelf

PACKS = Path(__file__).parents[2] / "packs"
TEXT = """
values:
  share: {label: 研发占比, label_en: R&D share, formula: rd / sales, shown: "%", clause: 第二条}
scores:
  total:
    label: 得分
    label_en: Score
    clause: 第三条
    max: 10
    parts:
      rd_part: {label: 研发, label_en: R&D, max: 10, bands: {of: share, list: [{from: 6%, points: 10}, {from: 2%, below: 6%, points: 4}]}}
rule:
  all:
    - {label: 规模, label_en: Size, clause: 第一条, all: ["staff <= 500人", "sales <= 2亿元"]}
    - {label: 评分, label_en: Score, clause: 第三条, all: ["total >= 4分"]}
    - {label: 未列入名单, label_en: Not listed, clause: 第四条, not: listed}
"""


def told(shelf: Shelf, language: str = "zh", **row: object):
    standard = shelf.one(TEXT)
    facts, _ = read_facts(row, standard.inputs)
    return explain(standard, facts, DAY, language=language)


def test_each_step_is_a_sentence_with_its_clause(shelf: Shelf) -> None:
    found = told(shelf, staff=80, sales=6000, rd=320, listed="否")
    assert found.conclusion == "试行标准:符合。"
    lines = found.sentences()
    assert "职工总数:80人,应不超过500人——符合(第一条)。" in lines
    assert "营业收入:6000万元,应不超过2亿元——符合(第一条)。" in lines
    assert "研发:研发占比 5.33%,得4分(满分10分)(第三条)。" in lines
    assert "列入名单:否(第四条)。" in lines, "under “not” a fact is told without a verdict"


def test_in_english_too(shelf: Shelf) -> None:
    lines = told(shelf, "en", staff=80, sales=6000, rd=320, listed="否").sentences()
    assert "Employees: 80, must be at most 500 — met (第一条)." in lines
    assert "Revenue: 60 million yuan, must be at most 200 million yuan — met (第一条)." in lines


def test_what_stands_against_it_is_named(shelf: Shelf) -> None:
    found = told(shelf, staff=501, sales=6000, rd=1, listed="是")
    assert [step.title for step in found.against] == ["职工总数", "得分", "未列入名单"]
    assert "原因:职工总数:501人,应不超过500人;" in found.conclusion.replace("；", ";")


def test_only_facts_that_decide_are_asked(shelf: Shelf) -> None:
    assert [item.key for item in told(shelf, staff=80, sales=6000, rd=320).deciding] == ["listed"]
    assert [item.key for item in told(shelf, staff=501).deciding] == []
    assert [item.key for item in told(shelf, staff=80, sales=100, listed="否").deciding] == ["rd"]


def test_points_outside_of_the_band_are_said_not_to_count(shelf: Shelf) -> None:
    bands = "{of: patents, list: [{from: 3件, points: [7, 8]}, {below: 3件, points: [1, 2]}]}"
    standard = shelf.one(
        f"kind: score\nscores: {{total: {{parts: {{growth: {{judged: opinion, bands: {bands}}}}}}}}}\n"
    )
    facts, _ = read_facts({"patents": 3, "opinion": 9}, standard.inputs)
    assert any(
        "专家评分9分不在本档范围内,没有采用" in line for line in explain(standard, facts, DAY).sentences()
    )


def test_a_figure_close_to_its_threshold_does_not_look_equal() -> None:
    assert figure(Fraction(59999, 1000), "分", beside=Fraction(60)) == "59.999分"
    assert figure(Fraction(5999, 100000), "%", beside=Fraction(6, 100)) == "5.999%"
    assert figure(Fraction(6, 100), "%", beside=Fraction(6, 100)) == "6%"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_standards(path for path in PACKS.iterdir() if path.is_dir())


def test_listed_firms_are_assessed_with_what_is_known(catalogue: Catalogue) -> None:
    """Real firms: what is not published stays unknown, and what is known decides where it can."""
    table = read_firms(PACKS / "baotou" / "standards" / "listed_firms.csv", catalogue.inputs)
    assert len(table.rows) == 8
    assert not table.faults
    day = dt.date(2025, 6, 1)
    outcomes = {
        (row.other["id"], standard.key): explain(standard, row.facts, day)
        for row in table.rows
        for standard in catalogue.all_in_force(day, Subject.ENTERPRISE)
    }
    assert outcomes["E001", "tech_sme"].assessment.outcome == "fail", (
        "its turnover alone is above 200 million"
    )
    assert outcomes["E002", "tech_sme"].assessment.outcome == "unknown"
    assert outcomes["E001", "hnte"].assessment.outcome == "unknown"
    assert outcomes["E001", "unicorn"].assessment.outcome == "fail", "it is listed"
    for found in outcomes.values():
        assert bool(found.deciding) == (found.assessment.outcome == "unknown")


def test_every_sentence_of_every_standard_can_be_told(catalogue: Catalogue) -> None:
    """With nothing known and with everything at the lowest and highest of its domain."""
    from luming.standards import InputKind

    def fact(item, high: bool):
        if item.type is InputKind.NUMBER:
            return item.highest if high else item.lowest
        if item.type is InputKind.CHOICE:
            return item.options[-1 if high else 0]
        return high if item.type is InputKind.FLAG else dt.date(2000, 2, 29) if high else dt.date(2025, 1, 1)

    for versions in catalogue.versions.values():
        for standard in versions:
            day = standard.starts or dt.date(2025, 6, 1)
            for facts in (
                {},
                *({key: fact(item, high) for key, item in standard.inputs.items()} for high in (False, True)),
            ):
                for language in ("zh", "en"):
                    for sentence in explain(standard, facts, day, language=language).sentences():
                        assert "None" not in sentence
                        assert "Fraction" not in sentence
                        assert "__" not in sentence
