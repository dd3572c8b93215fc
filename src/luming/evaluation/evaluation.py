"""政策评估: one document in one half year or year, from its facts, its predecessors and the tables handed in.

    pack + facts to the end of the span → board → findings ┐
    packs before it                     → memory           ├→ advice, clause by clause
    tasks, payments, answers, repeals (each may be absent) ┘

Pure: the same inputs give the same evaluation, and the order of rows in any table plays no part. What was not handed
in is None, and the report says whom to ask.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from luming.errors import Fault, FaultyInput
from luming.evaluation.advice import Grounds, MeasureAdvice, advise
from luming.evaluation.funds import Funds, funds_of, in_span, money_clauses
from luming.evaluation.memory import Leftover, Memory, leftovers_of, memories_of
from luming.evaluation.outcome import Outcome
from luming.evaluation.payment import Payment
from luming.evaluation.reach import Reach, reach_of
from luming.evaluation.repeal import Repeal
from luming.evaluation.rule import Z1, Z2, Advice, Rule
from luming.evaluation.span import Span
from luming.evaluation.survey import Answer, Survey, survey_of
from luming.evaluation.table_file import CONSEQUENCE
from luming.evaluation.task import MeasureTasks, TaskReport, tasks_of
from luming.facts import Fact
from luming.monitor import Board, assess
from luming.pack import Pack


@dataclass(frozen=True, slots=True)
class Material:
    """What an evaluation is made from. A table that was not handed in is None, which is not an empty one.

    Attributes:
        earlier: the packs of the documents before, latest first.
        as_of: the day on which the evaluation stands; only what was known then is used.
    """

    pack: Pack
    facts: tuple[Fact, ...]
    span: Span
    as_of: dt.date
    earlier: tuple[Pack, ...] = ()
    tasks: tuple[TaskReport, ...] | None = None
    payments: tuple[Payment, ...] | None = None
    answers: tuple[Answer, ...] | None = None
    repeals: tuple[Repeal, ...] | None = None


@dataclass(frozen=True, slots=True)
class Lacking:
    """A kind of data that was not handed in, and the units that are expected to have it."""

    name: str
    ask: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Addition:
    """A clause that the draft proposes to add: for a target left behind, or for data that nobody hands in."""

    rule: Rule
    leftover: Leftover | None = None
    lacking: Lacking | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The whole answer.

    Attributes:
        board: the document's targets with the facts whose periods end within the span.
        earlier: the same of the documents before, latest first.
        reach: None where no payments were handed in or none falls into the span.
    """

    material: Material
    board: Board
    earlier: tuple[Board, ...]
    memories: tuple[Memory, ...]
    leftovers: tuple[Leftover, ...]
    tasks: tuple[MeasureTasks, ...]
    funds: Funds | None
    reach: Reach | None
    survey: Survey | None
    advice: tuple[MeasureAdvice, ...]
    additions: tuple[Addition, ...]

    @property
    def span(self) -> Span:
        """The stretch that is evaluated."""
        return self.material.span

    @property
    def demo(self) -> bool:
        """Whether it rests on invented data."""
        return self.board.demo

    @property
    def tasks_reported(self) -> bool:
        """Whether reports on tasks were handed in."""
        return self.material.tasks is not None

    def outcomes(self) -> Mapping[Outcome, int]:
        """How many targets came out how; every outcome is a key."""
        counts = Counter(memory.present.outcome for memory in self.memories)
        return {outcome: counts[outcome] for outcome in Outcome}

    def advice_counts(self) -> Mapping[Advice, int]:
        """How many measures are advised what, and how many additions; every advice is a key."""
        counts = Counter(one.advice for one in self.advice)
        counts[Advice.ADD] = len(self.additions)
        return {advice: counts[advice] for advice in Advice}

    def lacking(self) -> tuple[Lacking, ...]:
        """The kinds of data that were not handed in."""
        return tuple(one.lacking for one in self.additions if one.lacking is not None)


def evaluate(material: Material) -> Evaluation:
    """Evaluate a document over a span.

    Raises:
        FaultyInput: the span is of another year than the document, or not over on the day of the evaluation.
        PackFaults, FactsFaults: as `luming.monitor.assess`.
    """
    _check(material)
    pack, span, as_of = material.pack, material.span, material.as_of
    facts = tuple(fact for fact in material.facts if fact.period.end <= span.end)
    board = assess(pack, facts, as_of, earlier=material.earlier)
    earlier = tuple(assess(one, facts, as_of) for one in material.earlier)
    memories = memories_of(board, earlier, span)
    leftovers = leftovers_of(board, earlier, memories, span)
    tasks = tasks_of(pack, material.tasks or (), span)
    payments = material.payments
    funds = None if payments is None else funds_of(pack, payments, span)
    grounds = Grounds(
        pack=pack,
        span=span,
        as_of=as_of,
        memories={memory.present.id: memory for memory in memories},
        tasks={one.measure.id: one for one in tasks},
        disputed=_disputed(board),
        funds=funds,
        repeals=material.repeals or (),
    )
    return Evaluation(
        material=material,
        board=board,
        earlier=earlier,
        memories=memories,
        leftovers=leftovers,
        tasks=tasks,
        funds=funds,
        reach=None if payments is None else reach_of(pack, in_span(payments, span)),
        survey=None if material.answers is None else survey_of(pack, material.answers),
        advice=advise(grounds),
        additions=_additions(material, leftovers),
    )


def _check(material: Material) -> None:
    span, document = material.span, material.pack.document
    faults = []
    if span.year != document.year:
        faults.append(
            Fault(
                "evaluation.other_year",
                "评估时段",
                f"{span.label()}",
                f"文件所属的{document.year}年",
                "请改时段,或换那一年的文件",
            )
        )
    if material.as_of <= span.end:
        faults.append(
            Fault(
                "evaluation.not_over",
                "评估日",
                f"{material.as_of},评估时段{span.label()}还没有结束",
                f"{span.end}之后的日期",
                "请用 --as-of 指定之后的日期,或改评估已结束的时段",
            )
        )
    if faults:
        raise FaultyInput(faults, CONSEQUENCE)


def _disputed(board: Board) -> dict[str, tuple[str, ...]]:
    titles: dict[str, tuple[str, ...]] = {}
    for conflict in board.contradictions:
        for target in conflict.targets:
            titles[target] = (*titles.get(target, ()), conflict.title)
    return titles


def _additions(material: Material, leftovers: Iterable[Leftover]) -> tuple[Addition, ...]:
    open_ends = [Addition(Z1, leftover=one) for one in leftovers if one.is_open]
    return (*open_ends, *(Addition(Z2, lacking=one) for one in _lacking(material)))


def _lacking(material: Material) -> list[Lacking]:
    pack = material.pack
    office = pack.document.office or "文件的牵头办公室"
    found = []
    if material.tasks is None and pack.measures:
        found.append(Lacking("任务进展", ("各条牵头单位",)))
    money = money_clauses(pack)
    if material.payments is None and money:
        leads = [unit for item in money for unit in _leads(pack, item.clause)]
        found.append(Lacking("资金支付", tuple(dict.fromkeys(["财政部门", *leads]))))
    if material.answers is None:
        found.append(Lacking("企业满意度", (office,)))
    return found


def _leads(pack: Pack, clause: str) -> tuple[str, ...]:
    duty = pack.duty_of(clause.partition(".")[0])
    return duty.lead if duty is not None else ()
