"""专家信用记录: how an expert's scores have stood to those of the others, and to his own words, over past panels.

A figure of this kind asks for a look, it judges nobody: the one who stands apart may be the one who is right.
The greatest possible z of a panel of n is (n - 1) / root of n: 1.79 of five, 2.27 of seven; so the line at which a score
is called far off lies below that. Source: mechanisms reference, section 3.3; lines are 平台默认口径.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luming.appraisal.result import rounded
from luming.appraisal.rules import CreditRule


@dataclass(frozen=True, slots=True)
class Sitting:
    """What one closed panel says of one expert.

    Attributes:
        z: how far the sum lay from the mean, in standard deviations; None where all were equal.
        gap: overall impression less weighted sum, in points of 100; None where no impression was given.
        undeclared: ties that existed, were not declared, and were found by others.
    """

    panel: str
    on: dt.date
    z: Decimal | None = None
    gap: Decimal | None = None
    undeclared: int = 0


@dataclass(frozen=True, slots=True)
class Credit:
    """The record of one expert. Means are None with too few sittings to say anything.

    Attributes:
        far_off: panels in which the sum lay far from the others.
        inconsistent: panels in which impression and sum of the expert's own sheet lay far apart.
    """

    sittings: int
    far_off: int
    inconsistent: int
    undeclared: int
    mean_z: Decimal | None
    mean_gap: Decimal | None

    @property
    def to_look_at(self) -> bool:
        """Whether somebody should look before this expert is asked again."""
        return self.undeclared > 0 or 2 * (self.far_off + self.inconsistent) > max(self.sittings, 2)


def credit_of(sittings: Sequence[Sitting], rule: CreditRule) -> Credit:
    """The record, in whatever order the sittings come.

    >>> rule = CreditRule(far_off_from="1.5", gap_above="10", fewest=1, mark="ours")
    >>> credit_of([Sitting("p", dt.date(2025, 3, 1), z=Decimal("-1.6"))], rule).far_off
    1
    """
    sizes = [abs(one.z) for one in sittings if one.z is not None]
    gaps = [abs(one.gap) for one in sittings if one.gap is not None]
    return Credit(
        sittings=len(sittings),
        far_off=sum(size >= rule.far_off_from for size in sizes),
        inconsistent=sum(gap > rule.gap_above for gap in gaps),
        undeclared=sum(one.undeclared for one in sittings),
        mean_z=_mean(sizes, rule.fewest),
        mean_gap=_mean(gaps, rule.fewest),
    )


def _mean(values: Sequence[Decimal], fewest: int) -> Decimal | None:
    if len(values) < fewest:
        return None
    return rounded(sum((Fraction(value) for value in values), Fraction(0)) / len(values), 2)
