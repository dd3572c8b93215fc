"""Advice clause by clause: every commitment, and every measure without one, gets exactly one, by the first rule that
applies; a measure as a whole gets what its parts say together.

The advice is a draft. It rests on what was handed in, and what was not handed in is no ground to repeal anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luming.evaluation import rule as rules
from luming.evaluation.funds import ClauseFunds, Funds
from luming.evaluation.memory import Memory
from luming.evaluation.outcome import Doubt, Outcome
from luming.evaluation.repeal import Repeal
from luming.evaluation.rule import RUN_OF_YEARS, Advice, Rule
from luming.evaluation.span import Span
from luming.evaluation.task import MeasureTasks, TaskState
from luming.facts import Frequency, IndicatorKind
from luming.mark import Mark
from luming.pack import BindingStatus, Commitment, CommitmentKind, Measure, Pack

_ONE_OFF = (IndicatorKind.MILESTONE, IndicatorKind.YES_NO)
_GROUNDED = (Mark.VERIFIED, Mark.SECONDARY)


@dataclass(frozen=True, slots=True)
class Advised:
    """The advice on one commitment, or on a measure that has none.

    Attributes:
        measure: id of the measure; "" in a pack without text.
        item: the commitment; None for a measure without one.
        memory, funds, tasks, repeal, disputed: what the rule looked at, as far as it did.
    """

    measure: str
    item: Commitment | None
    rule: Rule
    memory: Memory | None = None
    funds: ClauseFunds | None = None
    tasks: MeasureTasks | None = None
    repeal: Repeal | None = None
    disputed: tuple[str, ...] = ()

    @property
    def advice(self) -> Advice:
        """What is advised."""
        return self.rule.advice


@dataclass(frozen=True, slots=True)
class MeasureAdvice:
    """A measure with the advice on its parts. `measure` is None for what stands in no measure of a partial pack."""

    measure: Measure | None
    parts: tuple[Advised, ...]

    @property
    def advice(self) -> Advice:
        """The parts together: repealed only if all are, changed if any is to be changed or repealed, else kept."""
        found = {part.advice for part in self.parts}
        if found == {Advice.REPEAL}:
            return Advice.REPEAL
        return Advice.CHANGE if found & {Advice.CHANGE, Advice.REPEAL} else Advice.KEEP


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the rules look at.

    Attributes:
        disputed: by id of a target, the titles of the contradictions that it stands in.
        funds: None where no payments were handed in.
    """

    pack: Pack
    span: Span
    as_of: dt.date
    memories: Mapping[str, Memory]
    tasks: Mapping[str, MeasureTasks]
    disputed: Mapping[str, tuple[str, ...]]
    funds: Funds | None
    repeals: Sequence[Repeal]


def advise(grounds: Grounds) -> tuple[MeasureAdvice, ...]:
    """The advice on every measure, in the order of the document."""
    pack = grounds.pack
    by_measure: dict[str, list[Commitment]] = {}
    for item in pack.commitments:
        by_measure.setdefault(item.clause.partition(".")[0], []).append(item)
    made = []
    for measure in pack.measures:
        items = by_measure.pop(measure.id, [])
        if items:
            made.append(MeasureAdvice(measure, tuple(_commitment(item, grounds) for item in items)))
        elif measure.id in grounds.tasks:
            made.append(MeasureAdvice(measure, (_plain(measure, grounds),)))
    loose = [item for items in by_measure.values() for item in items]
    if loose:
        made.append(MeasureAdvice(None, tuple(_commitment(item, grounds) for item in loose)))
    return tuple(made)


def _repeal(grounds: Grounds, *clauses: str) -> Repeal | None:
    """The first repeal of any of the clauses that is in force on the day."""
    held = [one for one in grounds.repeals if one.clause in clauses and one.effective_on <= grounds.as_of]
    return min(held, key=lambda one: (one.effective_on, one.clause, one.basis), default=None)


def _plain(measure: Measure, grounds: Grounds) -> Advised:
    tasks = grounds.tasks[measure.id]
    repeal = _repeal(grounds, measure.id)
    rule = rules.F1 if repeal else _task_rule(tasks)
    return Advised(measure.id, None, rule, tasks=tasks, repeal=repeal)


def _task_rule(tasks: MeasureTasks) -> Rule:
    if tasks.reported:
        moving = tasks.states[TaskState.DONE] + tasks.states[TaskState.UNDER_WAY]
        return rules.B9 if moving else rules.B10
    named = tasks.duty is not None and tasks.duty.mark in _GROUNDED
    return rules.B11 if named else rules.X7


def _commitment(item: Commitment, grounds: Grounds) -> Advised:
    measure = item.clause.partition(".")[0]
    repeal = _repeal(grounds, item.id, *([measure] if measure else []))
    memory = grounds.memories.get(item.id)
    disputed = grounds.disputed.get(item.id, ())
    funds = _funds(item, grounds)
    rule = rules.F1
    if repeal is None:
        if item.kind is CommitmentKind.TARGET and memory is not None:
            rule = target_rule(memory, bool(disputed))
        elif item.kind is CommitmentKind.COUNT:
            rule = rules.X6 if item.deadline is None else rules.B8
        else:
            rule = _money_rule(item, funds, grounds)
    return Advised(measure, item, rule, memory, funds, grounds.tasks.get(measure), repeal, disputed)


def target_rule(memory: Memory, disputed: bool) -> Rule:
    """The rule for a target: what runs through the years first, then what its figures say, then why there are none."""
    present = memory.present
    indicator = present.item.indicator
    one_off = indicator.kind in _ONE_OFF or indicator.frequency is Frequency.ONCE
    if one_off and present.outcome is Outcome.REACHED and present.span.closes_year:
        return rules.F2
    if memory.missed_running >= RUN_OF_YEARS:
        return rules.X1
    if disputed:
        return rules.X2
    if present.outcome in (Outcome.REACHED, Outcome.ON_TRACK):
        return rules.B1 if memory.reached_running >= RUN_OF_YEARS else rules.B2
    if present.outcome in (Outcome.BEHIND, Outcome.MISSED):
        return rules.B3
    return rules.X3 if _cannot_be_measured(memory) else rules.B4


def _cannot_be_measured(memory: Memory) -> bool:
    """No figure although its day is past, and no source says how it is defined or who gives it."""
    present = memory.present
    if present.doubt is not Doubt.NO_FIGURE or present.gap is None or not present.gap.overdue:
        return False
    indicator = present.item.indicator
    return indicator.mark not in _GROUNDED or present.gap.ask_mark not in _GROUNDED


def _funds(item: Commitment, grounds: Grounds) -> ClauseFunds | None:
    if grounds.funds is None:
        return None
    return next((one for one in grounds.funds.clauses if one.item.id == item.id), None)


def _money_rule(item: Commitment, funds: ClauseFunds | None, grounds: Grounds) -> Rule:
    if funds is None:
        return rules.X4 if _waits_for_rule(item, grounds.pack) else rules.B7
    if funds.exceeds:
        return rules.B6
    if funds.payments:
        return rules.B5
    return rules.X5 if grounds.span.is_year else rules.B7


def _waits_for_rule(item: Commitment, pack: Pack) -> bool:
    """Whether the pack says that the sentence waits for the competent office's own rules."""
    if not item.clause:
        return False
    _, sentence = pack.sentence(item.clause)
    return any(binding.status is BindingStatus.WAITS for binding in sentence.bindings)
