"""Reading the parts of a score: bands, cases, judged points, ratios, percentiles, formulas, best of, groups."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from luming.errors import UnitMismatch
from luming.mark import Mark
from luming.standards.conditions import read_condition
from luming.standards.entry import ABOUT, Entry
from luming.standards.expression import Expression, ExpressionError, Number
from luming.standards.kind import PURE, SCORE, amount
from luming.standards.model import InputKind
from luming.standards.points import (
    Added,
    Band,
    Bands,
    BestOf,
    Body,
    Case,
    Cases,
    Formula,
    Group,
    Judged,
    Part,
    Percentile,
    Points,
    Ratio,
    Weight,
)
from luming.standards.scope import SCORE_TYPE, Scope, Typed

_BODIES = ("bands", "cases", "add", "ratio", "percentile", "formula", "best_of", "parts")
_EDGES = ("from", "above", "to", "below")


def read_part(key: str, entry: Entry, scope: Scope, decimals: int) -> Part:
    """One part with all in it; its name may be used in tests that follow."""
    entry.only("max", "min", "decimals", "judged", *_BODIES, *ABOUT)
    about = entry.about(label=key)
    inside = Entry(entry.source, entry.path, entry.tree, about.mark)
    decimals = entry.count("decimals", decimals)
    judged = entry.text("judged", "")
    if judged:
        _judged(entry, judged, scope)
    if key:
        if key in scope.figures or key in scope.choices or key in scope.dictionary:
            entry.fault("twice", f"名字“{key}”已用过", "每个名字只用一次")
        scope.figures[key] = SCORE_TYPE
    highest = entry.number("max") if entry.has("max") else None
    lowest = entry.number("min") if entry.has("min") else None
    body = _body(inside, scope, decimals, bool(judged))
    if isinstance(body, Judged) and highest is None:
        entry.fault("missing_key", "专家评分没有写“max”", "写明满分")
    return Part(key, about, body, judged, highest, lowest, decimals)


def _judged(entry: Entry, key: str, scope: Scope) -> None:
    found = scope.dictionary.get(key)
    if found is None or found.type is not InputKind.NUMBER or found.kind != SCORE:
        entry.fault("judged", f"“{key}”", "一项单位为分的事实", "", "judged")
        return
    scope.asked.add(key)


def _body(entry: Entry, scope: Scope, decimals: int, judged: bool) -> Body:
    found = [name for name in _BODIES if name in entry.tree]
    if not found and judged:
        return Judged()
    if len(found) != 1:
        entry.fault("part", f"写了{'、'.join(found) or '零'}种评分办法", f"{'、'.join(_BODIES)}中的一种")
        return Judged()
    (name,) = found
    if name == "bands":
        return _bands(entry.inner("bands"), scope)
    if name in ("cases", "add"):
        cases = tuple(_case(entry, path, item, scope) for path, item in entry.items(name))
        return Cases(cases) if name == "cases" else Added(cases)
    if name == "ratio":
        return _ratio(entry.inner("ratio"), scope)
    if name == "percentile":
        return _percentile(entry.inner("percentile"), scope)
    if name == "formula":
        formula, typed = read_number(entry, "formula", scope)
        if typed.kind not in (PURE, SCORE) or typed.root != 1:
            entry.fault("formula", f"算出的是{typed.kind}", "没有单位的数或分数", "", "formula")
        return Formula(formula, entry.text("formula"))
    if name == "best_of":
        ways = (
            read_part("", Entry.of(entry.source, path, item, entry.mark), scope, decimals)
            for path, item in entry.items("best_of")
        )
        return BestOf(tuple(ways))
    return Group(tuple(read_part(key, inner, scope, decimals) for key, inner in entry.entries("parts")))


def read_number(entry: Entry, key: str, scope: Scope) -> tuple[Expression, Typed]:
    """The number expression behind a key; what cannot be read is a fault and stands for 0."""
    written = entry.text(key)
    try:
        return scope.number(written)
    except ExpressionError as problem:
        entry.fault("expression", f"算式“{written}”", "合乎写法的算式", str(problem).rstrip("。"), key)
        return Number(Fraction(0), PURE, "0"), Typed(PURE)


def read_amount(entry: Entry, key: str, typed: Typed) -> Fraction:
    """A number with a unit of a given kind behind a key."""
    written = entry.text(key)
    try:
        value, kind = amount(written.removeprefix("-"))
    except (UnitMismatch, ValueError):
        entry.fault("amount", f"“{written}”", "带单位的数,如 5%、2亿元、500人", "", key)
        return Fraction(0)
    if kind != typed.kind:
        entry.fault("amount", f"“{written}”是{kind}", f"与所比较的同类:{typed.kind}", "", key)
    return -value if written.startswith("-") else value


def _points(entry: Entry, tree: Any, *at: str | int) -> Points:
    both = tree if isinstance(tree, list) and len(tree) == 2 else [tree, tree]
    try:
        low, high = (Fraction(str(item)) for item in both)
    except ValueError:
        entry.fault("points", f"“{tree}”", "一个分数,或 [最低, 最高]", "", *at)
        return Points(Fraction(0), Fraction(0))
    if low > high:
        entry.fault("points", f"[{low}, {high}]", "最低分不大于最高分", "", *at)
    return Points(low, high)


def _bands(entry: Entry, scope: Scope) -> Bands:
    entry.only("of", "list")
    of, typed = read_number(entry, "of", scope)
    bands: list[Band] = []
    for path, item in entry.items("list"):
        inner = Entry.of(entry.source, path, item, entry.mark)
        inner.only(*_EDGES, "points", "label")
        for one, other in (("from", "above"), ("to", "below")):
            if inner.has(one) and inner.has(other):
                inner.fault("edge", f"同时写了“{one}”和“{other}”", "只写其中一个")
        lower = next((read_amount(inner, key, typed) for key in ("from", "above") if inner.has(key)), None)
        upper = next((read_amount(inner, key, typed) for key in ("to", "below") if inner.has(key)), None)
        band = Band(
            _points(inner, inner.tree.get("points"), "points"),
            lower,
            inner.has("from"),
            upper,
            inner.has("to"),
            " ".join(f"{key} {inner.text(key)}" for key in _EDGES if inner.has(key)),
        )
        if lower is not None and upper is not None and lower > upper:
            inner.fault("edge", f"下限大于上限({band.written})", "下限不大于上限")
        for other_band in bands:
            if _overlap(band, other_band):
                inner.fault("overlap", f"与“{other_band.written}”重叠", "各档互不重叠")
        bands.append(band)
    if not bands:
        entry.fault("empty", "没有分档", "至少一档", "", "list")
    return Bands(of, entry.text("of"), typed.root, tuple(bands))


def _overlap(one: Band, other: Band) -> bool:
    def before(left: Band, right: Band) -> bool:
        if left.upper is None or right.lower is None:
            return False
        return left.upper < right.lower or (
            left.upper == right.lower and not (left.upper_closed and right.lower_closed)
        )

    return not before(one, other) and not before(other, one)


def _case(entry: Entry, path: tuple[str | int, ...], item: Any, scope: Scope) -> Case:
    inner = Entry.of(entry.source, path, item, entry.mark)
    inner.only("when", "points", *ABOUT)
    when = None
    if "when" in inner.tree:
        when = read_condition(entry.source, (*path, "when"), inner.tree["when"], scope, entry.mark)
    return Case(_points(inner, inner.tree.get("points"), "points"), when, inner.about())


def _weight(entry: Entry, scope: Scope) -> Weight:
    tree = entry.tree.get("points")
    if not isinstance(tree, dict):
        return Weight("", (("", _points(entry, tree, "points").high),))
    inner = entry.inner("points")
    inner.only("by", "table")
    by = inner.text("by")
    try:
        options = scope.options(by)
    except ExpressionError as problem:
        inner.fault("weight", f"“{by}”", "一个选项的名字", str(problem).rstrip("。"), "by")
        options = ()
    table = inner.inner("table")
    for option in options:
        if option not in table.tree:
            table.fault("weight", f"缺少“{option}”的分值", "每个选项一个分值")
    table.only(*options)
    return Weight(by, tuple((option, table.number(option)) for option in options if option in table.tree))


def _ratio(entry: Entry, scope: Scope) -> Ratio:
    entry.only("of", "full", "points")
    of, typed = read_number(entry, "of", scope)
    if typed.root != 1:
        entry.fault("ratio", "年均增速", "可以相除的数", "请用 bands", "of")
    full = read_amount(entry, "full", typed)
    if full <= 0:
        entry.fault("ratio", f"满分值“{entry.text('full')}”", "大于0的数", "", "full")
        full = Fraction(1)
    return Ratio(of, entry.text("of"), full, entry.text("full"), _weight(entry, scope))


def _percentile(entry: Entry, scope: Scope) -> Percentile:
    entry.only("of", "peers", "points")
    of, typed = read_number(entry, "of", scope)
    if typed.root != 1:
        entry.fault("percentile", "年均增速", "可以排序的数", "", "of")
    peers = entry.words("peers")
    for peer in peers:
        try:
            scope.options(peer)
        except ExpressionError as problem:
            entry.fault("peers", f"“{peer}”", "一个选项的名字", str(problem).rstrip("。"), "peers")
    return Percentile(of, entry.text("of"), peers, _weight(entry, scope))


def read_scores(top: Entry, scope: Scope, mark: Mark) -> tuple[Part, ...]:
    """All scores of a file."""
    return tuple(
        read_part(key, Entry(entry.source, entry.path, entry.tree, mark), scope, 4)
        for key, entry in top.entries("scores")
    )
