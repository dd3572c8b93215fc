"""How projects stand: their milestones and investment read at once, and what the library makes of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luming.monitor import Slippage, slippage
from luming.unit import convert
from luming_portal.accounts.rights import visible
from luming_portal.projects.models import InvestmentRow, Milestone, MoneyUnit, Project

SUM_UNIT = "亿元"


@dataclass(frozen=True, slots=True)
class Outlook:
    """One project with its progress and its slippage on a day."""

    project: Project
    milestones: tuple[Milestone, ...]
    rows: tuple[InvestmentRow, ...]
    slip: Slippage

    def latest(self, today: dt.date) -> InvestmentRow | None:
        """The newest row of a period that is over and has a figure of what was done."""
        told = [row for row in self.rows if row.actual is not None and row.period_end <= today]
        return max(told, key=lambda row: row.period_end, default=None)


def outlooks(user: Any, projects: Iterable[Project], today: dt.date) -> list[Outlook]:
    """The projects with what the user may see of their progress: two queries however many there are."""
    wanted = list(projects)
    steps: dict[int, list[Milestone]] = defaultdict(list)
    rows: dict[int, list[InvestmentRow]] = defaultdict(list)
    for step in visible(user, Milestone.objects.filter(project__in=wanted)):
        steps[step.project_id].append(step)
    for row in visible(user, InvestmentRow.objects.filter(project__in=wanted)):
        rows[row.project_id].append(row)
    return [
        Outlook(
            one,
            tuple(steps[one.pk]),
            tuple(rows[one.pk]),
            slippage([step.step() for step in steps[one.pk]], [row.row() for row in rows[one.pk]], today),
        )
        for one in wanted
    ]


def in_sum_unit(value: Decimal | None, unit: str) -> Decimal | None:
    """A sum in the unit that sums are shown in; None where it or its unit is unknown."""
    return convert(value, unit, SUM_UNIT) if value is not None and unit in MoneyUnit.values else None
