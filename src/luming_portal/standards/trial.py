"""What if: figures changed for a look at the verdicts, never kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from luming.standards import Fact, InputKind
from luming.standards.facts import read_fact
from luming.standards.words import figure
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.forms import label_of
from luming_portal.standards.known import Knowledge
from luming_portal.standards.standing import Verdict

MOST = 14


@dataclass(frozen=True, slots=True)
class Slider:
    """A figure that can be changed: where it stands and how far the slider goes, in the unit of the dictionary."""

    key: str
    label: str
    unit: str
    value: str
    low: str
    high: str
    step: str


@dataclass
class Trial:
    """The facts with the changed ones put in; what was changed in words; what could not be read."""

    facts: dict[str, Fact]
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def sliders(known: Knowledge, found: Iterable[Verdict]) -> list[Slider]:
    """The figures that a firm can change and that most standards in force ask."""
    asked = Counter(key for one in found for key in one.standard.inputs)
    inputs = shelf().inputs
    made = []
    for key, _count in asked.most_common():
        item = inputs[key]
        if item.type is not InputKind.NUMBER or item.adjust is None:
            continue
        fact = known.known.get(key)
        value = Fraction(0)
        if fact is not None and isinstance(fact.fact, Fraction):
            value = fact.fact / item.factor
        top = max(2 * value, Fraction(10))
        low = min(2 * value, Fraction(0)) if item.lowest < 0 else Fraction(0)
        top = min(top, item.highest / item.factor)
        step = Fraction(1) if item.decimals == 0 or top >= 100 else Fraction(1, 10)
        made.append(
            Slider(
                key,
                label_of(item),
                item.unit,
                figure(value, "") if fact is not None else "",
                figure(low, ""),
                figure(Fraction(-(-top // 1)), ""),
                figure(step, ""),
            )
        )
        if len(made) == MOST:
            break
    return made


def read_trial(posted: Mapping[str, str], known: Knowledge) -> Trial:
    """The changed figures out of what was posted; an empty one stays as it is known."""
    inputs = shelf().inputs
    trial = Trial(known.facts)
    for key, item in inputs.items():
        written = posted.get(key, "").strip()
        if not written:
            continue
        try:
            fact = read_fact(written, item)
        except ValueError as expected:
            trial.faults.append(
                _("%(label)s:“%(value)s”不能用,应为%(expected)s。")
                % {"label": label_of(item), "value": written[:40], "expected": expected}
            )
            continue
        before = known.known.get(key)
        if fact is None or (before is not None and before.fact == fact):
            continue
        trial.facts[key] = fact
        stood = before.written if before is not None else _("未知")
        trial.changes.append(
            (label_of(item), f"{stood}{item.unit if before else ''}", f"{written}{item.unit}")
        )
    return trial
