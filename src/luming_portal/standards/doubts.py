"""Doubts about facts before they are kept: the library's checks, in sentences, against the year before as well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luming.standards import Fact
from luming.standards.facts import read_fact
from luming.standards.input_check import check_row
from luming_portal.standards.catalogue import shelf


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A doubt: the key of the fact, and one sentence."""

    key: str
    sentence: str


def doubts_about(
    values: Mapping[str, str], known: Mapping[str, Fact] | None = None, credit_code: str | None = None
) -> list[Doubtful]:
    """What is doubtful about written values.

    Args:
        known: what is known of the firm otherwise; the written values take its place.
    """
    inputs = shelf().inputs
    facts: dict[str, Fact] = dict(known or {})
    for key, written in values.items():
        if key not in inputs:
            continue
        try:
            found = read_fact(written, inputs[key])
        except ValueError:
            continue
        facts.pop(key, None)
        if found is not None:
            facts[key] = found
    return [
        Doubtful(one.key, f"“{one.label}”{one.found},应为{one.expected}。{one.remedy}。")
        for one in check_row(facts, inputs, credit_code=credit_code)
        if one.key in values or one.key == "credit_code"
    ]
