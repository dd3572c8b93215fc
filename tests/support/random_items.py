"""Small random items over facts with few values, so that every case of what is missing can be tried."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from luming.standards import Fact, Input, InputKind
from luming.support import Catalogue, read_support

INPUTS = """
inputs:
  here: {kind: flag}
  certified: {kind: flag}
  listed: {kind: flag}
  grade: {kind: choice, options: [优秀, 良好, 不合格]}
  cost: {unit: 万元, decimals: 0, max: 4}
  rd: {unit: 万元, decimals: 0, max: 3}
  stations: {unit: 个, max: 3}
"""
FLAGS = ("here", "certified", "listed")
NUMBERS = {"cost": "万元", "rd": "万元", "stations": "个"}


@st.composite
def _leaf(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["flag", "flag", "number", "choice"]))
    if kind == "flag":
        return draw(st.sampled_from(FLAGS))
    if kind == "choice":
        return (
            f"grade {draw(st.sampled_from(['==', '!=']))} {draw(st.sampled_from(['优秀', '良好', '不合格']))}"
        )
    key = draw(st.sampled_from(sorted(NUMBERS)))
    return f"{key} {draw(st.sampled_from(['>=', '>', '<', '==']))} {draw(st.integers(0, 4))}{NUMBERS[key]}"


def _tree(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=2)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=2)}),
        st.fixed_dictionaries({"not": inner}),
    )


CONDITIONS: st.SearchStrategy[Any] = st.recursive(_leaf(), _tree, max_leaves=3)


@st.composite
def _amount(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["fixed", "fixed", "share", "per_item", "tiers", "increment"]))
    body: dict[str, Any]
    match kind:
        case "fixed":
            body = {"fixed": f"{draw(st.integers(1, 5))}0万元"}
        case "share":
            body = {"share": {"of": "cost", "rate": "20%"}}
            if draw(st.booleans()):
                body["share"]["cap"] = "0.5万元"
        case "per_item":
            body = {"per_item": {"of": "stations", "each": "20万元"}}
        case "increment":
            body = {"increment": {"of": "cost", "before": "rd", "rate": "10%"}}
        case _:
            body = {"tiers": {"by": "grade", "table": {"优秀": "40万元", "良好": "10万元"}}}
    if draw(st.integers(0, 3)) == 0:
        body["when"] = draw(_leaf())
    if draw(st.integers(0, 4)) == 0:
        body["factor"] = {"by": "grade", "table": {"优秀": "1", "良好": "0.8", "不合格": "0"}}
    return body


@st.composite
def items(draw: st.DrawFn, count: int = 1) -> dict[str, Any]:
    """Some items by key, as a file would have them."""
    found: dict[str, Any] = {}
    for at in range(count):
        item: dict[str, Any] = {"name": f"事项{at}", "kind": "award", "condition": draw(CONDITIONS)}
        item["amount"] = draw(_amount())
        if draw(st.integers(0, 3)) == 0:
            item["cap"] = {"item": "25万元"}
        if count > 1:
            item["group"] = draw(st.sampled_from(["one", "two", f"own{at}"]))
            item["matter"] = "certificate_no"
            if item["group"] == "two" or (item["group"] != "one" and draw(st.booleans())):
                item["caps"] = [{"scope": "firm_year", "group": "fund", "cap": "60万元"}]
        found[f"item{at}"] = item
    return found


def catalogue_of(found: Mapping[str, Any]) -> Catalogue:
    """Read some items as the packs are read."""
    head = {"document": {"title": "试行办法", "official": "true"}, "mark": "ours", "items": dict(found)}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "town"
        (home / "standards" / "inputs").mkdir(parents=True)
        (home / "support").mkdir()
        (home / "standards" / "inputs" / "all.yaml").write_text(INPUTS, encoding="utf-8")
        (home / "support" / "trial.yaml").write_text(
            yaml.safe_dump(head, allow_unicode=True), encoding="utf-8"
        )
        return read_support([home])


def values(item: Input) -> list[Fact]:
    """Every value a fact may have."""
    if item.type is InputKind.FLAG:
        return [True, False]
    if item.type is InputKind.CHOICE:
        return list(item.options)
    count = int((item.highest - item.lowest) / item.step)
    return [item.lowest + at * item.step for at in range(count + 1)]


def completions(inputs: Mapping[str, Input], facts: Mapping[str, Fact]) -> Iterator[dict[str, Fact]]:
    """Every case of the missing facts."""
    missing = [key for key in inputs if key not in facts]
    for case in itertools.product(*(values(inputs[key]) for key in missing)):
        yield {**facts, **dict(zip(missing, case, strict=True))}


@st.composite
def rows(draw: st.DrawFn, whole: bool = False) -> dict[str, Fact]:
    """Facts of a firm, some of them missing."""
    found: dict[str, Fact] = {}
    for key in FLAGS:
        found[key] = draw(st.booleans())
    found["grade"] = draw(st.sampled_from(["优秀", "良好", "不合格"]))
    found["cost"] = Fraction(10000 * draw(st.integers(0, 4)))
    found["rd"] = Fraction(10000 * draw(st.integers(0, 3)))
    found["stations"] = Fraction(draw(st.integers(0, 3)))
    if not whole:
        known = draw(st.sets(st.sampled_from(sorted(found))))
        found = {key: value for key, value in found.items() if key in known}
    return found
