"""Figures of many cases of one process: volumes, working days, lateness, returns, and the three rates.

解决率 and 满意率 rest on the call-back alone, never on what the unit in charge says of itself. A rate over fewer than
five cases is suppressed: it would tell about single firms. Source of the rates: mechanisms reference, section 7.2; of the
exclusions (invalid, withdrawn, refused by law) the same.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from luming.cases.case import Case, Step
from luming.cases.clock import Expiry, Run, day_of, expiry, runs
from luming.cases.event import CalledBack, Moved
from luming.cases.process import Clock, Process, Transition
from luming.cases.terms import Outcome, Reason
from luming.workdays import WorkCalendar

LEAST = 5
"""The fewest cases over which a rate is told."""
RESPONSE_CLOCK = "contact"
"""The clock of a process that is the first contact with the one who asked; 响应率 is measured on it."""
_DAY = dt.timedelta(days=1)
_EXCLUDED = (Outcome.WITHDRAWN, Outcome.REFUSED)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of counted cases.

    Attributes:
        part, whole: the counts; where the rate is suppressed only the whole is to be shown.
    """

    part: int
    whole: int

    @property
    def suppressed(self) -> bool:
        """Whether there are too few cases to tell the rate, but some."""
        return 0 < self.whole < LEAST

    @property
    def value(self) -> Fraction | None:
        """The rate, exact; None where it is suppressed or nothing was counted."""
        return Fraction(self.part, self.whole) if self.whole >= LEAST else None

    @property
    def said(self) -> str:
        """In words, rounded half up to a tenth of a percent.

        >>> Rate(190, 200).said
        '95.0%(190/200)'
        >>> Rate(1, 3).said
        '少于5件,不列(共3件)'
        """
        if self.value is None:
            return f"少于{LEAST}件,不列(共{self.whole}件)" if self.whole else "没有"
        tenths = (self.value * 2000 + 1) // 2
        return f"{tenths // 10}.{tenths % 10}%({self.part}/{self.whole})"


@dataclass(frozen=True, slots=True)
class Days:
    """Working days that something took, over several cases; suppressed like rates.

    Attributes:
        number: how many were counted.
        middle: the median; None below five.
        mean: None below five.
        longest: None below five.
    """

    number: int
    middle: Fraction | None
    mean: Fraction | None
    longest: int | None

    @classmethod
    def of(cls, counted: Sequence[int]) -> Days:
        """Of some numbers of working days."""
        if len(counted) < LEAST:
            return cls(len(counted), None, None, None)
        middle = Fraction(median(Fraction(one) for one in counted))
        return cls(len(counted), middle, Fraction(sum(counted), len(counted)), max(counted))


@dataclass(frozen=True, slots=True)
class ThreeRates:
    """响应、解决、满意.

    Attributes:
        response: contacted in time among those dispatched; None where the process has no clock of first contact.
        reached: among those called back, how many answered; shown beside the two that rest on it.
        solved: said to be solved among those who said whether it is.
        satisfied: 满意 and 基本满意 among those who said.
    """

    response: Rate | None
    reached: Rate
    solved: Rate
    satisfied: Rate


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of some cases of one process.

    Attributes:
        filed: cases that left the start; drafts are not counted anywhere.
        outcomes: ended cases by outcome.
        in_states: going cases by state.
        states: working days of each stay in a state that ended.
        total: working days from leaving the start to the end, without those in which a clock stood still.
        clocks: of each clock, its runs that were late among those that ended or are late by now.
        late_now: going cases with a clock that has run out.
        returned: cases sent back at least once among those filed.
        at_once: ended cases that were neither sent back nor in any state twice, among those ended.
    """

    process: Process
    filed: int
    going: int
    outcomes: dict[Outcome, int]
    in_states: dict[str, int]
    states: dict[str, Days]
    total: Days
    clocks: dict[str, Rate]
    late_now: int
    returned: Rate
    at_once: Rate
    rates: ThreeRates


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to the last call-back."""

    reached: bool
    solved: bool | None
    satisfied: bool | None


def statistics(
    process: Process, cases: Iterable[Case], calendar: WorkCalendar, now: dt.datetime
) -> Statistics:
    """The figures of some cases of a process, of whatever version.

    Raises:
        luming.workdays.CalendarError: working days of a year without a holiday notice are needed.
    """
    filed = [case for case in cases if len(case.steps) > 1]
    ended = [case for case in filed if case.ended]
    going = [case for case in filed if not case.ended]
    stays: dict[str, list[int]] = {key: [] for key in process.states}
    for case in filed:
        for key, days in _stays(case, calendar):
            stays.setdefault(key, []).append(days)
    late = {
        key: [late for case in filed for late in _late(case, key, calendar, now)] for key in process.clocks
    }
    sent_back = [any(_is_return(case, step) for step in case.steps) for case in filed]
    return Statistics(
        process,
        len(filed),
        len(going),
        dict(Counter(case.outcome for case in ended if case.outcome)),
        dict(Counter(case.state for case in going)),
        {key: Days.of(days) for key, days in stays.items() if days},
        Days.of([_net(case, calendar) for case in ended]),
        {key: Rate(sum(found), len(found)) for key, found in late.items()},
        sum(
            any(_late_now(case, clock, calendar, now) for clock in case.process.clocks.values())
            for case in going
        ),
        Rate(sum(sent_back), len(filed)),
        Rate(sum(_straight(case) for case in ended), len(ended)),
        three_rates(process, filed, calendar, now),
    )


