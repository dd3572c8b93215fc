"""汇总: the agency, not the experts, makes the score out of locked sheets.

Of each expert the weighted sum, each item as a share of its full score: S = 100 x sum of (weight / 100) x score / full.
From some number of experts on (seven) one highest and one lowest sum are left out, never with fewer. The score is the mean of the rest.
Standard deviation and the z-score of each expert are of all experts, also of those left out: they say how far the experts
agree. Items whose scores differ by too many points of 100 (more than 30) ask for a discussion round.
Sums and means are fractions; what is shown is rounded half up, once: the score to two decimals, the others to four.
Source: mechanisms reference, section 3.3; all of these ways are 平台默认口径.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isqrt

from luming.appraisal.faults import AppraisalFaults
from luming.appraisal.rules import ScoringRule
from luming.appraisal.sheet import Item, Sheet, item_faults, sheet_faults
from luming.errors import Fault

SCORE_PLACES = 2
SPREAD_PLACES = 4


@dataclass(frozen=True, slots=True)
class Sum:
    """The weighted sum of one expert. `z` is None where all sums are equal or there is only one expert."""

    expert: str
    points: Fraction
    left_out: bool
    z: Decimal | None


@dataclass(frozen=True, slots=True)
class Spread:
    """Lowest and highest score of one item, in points of 100."""

    item: str
    lowest: Fraction
    highest: Fraction
    discuss: bool

    @property
    def range(self) -> Fraction:
        """Highest less lowest."""
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class Result:
    """What the sheets come to.

    Attributes:
        sums: one of each expert, in the order of the sheets.
        mean: of the sums that count, exact.
        deviation: sample standard deviation of all sums; None with a single expert.
        spreads: one of each item, in the order of the items.
    """

    sums: tuple[Sum, ...]
    mean: Fraction
    deviation: Decimal | None
    spreads: tuple[Spread, ...]

    @property
    def score(self) -> Decimal:
        """The mean, rounded half up to two decimals."""
        return rounded(self.mean, SCORE_PLACES)

    @property
    def trimmed(self) -> bool:
        """Whether a highest and a lowest sum were left out."""
        return any(one.left_out for one in self.sums)

    @property
    def to_discuss(self) -> tuple[Spread, ...]:
        """Items that ask for a discussion before the conclusion."""
        return tuple(one for one in self.spreads if one.discuss)


def result_of(sheets: Sequence[Sheet], items: Sequence[Item], rule: ScoringRule) -> Result:
    """The result of the sheets of one round.

    Raises:
        AppraisalFaults: no sheet, an expert twice, rounds mixed, a sheet open, incomplete or out of range, or items that
            are no scheme; all of it at once.
    """
    faults = [*item_faults(items), *_standing(sheets)]
    faults += [fault for sheet in sheets for fault in sheet_faults(sheet, items)]
    if faults:
        raise AppraisalFaults(faults)
    points = [_weighted(sheet, items) for sheet in sheets]
    out = _left_out(sheets, points, rule)
    kept = [value for at, value in enumerate(points) if at not in out]
    variance = _variance(points)
    middle = sum(points, Fraction(0)) / len(points)
    return Result(
        sums=tuple(
            Sum(sheet.expert, value, at in out, _z(value - middle, variance))
            for at, (sheet, value) in enumerate(zip(sheets, points, strict=True))
        ),
        mean=sum(kept, Fraction(0)) / len(kept),
        deviation=None if variance is None else root(variance, SPREAD_PLACES),
        spreads=tuple(_spread(item, sheets, rule) for item in items),
    )


def rounded(value: Fraction, places: int) -> Decimal:
    """A fraction as a decimal, half up (away from zero at the half), with exactly `places` decimals.

    >>> rounded(Fraction(832, 10), 2)
    Decimal('83.20')
    >>> rounded(Fraction(-1, 8), 2)
    Decimal('-0.13')
    """
    whole, rest = divmod(abs(value.numerator) * 10**places, value.denominator)
    whole += 2 * rest >= value.denominator
    return Decimal(-whole if value < 0 else whole).scaleb(-places)


def root(value: Fraction, places: int) -> Decimal:
    """The square root, rounded half up to `places` decimals, exactly: no binary number in between.

    >>> root(Fraction(2), 4)
    Decimal('1.4142')
    """
    below = isqrt(value.numerator * 10 ** (2 * places) // value.denominator)
    if (2 * below + 1) ** 2 * value.denominator <= 4 * value.numerator * 10 ** (2 * places):
        below += 1
    return Decimal(below).scaleb(-places)


def _standing(sheets: Sequence[Sheet]) -> list[Fault]:
    if not sheets:
        return [Fault("appraisal.no_sheets", "打分表", "一张也没有", "每位专家一张")]
    found = []
    experts = [sheet.expert for sheet in sheets]
    for expert in dict.fromkeys(experts):
        if experts.count(expert) > 1:
            found.append(
                Fault("appraisal.sheet_twice", f"专家{expert}", f"{experts.count(expert)}张打分表", "一张")
            )
    rounds = sorted({sheet.round for sheet in sheets})
    if len(rounds) > 1:
        said = "、".join(f"第{number}轮" for number in rounds)
        found.append(Fault("appraisal.rounds", "打分表", f"{said}混在一起", "同一轮的打分表"))
    found += [
        Fault("appraisal.open", f"专家{sheet.expert}", "打分表未锁定", "全部锁定后再汇总")
        for sheet in sheets
        if not sheet.locked
    ]
    return found


def _of_hundred(item: Item, sheet: Sheet) -> Fraction:
    return Fraction(100) * Fraction(sheet.scores[item.id]) / Fraction(item.full)


def _weighted(sheet: Sheet, items: Sequence[Item]) -> Fraction:
    return sum((Fraction(item.weight) / 100 * _of_hundred(item, sheet) for item in items), Fraction(0))


def _left_out(sheets: Sequence[Sheet], points: Sequence[Fraction], rule: ScoringRule) -> frozenset[int]:
    """The places of the lowest and the highest sum; among equals the one whose expert comes first by id."""
    number = len(points)
    if number < rule.trim_from:
        return frozenset()
    lowest = min(range(number), key=lambda at: (points[at], sheets[at].expert))
    highest = min(
        (at for at in range(number) if at != lowest), key=lambda at: (-points[at], sheets[at].expert)
    )
    return frozenset({lowest, highest})


def _variance(points: Sequence[Fraction]) -> Fraction | None:
    number = len(points)
    if number < 2:
        return None
    middle = sum(points, Fraction(0)) / number
    return sum(((value - middle) ** 2 for value in points), Fraction(0)) / (number - 1)


def _z(away: Fraction, variance: Fraction | None) -> Decimal | None:
    if not variance:
        return None
    size = root(away * away / variance, SPREAD_PLACES)
    return -size if away < 0 and size else size


def _spread(item: Item, sheets: Sequence[Sheet], rule: ScoringRule) -> Spread:
    scores = [_of_hundred(item, sheet) for sheet in sheets]
    lowest, highest = min(scores), max(scores)
    return Spread(item.id, lowest, highest, highest - lowest > rule.discuss_above)
