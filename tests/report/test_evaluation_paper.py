"""The evaluation report: its order, its numbers, and what it may never say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from luming.evaluation import Evaluation, Material, Payment, Span, demo_material, evaluate
from luming.facts import Dictionary, read_csv
from luming.monitor import number, percent
from luming.pack import load, load_predecessors
from luming.period import Period
from luming.report import compose_evaluation, default_desk, docx, html, pdf
from luming.report.model import BulletList, Figure, Heading, Paper, Table, figures, plain
from luming.report.typeset import typeset

CHAPTERS = [
    "主要结论",
    "评估对象与依据",
    "方法与数据",
    "任务落实度",
    "目标完成度",
    "投入产出与资金绩效",
    "受益面与公平",
    "企业满意度",
    "问题",
    "逐条建议",
]
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def made(root: Path, name: str) -> Evaluation:
    pack = load(root / "packs" / "baotou" / "2025-1")
    earlier = load_predecessors(pack)
    facts = read_csv(pack.city / "facts.csv", Dictionary(pack.indicators, (one.id for one in pack.sources)))
    if name == "demo":
        return evaluate(demo_material(pack, Span(2025), dt.date(2026, 2, 14), 2025, earlier))
    if name == "half":
        return evaluate(Material(pack, facts, Span(2025, 1), dt.date(2025, 9, 15), earlier))
    return evaluate(Material(pack, facts, Span(2025), dt.date(2026, 4, 15), earlier))


@pytest.fixture(scope="module", params=["year", "half", "demo"])
def evaluation(request: pytest.FixtureRequest, root: Path) -> Evaluation:
    return made(root, request.param)


@pytest.fixture(scope="module")
def report(evaluation: Evaluation) -> Paper:
    return compose_evaluation(evaluation, default_desk(evaluation.board))


def words_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from words_of(part)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("spec", "refs", "footer", "ref"):
                yield from words_of(getattr(value, field.name))


def text_of(paper: Paper) -> str:
    return "\n".join(words_of((typeset(paper).blocks, typeset(paper).annex)))


def test_findings_first_then_the_chapters_in_their_order(report: Paper) -> None:
    first_level = [block.text for block in report.blocks if isinstance(block, Heading) and block.level == 1]
    assert first_level == CHAPTERS


def test_no_sentence_names_a_cause(report: Paper) -> None:
    text = text_of(report)
    for word in ("因此", "从而", "带动了", "促成", "得益于", "成效显著", "使得"):
        assert word not in text


def test_without_data_a_chapter_says_what_is_missing_and_whom_to_ask(root: Path) -> None:
    evaluation = made(root, "year")
    text = text_of(compose_evaluation(evaluation, default_desk(evaluation.board)))
    for words in ("没有取得支付数据", "没有取得企业满意度调查", "没有取得进展报送", "请财政部门"):
        assert words in text
    assert "满意率0" not in text
    assert "支付0万元" not in text


def test_demonstration_is_marked(evaluation: Evaluation, report: Paper) -> None:
    assert report.demo is evaluation.demo
    assert report.draft


def test_every_figure_leads_to_a_reference(report: Paper) -> None:
    cited = [one for one in figures((*report.blocks, *report.annex)) if isinstance(one, Figure)]
    assert cited
    assert all(one.ref for one in cited)


def test_marks_are_neither_doubled_nor_half_width(report: Paper) -> None:
    text = text_of(report)
    assert not re.search(r"[。\uff0c\uff1b\uff1a、]{2,}|\uff08\uff09|“”", text)
    assert not re.search(r"[\u4e00-\u9fff][,;:()]", text)
    whole = "\n".join(
        plain(inlines)
        for block in typeset(report).blocks
        for inlines in (block.items if isinstance(block, BulletList) else [getattr(block, "inlines", ())])
    )
    assert not re.search(r"[%元户笔][,;]", whole)
    assert not re.search(r"None|nan|Decimal|Fraction|unknown", text)


def _numbers(value: Any, seen: set[int]) -> Iterator[str]:
    """Every number that the values hold, in the ways that a paper prints it."""
    if value is None or isinstance(value, Enum | bool):
        return
    if isinstance(value, int | Decimal | Fraction):
        exact = Fraction(value)
        for shown in (abs(exact), abs(exact) / 10000):
            yield from (number(shown, places) for places in (0, 1, 2, 6))
        yield from (percent(abs(exact), places).rstrip("%") for places in (1, 2, 4))
    elif isinstance(value, str | Path):
        yield from _NUMBER.findall(str(value))
    elif isinstance(value, dt.date):
        yield from (str(value.year), str(value.month), str(value.day))
    elif isinstance(value, Period):
        yield from _NUMBER.findall(value.label())
    elif isinstance(value, dict):
        for key, held in value.items():
            yield from _numbers((key, held), seen)
    elif isinstance(value, tuple | list | frozenset):
        yield str(len(value))
        for part in value:
            yield from _numbers(part, seen)
    elif id(value) not in seen:
        seen.add(id(value))
        names = (
            [field.name for field in fields(value)] if is_dataclass(value) else list(type(value).model_fields)
        )
        for name in names:
            yield from _numbers(getattr(value, name), seen)
        yield from _numbers([getattr(value, name) for name in _properties(value)], seen)


def _properties(value: Any) -> list[str]:
    own = type(value).__module__.startswith("luming.evaluation")
    return [name for name, held in vars(type(value)).items() if own and isinstance(held, property)]


def test_every_figure_with_decimals_is_found_in_the_values(evaluation: Evaluation, report: Paper) -> None:
    """A number with decimals, or of four digits and more, cannot be a count of rows: it must stand in the values."""
    known = set(_numbers(evaluation, set()))
    known |= set(_numbers(evaluation.outcomes(), set()))
    reckoned = {found for one in evaluation.board.contradictions for found in _NUMBER.findall(one.sentence)}
    even = {percent(Fraction(1, evaluation.reach.payees), 1).rstrip("%")} if evaluation.reach else set()
    points = {
        number(abs(one.latest.value - one.moved.base.value), 1)
        for one in (memory.present for memory in evaluation.memories)
        if one.latest is not None and one.moved.base is not None
    }
    strange = [
        found
        for found in _NUMBER.findall(text_of(report).replace(",", ""))
        if ("." in found or len(found) > 3) and found not in known | reckoned | even | points
    ]
    assert not strange


def test_each_clause_stands_once_in_the_table_of_advice(evaluation: Evaluation, report: Paper) -> None:
    table = next(
        block for block in report.blocks if isinstance(block, Table) and block.caption == "逐条建议(草案)"
    )
    rows = ["".join(plain(cell) for cell in row.cells) for row in table.rows if not row.group]
    assert len(rows) == sum(len(one.parts) for one in evaluation.advice)
    for item in evaluation.board.pack.commitments:
        assert sum(item.label in row for row in rows) >= 1


def test_same_values_same_bytes(report: Paper) -> None:
    assert docx.render(report) == docx.render(report)
    assert pdf.render(report) == pdf.render(report)
    assert html.render(report) == html.render(report)


def test_a_hostile_name_is_only_words(root: Path) -> None:
    name = "#let x = 1 <b>&</b> =1+1 ]]> <script>"
    base = made(root, "year").material
    payment = Payment(
        "1", "scenario_project_support", name, name, "", "", "", Decimal(6000000), dt.date(2025, 3, 1)
    )
    evaluation = evaluate(Material(base.pack, base.facts, base.span, base.as_of, payments=(payment,)))
    paper = compose_evaluation(evaluation, default_desk(evaluation.board))
    assert pdf.render(paper)
    assert "<script>" not in html.render(paper)
