"""What the monitor finds: for each target its standing, its light, its forecast, and what is missing.

All of it is the answer of pure functions of pack, facts and day; nothing here computes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from luming.clause import Clause
from luming.facts import Fact, Indicator
from luming.pack import Commitment, Curve, LightRule, Pack
from luming.period import Period


class Light(StrEnum):
    """The colour of a target. Grey is an answer: the figure is missing or too old, or the day of judgement not come."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"

    @property
    def label(self) -> str:
        """The light in words, for readers who do not see colours."""
        return {"green": "绿灯", "yellow": "黄灯", "red": "红灯", "grey": "灰灯"}[self.value]


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a target is on a day.

    Attributes:
        latest: the fact it is judged by; None when there is none for the target's year.
        completion: share of the target reached, of 1; None when unknown.
        scheduled: share that the planned curve asks for by the end of the fact's period, of 1.
        deviation_points: completion minus schedule in points of completion; negative is behind.
        gap: what is missing to the level demanded, in `gap_unit`; None when unknown.
        gap_unit: unit of the level demanded, 个百分点 for ratios. A growth demanded of 亿元 is missed in 亿元.
        growth: growth over the year before in percent, where both figures are known.
        growth_met: whether a growth demanded beside the level holds; None when unknown or not demanded.
        formula: the formula used, in words with its numbers, so that a reader can recompute it.
        earlier: the last figure of an earlier year, shown for orientation where the year has none.
        reached: whether level and growth demanded hold by the figure, exactly; None when unknown.
        lasting: whether what is reached stays reached, so that an older figure proves it.
        reverse: the target is read as an upper limit: less is better.
    """

    latest: Fact | None
    completion: Decimal | None
    scheduled: Decimal | None
    deviation_points: Decimal | None
    gap: Decimal | None
    growth: Decimal | None
    growth_met: bool | None
    formula: str
    earlier: Fact | None = None
    reached: bool | None = None
    lasting: bool = False
    reverse: bool = False
    gap_unit: str = ""


@dataclass(frozen=True, slots=True)
class LightRecord:
    """A light as it was set on a day. Records are appended, never rewritten.

    Attributes:
        as_of: the day that the light speaks of.
        recorded_on: the day the record was made; None where it was reckoned again later, or made before this was kept.
    """

    target: str
    as_of: dt.date
    light: Light
    reason: str
    rule: str
    inputs: tuple[str, ...] = ()
    override_by: str = ""
    override_until: dt.date | None = None
    recorded_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """A light set by hand: only with a person, a reason and an end."""

    target: str
    light: Light
    by: str
    reason: str
    from_day: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class Forecast:
    """A forecast of the value at the deadline.

    Attributes:
        period: the period the forecast speaks of.
        value: central value in `unit`.
        low, high: ends of the 80 % interval.
        chance: chance of reaching level and growth demanded, of 1; None where `chance_note` says why.
        method: name of the method in words; `baseline` is the naive forecast shown beside it.
        values_used: how many values it rests on.
        chance_note: why there is no chance, in words; "" where there is one.
    """

    period: Period
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    chance: Decimal | None
    method: str
    baseline: Decimal
    values_used: int
    path: tuple[tuple[Period, Decimal, Decimal, Decimal], ...] = ()
    chance_note: str = ""


@dataclass(frozen=True, slots=True)
class NoForecast:
    """The plain answer when a series does not carry a forecast: `不作预测:2个数据,至少需要8个`."""

    reason: str
    values: int
    needed: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure that is not there: which, for when, since when it was due, and whom to ask."""

    indicator: str
    label: str
    period: Period
    due_on: dt.date
    ask: str
    ask_mark: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """One target on one day, with all a reader may ask about it."""

    target: Commitment
    indicator: Indicator
    clause: Clause
    curve: Curve
    standing: Standing
    light: LightRecord
    computed_light: LightRecord
    history: tuple[LightRecord, ...]
    forecast: Forecast | NoForecast
    missing: tuple[Missing, ...]
    lead: tuple[str, ...]
    lead_mark: str
    proxies: tuple[Fact, ...] = ()
    series: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements that cannot both hold, with the reckoning that shows it and the facts behind."""

    id: str
    title: str
    sentence: str
    reckoning: str
    targets: tuple[str, ...]
    facts: tuple[str, ...]
    ask: str = ""


@dataclass(frozen=True, slots=True)
class RankInput:
    """What one district is ranked by; None where it is not known, with the reason in `reason`.

    Attributes:
        plan: the district's target of the year, in the unit of `value`.
        value, base: figure of the stretch, and of the same stretch of the year before.
        quality: of 1; reckoned from the three counts where there are reports.
        reports, on_time, corrected: reports of the year so far, those in time, and corrections.
        facts: keys of the facts behind value, base and plan.
        last_year: the whole of the year before, by which the city's target was split into plans.
    """

    district: str
    group: str
    value: Fraction | None
    plan: Fraction | None
    base: Fraction | None
    quality: Fraction
    reason: str = ""
    reports: int = 0
    on_time: int = 0
    corrected: int = 0
    facts: tuple[str, ...] = ()
    last_year: Fraction | None = None


@dataclass(frozen=True, slots=True)
class RankRow:
    """One district in the ranking, with every input shown.

    Attributes:
        completion, contribution, quality, growth_standardised: the parts of the score, of 1.
        value, base, plan: figure of the stretch, of the same stretch of the year before, and target of the year, in
            the unit of the ranking.
        growth: growth of value over base, of 1.
    """

    rank: int | None
    district: str
    group: str
    score: Decimal | None
    completion: Decimal | None
    growth_standardised: Decimal | None
    contribution: Decimal | None
    quality: Decimal | None
    reason: str = ""
    value: Decimal | None = None
    base: Decimal | None = None
    plan: Decimal | None = None
    growth: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The ranking of districts with its formula in words, and what it was reckoned from.

    Attributes:
        target: id of the commitment that the districts are compared on.
    """

    indicator: str
    period: Period
    formula: str
    rows: tuple[RankRow, ...]
    unit: str = ""
    target: str = ""
    inputs: tuple[RankInput, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """The whole answer for one pack on one day.

    `demo` is True when any fact behind it is invented; every page and sheet then says 演示数据.
    """

    pack: Pack
    as_of: dt.date
    rule: LightRule
    assessments: tuple[Assessment, ...]
    contradictions: tuple[Contradiction, ...]
    facts: tuple[Fact, ...]
    demo: bool
    rankings: tuple[Ranking, ...] = ()
    changes: tuple[str, ...] = ()

    def counts(self) -> dict[Light, int]:
        """How many targets show each light; every light is a key."""
        counts = dict.fromkeys(Light, 0)
        for item in self.assessments:
            counts[item.light.light] += 1
        return counts
