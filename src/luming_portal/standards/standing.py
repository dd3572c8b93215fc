"""Where a firm stands: every standard in force with verdict and reasons, and its place on the ladder."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luming.standards import Facts, Input, Outcome, Standard, StandardKind
from luming.standards.explanation import explain
from luming.standards.ladder import Rung
from luming.standards.step import Explanation, Step
from luming.standards.words import Words
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.held import Holding, TitleBook

KINDS = {
    StandardKind.RECOGNITION: gettext_lazy("认定与称号"),
    StandardKind.CLASSIFICATION: gettext_lazy("划型与分类"),
    StandardKind.SCORE: gettext_lazy("评分"),
    StandardKind.BENEFIT: gettext_lazy("可算的优惠"),
}
_SHOWN_REASONS = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """One standard on one firm.

    Attributes:
        figures: scores and amounts in words: (label, words).
        against: why it fails, the first few; `more` counts the rest.
    """

    standard: Standard
    explanation: Explanation
    name: str
    figures: tuple[tuple[str, str], ...]
    against: tuple[Step, ...]
    more: int

    @property
    def outcome(self) -> Outcome:
        """Pass, fail, unknown or not in force."""
        return self.explanation.assessment.outcome

    @property
    def missing(self) -> tuple[Input, ...]:
        """The missing facts that could change the outcome."""
        return self.explanation.deciding

    @property
    def class_words(self) -> str:
        """The class, where it is one."""
        names = {item.key: item.about.name(self.explanation.language) for item in self.standard.classes}
        found = self.explanation.assessment.class_
        return "" if found is None else names.get(found, _("不属于任何一类"))


def verdict(standard: Standard, facts: Facts, as_of: dt.date, language: str) -> Verdict:
    """One standard on one firm."""
    found = explain(standard, facts, as_of, language=language)
    words = Words(standard, language)
    figures = [(words.name(key), words.span(span, "分")) for key, span in found.assessment.scores.items()]
    figures += [
        (words.name(item.key), words.span(found.assessment.amounts[item.key], item.unit))
        for item in standard.amounts
        if found.assessment.amounts[item.key].known
    ]
    against = found.against if found.assessment.outcome is Outcome.FAIL else ()
    return Verdict(
        standard,
        found,
        standard.about.name(language),
        tuple(figures),
        against[:_SHOWN_REASONS],
        max(0, len(against) - _SHOWN_REASONS),
    )


def verdicts(facts: Facts, as_of: dt.date, language: str) -> list[Verdict]:
    """Every standard in force on a day: recognitions first, among them those of the ladder from rung to rung."""
    kinds = list(KINDS)
    climbed = [key for rung in shelf().ladder.rungs for key in rung.standards]
    climbed += shelf().ladder.recognised
    places = {key: at for at, key in enumerate(climbed)}
    found = [verdict(item, facts, as_of, language) for item in shelf().in_force(as_of)]
    return sorted(
        found, key=lambda one: (kinds.index(one.standard.kind), places.get(one.standard.key, len(places)))
    )


@dataclass(frozen=True, slots=True)
class RungStanding:
    """A rung for one firm.

    Attributes:
        state: base (the lowest rung), held, reachable, unknown, short, or blank where no standard is at hand.
        words: how that is known.
        missing: facts that could decide whether it could be reached.
    """

    rung: Rung
    label: str
    state: str
    words: str
    missing: tuple[Input, ...] = ()
    here: bool = False


def place_on_ladder(
    firm: int, book: TitleBook, outcomes: Mapping[str, tuple[Outcome, Sequence[Input]]], language: str
) -> list[RungStanding]:
    """Every rung for one firm; the highest held one is where it stands.

    Args:
        outcomes: outcome and deciding missing facts by key of standard.
    """
    found: list[RungStanding] = []
    for rung in shelf().ladder.rungs:
        label = rung.about.name(language)
        if not rung.titles:
            found.append(RungStanding(rung, label, "base", _("所有企业的起点")))
            continue
        holding = book.holding(firm, rung.titles, lasting=rung.lasting)
        if holding.held:
            found.append(RungStanding(rung, label, "held", holding.words))
            continue
        found.append(_not_held(rung, label, holding, outcomes))
    top = max((at for at, one in enumerate(found) if one.state in ("held", "base")), default=-1)
    return [
        RungStanding(one.rung, one.label, one.state, one.words, one.missing, at == top)
        for at, one in enumerate(found)
    ]


def _not_held(
    rung: Rung, label: str, holding: Holding, outcomes: Mapping[str, tuple[Outcome, Sequence[Input]]]
) -> RungStanding:
    tried = [outcomes[key] for key in rung.standards if key in outcomes]
    if any(outcome is Outcome.PASS for outcome, _missing in tried):
        words = (
            _("测算符合,尚未取得") if holding.held is False else _("测算符合;是否已取得:%s") % holding.words
        )
        return RungStanding(rung, label, "reachable", words)
    open_ = [missing for outcome, missing in tried if outcome is Outcome.UNKNOWN]
    if open_:
        missing = tuple({item.key: item for some in open_ for item in some}.values())
        return RungStanding(rung, label, "unknown", holding.words, missing)
    if tried:
        return RungStanding(rung, label, "short", holding.words)
    return RungStanding(rung, label, "blank", holding.words)


def outcomes_of(found: Iterable[Verdict]) -> dict[str, tuple[Outcome, tuple[Input, ...]]]:
    """Outcome and deciding missing facts by key of standard."""
    return {one.standard.key: (one.outcome, one.missing) for one in found}


def most_wanted(found: Iterable[Verdict], most: int = 12) -> list[tuple[Input, int]]:
    """The missing facts that decide most standards, with how many."""
    inputs: dict[str, Input] = {}
    count: Counter[str] = Counter()
    for one in found:
        for item in one.missing:
            inputs.setdefault(item.key, item)
            count[item.key] += 1
    return [(inputs[key], number) for key, number in count.most_common(most)]