def three_rates(
    process: Process, cases: Iterable[Case], calendar: WorkCalendar, now: dt.datetime
) -> ThreeRates:
    """响应率, 解决率, 满意率; withdrawn, invalid and refused cases do not count."""
    counted = [case for case in cases if case.outcome not in _EXCLUDED]
    response = None
    if RESPONSE_CLOCK in process.clocks:
        judged = [found for case in counted if (found := _contacted(case, calendar, now)) is not None]
        response = Rate(sum(judged), len(judged))
    answers = [said for case in counted if (said := answer(case))]
    solved = [one.solved for one in answers if one.solved is not None]
    satisfied = [one.satisfied for one in answers if one.satisfied is not None]
    return ThreeRates(
        response,
        Rate(sum(one.reached for one in answers), len(answers)),
        Rate(sum(solved), len(solved)),
        Rate(sum(satisfied), len(satisfied)),
    )


def answer(case: Case) -> Answer | None:
    """The last call-back: noted as such, or a step whose form has `solved` (已解决, 未解决, 联系不上); None without one."""
    for event in reversed(case.events):
        if isinstance(event, CalledBack):
            return Answer(event.reached, event.solved, event.satisfied)
        if isinstance(event, Moved) and event.data.get("solved"):
            said, mood = event.data["solved"], event.data.get("satisfaction")
            if said == "联系不上":
                return Answer(False, None, None)
            return Answer(True, said == "已解决", mood in ("满意", "基本满意") if mood else None)
    return None


def most_frequent(cases: Iterable[Case], field: str, number: int = 10) -> list[tuple[str, int]]:
    """What stands most often in a field, such as the same problem of many firms; ties in the order of the text."""
    counted = Counter(str(case.fields[field]) for case in cases if case.fields.get(field))
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:number]


def _stays(case: Case, calendar: WorkCalendar) -> list[tuple[str, int]]:
    """Each stay in a state that ended, in working days; steps that lead back to it do not end it."""
    found = []
    entered = case.steps[0]
    for step in case.steps[1:]:
        if step.state != entered.state:
            if entered.state != case.process.start.key:
                found.append((entered.state, _workdays(entered, step, calendar)))
            entered = step
    return found


def _workdays(one: Step, other: Step, calendar: WorkCalendar) -> int:
    return calendar.count(day_of(one.at) + _DAY, day_of(other.at))


def _net(case: Case, calendar: WorkCalendar) -> int:
    """Working days without those spent in states in which some clock stands still."""
    paused = {key for clock in case.process.clocks.values() for key in clock.paused_in}
    return sum(days for key, days in _stays(case, calendar) if key not in paused)


def _judged(run: Run, calendar: WorkCalendar, now: dt.datetime) -> bool | None:
    """Whether a run was late; None while it goes on and is not."""
    end = run.ended or now
    found = expiry(run, calendar, day_of(end))
    late = isinstance(found, Expiry) and end >= found.moment
    return late if run.ended or late else None


def _late(case: Case, key: str, calendar: WorkCalendar, now: dt.datetime) -> list[bool]:
    clock = case.process.clocks.get(key)
    judged = [_judged(run, calendar, now) for run in runs(case, clock)] if clock else []
    return [late for late in judged if late is not None]


def _late_now(case: Case, clock: Clock, calendar: WorkCalendar, now: dt.datetime) -> bool:
    return any(run.ended is None and _judged(run, calendar, now) is True for run in runs(case, clock))


def _contacted(case: Case, calendar: WorkCalendar, now: dt.datetime) -> bool | None:
    """Whether the first contact was in time; None while it may still be, or where none was due."""
    clock = case.process.clocks.get(RESPONSE_CLOCK)
    judged = [_judged(run, calendar, now) for run in runs(case, clock)] if clock else []
    return None if not judged or judged[-1] is None else not judged[-1]


def _is_return(case: Case, step: Step) -> bool:
    item = case.process.transitions.get(step.transition)
    return item is not None and is_return(case.process, item)


def is_return(process: Process, item: Transition) -> bool:
    """Whether a step sends back: into a state where a clock of its source stands still, or with a reason to an earlier state."""
    order = list(process.states)
    pauses = any(
        item.target in clock.paused_in
        and set(item.sources) & set(clock.runs_in)
        and item.reason is not Reason.NONE
        for clock in process.clocks.values()
    )
    earlier = all(order.index(item.target) < order.index(source) for source in item.sources)
    return pauses or (earlier and item.reason is Reason.REQUIRED)


def _straight(case: Case) -> bool:
    entered = [
        step.state for before, step in zip((None, *case.steps), case.steps, strict=False)
        if before is None or before.state != step.state
    ]  # fmt: skip
    return len(set(entered)) == len(entered) and not any(_is_return(case, step) for step in case.steps)
