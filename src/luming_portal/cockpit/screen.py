"""The cockpit's one screen as plain values, out of a board: what a leader reads in ten seconds.

Nothing is reckoned here; words and figures are those of the library, so that screen, bulletin and terminal agree.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from luming.facts import Fact
from luming.monitor import (
    Assessment,
    Board,
    Forecast,
    MeasureStanding,
    Missing,
    NoForecast,
    figure,
    measure_standings,
    number,
    percent,
)
from luming.report import (
    called,
    completion_words,
    deviation_cell,
    is_by_hand,
    measure_name,
    names,
    not_yet_judged,
    schedule_words,
    target_signs,
)
from luming.report.board import asks, headline

FULL_BAR = 120
"""Completion in percent at which a bar ends: more is not drawn longer, the figure tells it."""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target on one line.

    Attributes:
        value: the latest figure of the document's year, or "" where there is none.
        bar, due: lengths of completion and schedule, 0 to 100, of a bar that ends at FULL_BAR percent; None unknown.
        forecast: the expected figure, or why there is none; `chance` the chance of reaching the target.
    """

    id: str
    label: str
    demand: str
    aspiration: bool
    clause: str
    value: str
    period: str
    status: str
    earlier: str
    completion: str
    schedule: str
    deviation: str
    bar: int | None
    due: int | None
    light: str
    by_hand: bool
    reason: str
    forecast: str
    chance: str
    has_forecast: bool
    lead: tuple[str, ...]
    overdue: bool


@dataclass(frozen=True, slots=True)
class MeasureTile:
    """One measure: number, title, light ("" where nothing in it is measured by a number)."""

    id: str
    number: str
    title: str
    light: str
    targets: int
    judged: int
    sentences: int


@dataclass(frozen=True, slots=True)
class AskLine:
    """Whom to ask for how many figures, and how many of them are overdue."""

    whom: str
    count: int
    overdue: int
    labels: str


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything on the cockpit."""

    headline: str
    counts: tuple[tuple[str, int], ...]
    targets: tuple[TargetLine, ...]
    measures: tuple[MeasureTile, ...]
    changes: tuple[str, ...]
    overdue: tuple[AskLine, ...]
    overdue_count: int
    missing_count: int
    contradictions: tuple[tuple[str, str], ...]
    demo: bool
    as_of: dt.date


def compose(board: Board) -> Screen:
    """The screen of a board."""
    found = asks(board)
    lines = tuple(
        AskLine(ask.whom, len(ask.items), ask.overdue(board.as_of), "、".join(_labels(ask.items)))
        for ask in found
    )
    return Screen(
        headline=headline(board),
        counts=tuple((light.value, count) for light, count in board.counts().items()),
        targets=tuple(_line(item, board) for item in board.assessments),
        measures=tuple(_tile(standing) for standing in measure_standings(board)),
        changes=board.changes,
        overdue=tuple(line for line in lines if line.overdue),
        overdue_count=sum(line.overdue for line in lines),
        missing_count=sum(line.count for line in lines),
        contradictions=tuple((conflict.title, conflict.sentence) for conflict in board.contradictions),
        demo=board.demo,
        as_of=board.as_of,
    )


def missing_of(item: Assessment, board: Board) -> tuple[Missing, ...]:
    """What is missing to judge a target, under the names of the papers."""
    known = names(board)
    return tuple(called(gap, known) for gap in item.missing)


def _labels(items: tuple[tuple[Assessment, Missing], ...]) -> list[str]:
    return list(dict.fromkeys(gap.label for _, gap in items))


def _line(item: Assessment, board: Board) -> TargetLine:
    standing = item.standing
    waiting = not_yet_judged(item)
    words, chance, has = _forecast(item.forecast)
    return TargetLine(
        id=item.target.id,
        label=item.target.label,
        demand=target_signs(item.target),
        aspiration=item.target.aspiration,
        clause=item.target.clause,
        value=figure(standing.latest) if standing.latest else "",
        period=_period(standing.latest, board.pack.document.year) if standing.latest else "",
        status=standing.latest.status.label if standing.latest else "",
        earlier=f"{standing.earlier.period.label()} {figure(standing.earlier)}" if standing.earlier else "",
        completion=completion_words(item, board.rule) if standing.completion is not None else "",
        schedule=_("年末考核")
        if waiting
        else schedule_words(item, board.rule)
        if standing.scheduled is not None
        else "",
        deviation=deviation_cell(item, board.rule) if standing.deviation_points is not None else "",
        bar=_length(standing.completion),
        due=None if waiting else _length(standing.scheduled),
        light=item.light.light.value,
        by_hand=is_by_hand(item),
        reason=item.light.reason,
        forecast=words,
        chance=chance,
        has_forecast=has,
        lead=item.lead,
        overdue=any(gap.due_on < board.as_of for gap in item.missing),
    )


def _period(fact: Fact, year: int) -> str:
    """The period without the year that the whole screen speaks of."""
    label = fact.period.label()
    return label.removeprefix(f"{year}年") or label


def _length(share: Decimal | None) -> int | None:
    return None if share is None else max(0, min(100, int(share * 100 * 100 / FULL_BAR)))


def _forecast(forecast: Forecast | NoForecast) -> tuple[str, str, bool]:
    if isinstance(forecast, NoForecast):
        return forecast.reason.strip().rstrip("。").removeprefix("不作预测:"), "", False
    words = f"{number(forecast.value, 1)}{forecast.unit}"
    chance = percent(forecast.chance, 0) if forecast.chance is not None else ""
    return words, chance, True


def _tile(standing: MeasureStanding) -> MeasureTile:
    measure = standing.measure
    return MeasureTile(
        id=measure.id,
        number=measure.number,
        title=measure_name(measure),
        light=standing.light.value if standing.light else "",
        targets=len(standing.targets),
        judged=standing.judged,
        sentences=len(measure.sentences),
    )
