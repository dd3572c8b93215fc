"""What a standard asks, line by line, for a person who wants to read it without the file."""

from __future__ import annotations

from collections.abc import Iterator

from luming.standards.condition import Condition, TestOf
from luming.standards.model import Standard
from luming.standards.points import Bands, BestOf, Cases, Group, Part, Points
from luming.standards.words import Words, figure

_JOINTS = {"all": "全部", "any": "任一", "not": "不得", "at_least": "至少"}


def outline(standard: Standard) -> list[str]:
    """The conditions, points, classes and amounts of a standard, indented by two blanks a level, each with its clause."""
    words = Words(standard)
    lines: list[str] = []
    for score in standard.scores:
        lines += _part(score, words, 0)
    if standard.rule is not None:
        lines += _condition(standard.rule, words, 0)
    for item in standard.classes:
        lines.append(f"{item.about.label}:")
        lines += _condition(item.when, words, 1) if item.when is not None else ["  其余"]
    lines += [f"{item.about.label}({item.unit}):{words.number(item.formula)}" for item in standard.amounts]
    return lines


def _clause(clause: str) -> str:
    return f"({clause})" if clause else ""


def _condition(node: Condition, words: Words, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if isinstance(node, TestOf):
        asked = words.test(node.test)
        label = node.about.label
        yield f"{indent}{label or asked}{f':{asked}' if label and label != asked else ''}{_clause(node.about.clause)}"
        return
    count = f"{node.count}项" if node.op == "at_least" else ""
    yield f"{indent}[{_JOINTS[node.op]}{count}]{node.about.label}{_clause(node.about.clause)}"
    for item in node.items:
        yield from _condition(item, words, depth + 1)


def _part(part: Part, words: Words, depth: int) -> Iterator[str]:
    indent, most = "  " * depth, f",满分{figure(part.highest, '分')}" if part.highest else ""
    yield f"{indent}{part.about.label}{most}{_clause(part.about.clause)}"
    body = part.body
    if isinstance(body, Group | BestOf):
        for inner in body.parts if isinstance(body, Group) else body.list:
            yield from _part(inner, words, depth + 1)
    elif isinstance(body, Bands):
        for band in body.list:
            yield f"{indent}  {words.number(body.of)}{words.band(band)}:{_points(band.points)}"
    elif isinstance(body, Cases):
        for case in body.list:
            lines = list(_condition(case.when, words, 0)) if case.when is not None else ["其余"]
            yield f"{indent}  {case.about.label or ';'.join(line.strip() for line in lines)}:{_points(case.points)}"


def _points(points: Points) -> str:
    if points.low == points.high:
        return figure(points.low, "分")
    return f"{figure(points.low, '')}–{figure(points.high, '分')}"
