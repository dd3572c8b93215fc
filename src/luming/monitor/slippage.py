"""Will a project be finished when it was planned? From its dated milestones and its cumulative investment.

The method is ours (平台默认口径). A project is behind by the larger of

- the delay that its latest finished milestone carries on, and the days that its earliest open milestone is overdue
  (顺延法: what is late now shifts what comes after, and nothing is assumed to be made up);
- the days by which its investment is behind: the day on which the plan reached what is invested now, against the day
  that the figure speaks of (挣得进度法, earned schedule).

The expected finish is the planned one, the due date of the last milestone, shifted by those days. Work done early never
moves it before the plan. More done, or done sooner, never moves it later. What the data do not carry is not guessed:
without a milestone nothing is said of the finish, and before anything was due, done or invested nothing is said at all.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from luming.monitor.exact import in_unit
from luming.monitor.milestone import Milestone

_MONEY = "元"


class Pace(StrEnum):
    """How a project stands against its plan."""

    DONE = "done"
    ON_TIME = "on_time"
    LATE = "late"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """In Chinese, as in docs/glossary.md."""
        return {"done": "已完成", "on_time": "按计划", "late": "滞后", "unknown": "不能判断"}[self.value]


class Basis(StrEnum):
    """What the days of slip follow from, or why there are none."""

    FINISHED = "finished"
    CARRIED = "carried"
    OVERDUE = "overdue"
    INVESTMENT = "investment"
    NOTHING_LATE = "nothing_late"
    NO_MILESTONES = "no_milestones"
    NOTHING_YET = "nothing_yet"

    @property
    def label(self) -> str:
        """In Chinese, as in docs/glossary.md."""
        return _BASES[self]


_BASES = {
    Basis.FINISHED: "节点全部完成",
    Basis.CARRIED: "最近完成的节点晚于计划",
    Basis.OVERDUE: "有节点到期未完成",
    Basis.INVESTMENT: "投资进度落后于计划",
    Basis.NOTHING_LATE: "到期节点按期完成",
    Basis.NO_MILESTONES: "没有登记节点",
    Basis.NOTHING_YET: "还没有到期或完成的节点,也没有可比的投资数",
}


@dataclass(frozen=True, slots=True)
class Investment:
    """Money since the start of a project, up to the end of a period; None is unknown."""

    start: dt.date
    end: dt.date
    planned: Decimal | None
    actual: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Slippage:
    """What can be said of a project's finish.

    Attributes:
        expected: the expected finish, or the day of the last finished milestone; None where it is unknown.
        days: days behind the plan; of a finished project negative where it was early; None where it is unknown.
        basis: what `days` follows from, or what is missing.
        milestone: the milestone that decides, where one does.
        milestone_days, investment_days: days behind by either evidence; None where it says nothing.
        figure_of: end of the period of the investment figure that was used.
    """

    pace: Pace
    basis: Basis
    planned: dt.date | None = None
    expected: dt.date | None = None
    days: int | None = None
    milestone: Milestone | None = None
    milestone_days: int | None = None
    investment_days: int | None = None
    figure_of: dt.date | None = None


def slippage(milestones: Sequence[Milestone], investments: Sequence[Investment], as_of: dt.date) -> Slippage:
    """How far a project is behind its plan on a day, and when it is expected to be finished.

    Args:
        milestones, investments: in any order. What happened after `as_of` counts as not yet happened.

    Raises:
        UnitMismatch: an investment is not in money.
    """
    planned = max((item.due for item in milestones), default=None)
    if planned is not None and all(_done(item, as_of) for item in milestones):
        finished = max(item.done_on for item in milestones if item.done_on is not None)
        days = (finished - planned).days
        return Slippage(Pace.DONE, Basis.FINISHED, planned, finished, days, milestone_days=days)
    by_step, step, step_basis = _by_milestones(milestones, as_of)
    by_money, figure_of = _by_investment(investments, as_of)
    if planned is None:
        late = by_money is not None and by_money > 0
        pace = Pace.LATE if late else Pace.UNKNOWN
        return Slippage(
            pace, Basis.NO_MILESTONES, days=by_money, investment_days=by_money, figure_of=figure_of
        )
    if by_step is None and by_money is None:
        return Slippage(Pace.UNKNOWN, Basis.NOTHING_YET, planned)
    if by_money is not None and by_money > (by_step or 0):
        days, basis, decider = by_money, Basis.INVESTMENT, None
    else:
        days, basis, decider = by_step or 0, step_basis, step
    return Slippage(
        pace=Pace.LATE if days > 0 else Pace.ON_TIME,
        basis=basis,
        planned=planned,
        expected=planned + dt.timedelta(days=days),
        days=days,
        milestone=decider,
        milestone_days=by_step,
        investment_days=by_money,
        figure_of=figure_of,
    )


def is_overdue(item: Milestone, as_of: dt.date) -> bool:
    """Whether a milestone was due before the day and is not done on it."""
    return item.due < as_of and not _done(item, as_of)


def _done(item: Milestone, as_of: dt.date) -> bool:
    return item.done_on is not None and item.done_on <= as_of


def _by_milestones(
    milestones: Sequence[Milestone], as_of: dt.date
) -> tuple[int | None, Milestone | None, Basis]:
    """Days behind by milestones, the one that decides, and how; None where none is due or done."""
    done = [item for item in milestones if _done(item, as_of)]
    overdue = [item for item in milestones if is_overdue(item, as_of)]
    if not done and not overdue:
        return None, None, Basis.NOTHING_LATE
    found: list[tuple[int, str, Basis, Milestone]] = []
    if done:
        latest = max(item.due for item in done)
        found += [(_delay(item), item.label, Basis.CARRIED, item) for item in done if item.due == latest]
    found += [((as_of - item.due).days, item.label, Basis.OVERDUE, item) for item in overdue]
    days, _label, basis, item = max(found, key=lambda one: one[:3])
    return (days, item, basis) if days > 0 else (0, None, Basis.NOTHING_LATE)


def _delay(item: Milestone) -> int:
    return 0 if item.done_on is None else (item.done_on - item.due).days


def _by_investment(investments: Sequence[Investment], as_of: dt.date) -> tuple[int | None, dt.date | None]:
    """Days behind by the latest figure of a period that is over, and the end of that period."""
    told = [one for one in investments if one.actual is not None and one.end <= as_of]
    plan = _planned_curve(investments)
    if not told or len(plan) < 2:
        return None, None
    latest = max(told, key=lambda one: one.end)
    if latest.end <= plan[0][0]:
        return None, None
    actual = in_unit(latest.actual or Decimal(0), latest.unit, _MONEY)
    reached = _day_reached(plan, actual)
    if (
        reached is None
    ):  # all that was ever planned: beyond the end of the plan there is nothing to compare with
        return (0, latest.end) if latest.end <= plan[-1][0] else (None, None)
    return max(0, (latest.end - reached).days), latest.end


def _planned_curve(investments: Sequence[Investment]) -> list[tuple[dt.date, Fraction]]:
    """The planned sums by day, from nothing on the first day; empty where the plan falls, which no plan does."""
    rows = sorted((one for one in investments if one.planned is not None), key=lambda one: one.end)
    if not rows:
        return []
    points = [(rows[0].start, Fraction(0))]
    points += [(one.end, in_unit(one.planned or Decimal(0), one.unit, _MONEY)) for one in rows]
    falls = any(after[1] < before[1] for before, after in itertools.pairwise(points))
    return [] if falls else points


def _day_reached(plan: Sequence[tuple[dt.date, Fraction]], actual: Fraction) -> dt.date | None:
    """The last day on which no more than this was planned, between two points in a straight line; None: never more."""
    reached: dt.date | None = None
    for (first, low), (last, high) in itertools.pairwise(plan):
        if high <= actual:
            continue
        share = (actual - low) / (high - low) if actual > low else Fraction(0)
        reached = first + dt.timedelta(days=int(share * (last - first).days))
        break
    return reached
