"""A verdict kept so that it can be reckoned again: facts with their sources, day, rule version and hash, outcome.

The record is plain JSON. Numbers stand as exact fractions in base units, so that nothing is lost by writing them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from luming.errors import Fault, FaultyInput
from luming.standards.assessment import Assessment, assess
from luming.standards.evaluator import Fact, Facts
from luming.standards.loader import Catalogue
from luming.standards.model import Input, InputKind
from luming.standards.span import Span, Void

FORMAT = "luming.assessment/1"


class RecordFaults(FaultyInput):
    """A record that cannot be reckoned again."""

    consequence = "没有复算。"


def record(found: Assessment, facts: Facts, sources: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The record of an assessment.

    Args:
        sources: where each fact is from, by key; what is not named has no source.
    """
    standard, sources = found.standard, sources or {}
    return {
        "format": FORMAT,
        "standard": standard.key,
        "version": standard.version,
        "document": standard.document.number or standard.document.title,
        "sha256": standard.sha256,
        "as_of": found.as_of.isoformat(),
        "facts": {
            key: {"value": _written(facts[key]), "source": sources.get(key, "")}
            for key in standard.inputs
            if key in facts
        },
        "missing": list(found.missing),
        **_said(found),
    }


def _said(found: Assessment) -> dict[str, Any]:
    return {
        "outcome": found.outcome.value,
        "classes": list(found.classes),
        "scores": {key: _span(span) for key, span in found.scores.items()},
        "parts": {key: _span(span) for key, span in found.parts.items()},
        "amounts": {key: _span(span) for key, span in found.amounts.items()},
    }


def _written(value: Fact) -> str | bool:
    if isinstance(value, bool | str):
        return value
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _span(span: Span) -> list[str | None]:
    return [None, None] if span.void is Void.YES else [str(span.low), str(span.high)]


def replay(kept: Mapping[str, Any], catalogue: Catalogue) -> list[str]:
    """Reckon a record again by the same version; what is otherwise now, a sentence each, empty when nothing is.

    Raises:
        RecordFaults: it is no such record, its version is not there, or the version's text is another one now.
    """
    name = f"{kept.get('standard')}@{kept.get('version')}"
    standard = catalogue.named(name)
    if kept.get("format") != FORMAT or standard is None:
        raise RecordFaults(
            [
                Fault(
                    "record.unknown",
                    "评价记录",
                    f"格式“{kept.get('format')}”、标准“{name}”",
                    f"{FORMAT} 和已有的标准版本",
                )
            ]
        )
    if standard.sha256 != kept.get("sha256"):
        raise RecordFaults(
            [
                Fault(
                    "record.hash",
                    f"标准“{name}”",
                    f"校验值 {standard.sha256[:12]}",
                    f"记录里的 {str(kept.get('sha256'))[:12]}",
                    "标准或事实字典已改动,请用当时的文件复算",
                )
            ]
        )
    try:
        facts = {key: _read(item["value"], standard.inputs[key]) for key, item in kept["facts"].items()}
        day = dt.date.fromisoformat(kept["as_of"])
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise RecordFaults(
            [Fault("record.broken", "评价记录", f"缺少或读不出的内容({problem})", "事实、日期齐全的记录")]
        ) from None
    now = _said(assess(standard, facts, day))
    return [
        f"{key}:记录为{kept.get(key)},复算为{value}" for key, value in now.items() if kept.get(key) != value
    ]


def _read(value: str | bool, item: Input) -> Fact:
    if item.type is InputKind.DATE:
        return dt.date.fromisoformat(str(value))
    if item.type is InputKind.NUMBER:
        return Fraction(str(value))
    return value
