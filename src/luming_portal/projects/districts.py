"""Projects by district: how many, how much was to be invested and was, how many are late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from luming.monitor import Pace, number, percent
from luming_portal.accounts.rights import visible
from luming_portal.projects.models import Project
from luming_portal.projects.outlook import Outlook, in_sum_unit, outlooks


@dataclass(slots=True)
class DistrictLine:
    """One district. Sums are in 亿元, of the projects that have figures; `compared` of them have plan and figure."""

    district: str
    projects: int = 0
    tracked: int = 0
    late: int = 0
    unknown: int = 0
    total: Decimal = Decimal(0)
    totals: int = 0
    planned: Decimal = Decimal(0)
    actual: Decimal = Decimal(0)
    compared: int = 0
    demo: int = 0

    @property
    def total_words(self) -> str:
        """The whole investment, or "" where none is known."""
        return number(self.total, 4) if self.totals else ""

    @property
    def planned_words(self) -> str:
        """The plan up to the latest figures."""
        return number(self.planned, 4) if self.compared else ""

    @property
    def actual_words(self) -> str:
        """What was done."""
        return number(self.actual, 4) if self.compared else ""

    @property
    def share_words(self) -> str:
        """What was done of the plan."""
        return percent(Fraction(self.actual) / Fraction(self.planned)) if self.planned else ""


@dataclass(frozen=True, slots=True)
class DistrictTable:
    """All districts, their sum, and the projects that are late, most days first."""

    lines: Sequence[DistrictLine]
    whole: DistrictLine
    late: Sequence[Outlook] = field(default_factory=tuple)
    untracked: int = 0


def district_table(user: Any, today: dt.date) -> DistrictTable:
    """The table of the projects that the user may see."""
    found = outlooks(user, visible(user, Project.objects.all()), today)
    lines: dict[str, DistrictLine] = {}
    whole = DistrictLine("")
    for one in found:
        line = lines.setdefault(one.project.district, DistrictLine(one.project.district))
        for kept in (line, whole):
            _count(kept, one, today)
    late = sorted(
        (one for one in found if one.slip.pace is Pace.LATE),
        key=lambda one: (-(one.slip.days or 0), one.project.key),
    )
    ordered = sorted(lines.values(), key=lambda line: (not line.district, -line.projects, line.district))
    return DistrictTable(ordered, whole, late, whole.projects - whole.tracked)


def _count(line: DistrictLine, one: Outlook, today: dt.date) -> None:
    line.projects += 1
    line.demo += one.project.demo
    line.tracked += bool(one.milestones or one.rows)
    line.late += one.slip.pace is Pace.LATE
    line.unknown += one.slip.pace is Pace.UNKNOWN
    total = in_sum_unit(one.project.investment, one.project.investment_unit)
    if total is not None:
        line.total, line.totals = line.total + total, line.totals + 1
    latest = one.latest(today)
    if latest is None or latest.planned is None:
        return
    planned, actual = in_sum_unit(latest.planned, latest.unit), in_sum_unit(latest.actual, latest.unit)
    line.planned += planned or Decimal(0)
    line.actual += actual or Decimal(0)
    line.compared += 1
