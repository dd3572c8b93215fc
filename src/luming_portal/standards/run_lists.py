"""Lists out of a run: candidates, near ones, unknown ones; and what changed between two runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from luming.standards import Outcome
from luming_portal.accounts.rights import visible
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.forms import label_of
from luming_portal.standards.models import AssessmentResult, AssessmentRun

LISTS = {
    "candidates": _("符合而尚未认定"),
    "near": _("差距在一成以内"),
    "unknown": _("尚不能判断"),
    "passing": _("全部符合的"),
    "failing": _("不符合的"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A firm on a list. `missing` are labels of the facts that could decide."""

    result: AssessmentResult
    outcome: Outcome
    figures: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    near: bool
    held: bool | None
    klass: str


def results_of(user: Any, run: AssessmentRun) -> list[AssessmentResult]:
    """The results that the user may read, without the facts behind them."""
    return list(visible(user, AssessmentResult.objects.filter(run=run)).defer("facts"))


def line_of(result: AssessmentResult, key: str) -> Line | None:
    """A firm's line for a standard."""
    told = result.verdicts.get(key)
    if told is None:
        return None
    return Line(
        result,
        Outcome(told["outcome"]),
        tuple(told["figures"].items()),
        tuple(fact_label(one) for one in told["missing"]),
        told["near"],
        told["held"],
        told["class"] or "",
    )


def fact_label(key: str) -> str:
    """What a fact is called today."""
    item = shelf().inputs.get(key)
    return label_of(item) if item is not None else key


def belongs(line: Line, name: str) -> bool:
    """Whether a line is on one of LISTS."""
    match name:
        case "candidates":
            return line.outcome is Outcome.PASS and line.held is not True
        case "near":
            return line.near and line.held is not True
        case "unknown":
            return line.outcome is Outcome.UNKNOWN
        case "passing":
            return line.outcome is Outcome.PASS
    return line.outcome is Outcome.FAIL


def lines(results: Iterable[AssessmentResult], key: str, name: str) -> list[Line]:
    """One list of a run for a standard, by name of firm."""
    found = [line for result in results if (line := line_of(result, key)) is not None]
    return sorted((line for line in found if belongs(line, name)), key=lambda line: line.result.name)


def counts(results: Sequence[AssessmentResult], keys: Iterable[str]) -> dict[str, dict[str, int]]:
    """How many firms are on each list, by standard."""
    found = {}
    for key in keys:
        every = [line for result in results if (line := line_of(result, key)) is not None]
        found[key] = {name: sum(belongs(line, name) for line in every) for name in LISTS}
    return found


def most_missed(found: Iterable[Line], most: int = 10) -> list[tuple[str, int]]:
    """The facts that are missing most often."""
    return Counter(label for line in found for label in line.missing).most_common(most)


@dataclass(frozen=True, slots=True)
class Change:
    """A verdict that is not what it was. `facts`: what is known otherwise: label, before, after."""

    name: str
    firm: int
    standard: str
    before: Outcome | None
    after: Outcome | None
    facts: tuple[tuple[str, str, str], ...]
    rule_changed: bool


def changes_between(
    user: Any, before: AssessmentRun, after: AssessmentRun
) -> tuple[list[Change], list[str], list[str]]:
    """Verdicts that changed from one run to another, and the firms that only one of them has."""
    old = {one.enterprise_id: one for one in visible(user, AssessmentResult.objects.filter(run=before))}
    new = {one.enterprise_id: one for one in visible(user, AssessmentResult.objects.filter(run=after))}
    rules = {told["key"]: told["sha256"] for told in before.standards}
    found = []
    for firm in sorted(set(old) & set(new), key=lambda key: new[key].name):
        for told in after.standards:
            key = told["key"]
            if key not in rules:
                continue
            one, other = _outcome(old[firm], key), _outcome(new[firm], key)
            if one is other:
                continue
            moved = _moved(old[firm], new[firm])
            found.append(
                Change(new[firm].name, firm, told["label"], one, other, moved, rules[key] != told["sha256"])
            )
    gone = sorted(old[firm].name for firm in set(old) - set(new))
    came = sorted(new[firm].name for firm in set(new) - set(old))
    return found, gone, came


def _outcome(result: AssessmentResult, key: str) -> Outcome | None:
    told = result.verdicts.get(key)
    return Outcome(told["outcome"]) if told is not None else None


def _moved(before: AssessmentResult, after: AssessmentResult) -> tuple[tuple[str, str, str], ...]:
    keys = dict.fromkeys([*before.facts, *after.facts])
    values = [
        (key, before.facts.get(key, {}).get("value", ""), after.facts.get(key, {}).get("value", ""))
        for key in keys
    ]
    return tuple((fact_label(key), one, other) for key, one, other in values if one != other)
