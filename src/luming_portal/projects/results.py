"""What a closed round of the field review comes to: trimmed means, places, by district, with corrections beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from luming.monitor import TRIMMED_FROM, number, places, trimmed_mean, weighted_score
from luming_portal.accounts.rights import visible
from luming_portal.projects.models import Correction, Reviewed, ReviewRound, Score
from luming_portal.projects.services.review import stands_aside


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One project. `shown` is the result in force, `reckoned` what the scores come to where a correction differs."""

    entry: Reviewed
    place: int | None
    shown: str
    reckoned: str
    scores: int
    trimmed: bool
    by_criterion: Sequence[tuple[str, str]]
    corrections: Sequence[Correction]


@dataclass(frozen=True, slots=True)
class Group:
    """The projects of one district, best first, and the mean of their results."""

    district: str
    lines: Sequence[ResultLine]
    mean: str


def results(item: ReviewRound) -> list[Group]:
    """The results by district, the district with the best mean first. Only of a closed round: before, there are none."""
    if not item.is_closed:
        return []
    entries = list(item.entries.select_related("project"))
    scores: dict[int, list[Score]] = defaultdict(list)
    for score in Score.objects.filter(entry__in=entries):
        scores[score.entry_id].append(score)
    corrections: dict[int, list[Correction]] = defaultdict(list)
    for one in Correction.objects.filter(entry__in=entries):
        corrections[one.entry_id].append(one)
    reckoned = [_result(item, scores[entry.pk]) for entry in entries]
    in_force = [
        Fraction(corrections[entry.pk][-1].result) if corrections[entry.pk] else value
        for entry, value in zip(entries, reckoned, strict=True)
    ]
    lines = [
        ResultLine(
            entry,
            place,
            _words(value),
            _words(mean) if corrections[entry.pk] else "",
            len(scores[entry.pk]),
            len(scores[entry.pk]) >= TRIMMED_FROM,
            _by_criterion(item, scores[entry.pk]),
            corrections[entry.pk],
        )
        for entry, place, value, mean in zip(entries, places(in_force), in_force, reckoned, strict=True)
    ]
    return _grouped(lines, in_force)


def _grouped(lines: Sequence[ResultLine], values: Sequence[Fraction | None]) -> list[Group]:
    by_district: dict[str, list[tuple[ResultLine, Fraction | None]]] = defaultdict(list)
    for line, value in zip(lines, values, strict=True):
        by_district[line.entry.district].append((line, value))
    found = []
    for district, pairs in by_district.items():
        known = [value for _line, value in pairs if value is not None]
        mean = sum(known, Fraction(0)) / len(known) if known else None
        ordered = sorted((line for line, _value in pairs), key=lambda line: (line.place is None, line.place))
        found.append((mean, Group(district, ordered, _words(mean))))
    found.sort(key=lambda pair: (pair[0] is None, -(pair[0] or 0), pair[1].district))
    return [group for _mean, group in found]


def _result(item: ReviewRound, scores: Sequence[Score]) -> Fraction | None:
    criteria = item.measures()
    return trimmed_mean(weighted_score(score.given(), criteria) for score in scores)


def _by_criterion(item: ReviewRound, scores: Sequence[Score]) -> list[tuple[str, str]]:
    return [
        (one.label, _words(trimmed_mean(score.given()[one.key] for score in scores)))
        for one in item.measures()
    ]


def _words(value: Fraction | None) -> str:
    return "" if value is None else number(value, 2)


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A project as a reviewer sees it before the round is over: his own score, or why he gives none."""

    entry: Reviewed
    score: Score | None
    total: str
    stands_aside: str


def own_scores(item: ReviewRound, user: Any) -> dict[int, Score]:
    """A reviewer's own scores of a round, by entry."""
    found = visible(user, Score.objects.filter(entry__round=item, reviewer__person=user))
    return {score.entry_id: score for score in found}


def own_lines(item: ReviewRound, user: Any) -> list[OwnLine]:
    """The projects of a round for one reviewer."""
    scores, criteria = own_scores(item, user), item.measures()
    return [
        OwnLine(
            entry,
            scores.get(entry.pk),
            _words(weighted_score(scores[entry.pk].given(), criteria)) if entry.pk in scores else "",
            stands_aside(user, entry),
        )
        for entry in item.entries.select_related("project")
    ]


def received(item: ReviewRound) -> tuple[int, int]:
    """How many scores came in, and how many there would be if everybody scored everything he may."""
    people = [one.person for one in item.reviewers.select_related("person")]
    wanted = sum(
        not stands_aside(person, entry)
        for entry in item.entries.select_related("project")
        for person in people
    )
    return Score.objects.filter(entry__round=item).count(), wanted
