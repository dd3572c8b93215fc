"""Small random standards and firms for tests of advice, and an oracle that tries every change."""

from __future__ import annotations

import datetime as dt
import itertools
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from hypothesis import strategies as st

from luming.standards import Standard, assess, read_standards
from luming.standards.advice.goal import Goal
from luming.standards.evaluator import Fact, Facts
from luming.standards.model import Input, InputKind

DAY = dt.date(2025, 6, 1)
HEAD = """
standard: small
version: "1"
name: 小标准
name_en: Small standard
mark: ours
document: {title: 小标准}
in_force: {from: 2020-01-01}
"""


def standard_of(text: str, inputs: str) -> Standard:
    """The standard that a text and a dictionary of facts make."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "standards"
        (home / "inputs").mkdir(parents=True)
        (home / "small").mkdir()
        (home / "inputs" / "all.yaml").write_text("inputs:\n" + inputs, encoding="utf-8")
        (home / "small" / "1.yaml").write_text(HEAD + text, encoding="utf-8")
        catalogue = read_standards([Path(folder)])
    found = catalogue.named("small@1")
    assert found is not None
    return found


_ADJUST = st.sampled_from(
    [
        "",
        ", adjust: {direction: up, step: 1, cost: 1}",
        ", adjust: {direction: up, step: 1, cost: 3}",
        ", adjust: {direction: up, step: 2, cost: 2, quick: true}",
        ", adjust: {direction: down, step: 1, cost: 1, quick: true}",
        ", adjust: {direction: both, step: 1, cost: 2}",
        ", adjust: {direction: both, step: 3, cost: 0.5, quick: true}",
        ", adjust: {direction: both, step: 1.5, cost: 1}",
    ]
)
_FLAG_ADJUST = st.sampled_from(
    ["", ", adjust: {direction: up, cost: 4}", ", adjust: {direction: both, cost: 2, quick: true}"]
)
NUMBERS = ("staff", "tech", "rd", "sales")


@st.composite
def _inputs(draw: st.DrawFn) -> str:
    rows = [
        f"  staff: {{unit: 人, max: 8{draw(_ADJUST)}}}",
        f"  tech: {{unit: 人, max: 8, part_of: staff{draw(_ADJUST)}}}",
        f"  rd: {{unit: 万元, decimals: 0, max: 9{draw(_ADJUST)}}}",
        f"  sales: {{unit: 万元, decimals: 1, max: 9{draw(_ADJUST)}}}",
        f"  good: {{kind: flag{draw(_FLAG_ADJUST)}}}",
        f"  bad: {{kind: flag{draw(_FLAG_ADJUST)}}}",
        "  stage: {kind: choice, options: [甲, 乙]}",
        "  judged: {unit: 分, decimals: 0, max: 6}",
    ]
    return "\n".join(rows)


@st.composite
def _test(draw: st.DrawFn, scored: bool) -> str:
    op = draw(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
    wide = draw(st.sampled_from([">=", ">", "<="]))
    size = draw(st.integers(0, 9))
    options = [
        f"staff {op} {size}人",
        f"tech {wide} {size}人",
        f"rd {wide} {size}万元",
        f"share {wide} {draw(st.sampled_from([10, 25, 30, 50, 75]))}%",
        f"rd / sales {wide} {draw(st.sampled_from([20, 50, 100, 130]))}%",
        f"rd + sales {wide} {size * 2}万元",
        f"rd - sales {wide} -{size}万元",
        f"min(rd, sales) {wide} {size}万元",
        f"staff - tech {wide} {size}人",
        f"rd * 2人 {wide} sales * tech",
        "good",
        "bad",
        "stage == 甲",
        "level == 小",
        "level != 小",
        f"cagr(rd, sales, 2) {wide} {draw(st.sampled_from([0, 20, 50]))}%",
        f"(rd / sales + tech / staff) / 2 - 1 {wide} -{size}0%",
        f"max(floor(sales / 2万元), 2) {wide} {size}",
    ]
    if scored:
        options += [f"total {wide} {draw(st.integers(1, 14))}分", f"people > {size}分"] * 3
    return draw(st.sampled_from(options))


def _quoted(text: str) -> str:
    return f'"{text}"'


def _tree(scored: bool) -> st.SearchStrategy[str]:
    leaf = _test(scored).map(_quoted)

    def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        several = st.lists(inner, min_size=1, max_size=3).map(", ".join)
        return st.one_of(
            several.map(lambda items: f"{{all: [{items}]}}"),
            several.map(lambda items: f"{{any: [{items}]}}"),
            several.map(lambda items: f"{{at_least: {{count: 1, of: [{items}]}}}}"),
            inner.map(lambda item: f"{{not: {item}}}"),
        )

    return st.recursive(leaf, grow, max_leaves=5)


_BODIES = (
    "bands: {of: share, list: [{from: 50%, points: 6}, {from: 20%, below: 50%, points: 3}, {below: 20%, points: 0}]}",
    "bands: {of: rd / sales, list: [{above: 100%, points: 5}, {from: 30%, to: 100%, points: 2}]}",
    'cases: [{when: "rd >= 6万元", points: 5}, {when: good, points: 3}, {points: 1}]',
    "add: [{when: good, points: 2}, {when: bad, points: -2}, {when: 'tech >= 2人', points: 1}]",
    "ratio: {of: rd, full: 7万元, points: 6}",
    "ratio: {of: sales, full: 5万元, points: {by: stage, table: {甲: 2, 乙: 5}}}",
    "best_of: [{bands: {of: share, list: [{from: 60%, points: 5}]}}, {ratio: {of: rd, full: 9万元, points: 4}}]",
    "ratio: {of: rd, full: 5万元, points: {by: level, table: {小: 5, 大: 3}}}",
    "formula: floor(staff / 3人)",
    "formula: (rd + sales) / 3万元",
    "bands: {of: 'cagr(rd, sales, 2)', list: [{from: 20%, points: 4}, {from: 0%, below: 20%, points: 2}, {below: 0%, points: 1}]}",
    "percentile: {of: rd, peers: [stage], points: 4}",
)
_JUDGED = (
    "judged: judged",
    "judged: judged\n        bands: {of: share, list: [{from: 50%, points: [4, 6]}, {below: 50%, points: [0, 3]}]}",
    "judged: judged\n        cases: [{when: good, points: [2, 5]}, {points: [0, 1]}]",
)


@st.composite
def standards(draw: st.DrawFn) -> Standard:
    """A small standard: a rule, or classes, over a few facts, half of them with a score."""
    share = "{formula: tech / staff, shown: '%', given: true}"
    if draw(st.booleans()):
        share = "{shown: '%', choose: [{when: 'staff > 3人', formula: tech / staff}, {formula: tech / (staff + 1人)}]}"
    text = [f"values:\n  share: {share}\n"]
    text.append("choices:\n  level: {options: [{is: 小, when: 'staff + tech < 6人'}, {is: 大}]}\n")
    scored = draw(st.booleans())
    if scored:
        text.append("scores:\n  total:\n    max: 15\n    parts:\n")
        names = ["people", "second", "third"][: draw(st.integers(1, 3))]
        for name in names:
            body = draw(st.sampled_from(_BODIES))
            text.append(f"      {name}:\n        {body}\n        max: 6\n")
        if "people" not in names or draw(st.booleans()):
            text.append(f"      expert:\n        {draw(st.sampled_from(_JUDGED))}\n        max: 6\n")
    if draw(st.integers(0, 3)):
        text.append(f"rule: {{all: [{draw(_tree(scored))}, {draw(_tree(scored))}]}}\n")
    else:
        first, second = draw(_tree(scored)), draw(_tree(scored))
        text.append(
            f"classes:\n  - {{class: a, when: {{all: [{first}]}}}}\n"
            f"  - {{class: b, when: {{all: [{second}]}}}}\n  - {{class: c}}\n"
        )
    return standard_of("".join(text), draw(_inputs()))


@st.composite
def firms(draw: st.DrawFn, standard: Standard, missing: bool) -> dict[str, Fact]:
    """The facts of a firm; some may be missing. A part is no larger than its whole."""
    found: dict[str, Fact] = {}
    for key, item in standard.inputs.items():
        if missing and draw(st.integers(0, 3)) == 0:
            continue
        if item.type is InputKind.FLAG:
            found[key] = draw(st.booleans())
        elif item.type is InputKind.CHOICE:
            found[key] = draw(st.sampled_from(item.options))
        elif key != "share" or (missing and draw(st.booleans())):
            low, high = item.lowest, item.highest if key != "share" else Fraction(1)
            whole = found.get(item.part_of)
            if isinstance(whole, Fraction):
                high = min(high, whole)
            steps = int((high - low) / item.step)
            found[key] = low + draw(st.integers(0, steps)) * item.step if key != "share" else Fraction(1, 4)
    return found


@st.composite
def goals(draw: st.DrawFn, standard: Standard) -> Goal:
    """A goal of a standard."""
    kinds = ["pass"] if standard.rule is not None else ["class"]
    if standard.scores:
        kinds.append("score")
    kind = draw(st.sampled_from(kinds))
    if kind == "class":
        return Goal("class", draw(st.sampled_from(["a", "b"])))
    return Goal("score", "total", Fraction(draw(st.integers(1, 12)))) if kind == "score" else Goal("pass")


def _ways(item: Input, start: Fact) -> Iterator[tuple[Fact, Fraction]]:
    """Every value a fact may be given, with its cost: whole steps, cut at the end of the domain."""
    yield start, Fraction(0)
    adjust = item.adjust
    if adjust is None:
        return
    ups, downs = adjust.direction in ("up", "both"), adjust.direction in ("down", "both")
    if isinstance(start, bool):
        if downs if start else ups:
            yield not start, adjust.cost
        return
    assert isinstance(start, Fraction)
    for sign in (1,) * ups + (-1,) * downs:
        for steps in range(1, 40):
            value = start + sign * steps * adjust.step
            even = (adjust.step / item.step).denominator == 1
            cut = min(max(value, item.lowest), item.highest) if even else value
            if item.lowest <= cut <= item.highest and (cut / item.step).denominator == 1:
                yield cut, steps * adjust.cost
            if cut != value or not item.lowest <= cut <= item.highest:
                break


def cheapest(standard: Standard, facts: Facts, goal: Goal) -> Fraction | None:
    """The least cost of all changes that reach the goal, by trying each; None where none does."""
    keys = [key for key, item in standard.inputs.items() if item.adjust is not None and key in facts]
    ways = [list(_ways(standard.inputs[key], facts[key])) for key in keys]
    tried = sorted(
        (sum((cost for _, cost in chosen), Fraction(0)), at, [value for value, _ in chosen])
        for at, chosen in enumerate(itertools.product(*ways))
    )
    for cost, _, values in tried:
        changed = {**facts, **dict(zip(keys, values, strict=True))}
        if _whole(standard, changed) and goal.met(assess(standard, changed, DAY)):
            return cost
    return None


def _whole(standard: Standard, facts: Facts) -> bool:
    for item in standard.inputs.values():
        part, whole = facts.get(item.key), facts.get(item.part_of)
        if isinstance(part, Fraction) and isinstance(whole, Fraction) and part > whole:
            return False
    return True
