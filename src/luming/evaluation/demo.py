"""Invented tables for the demonstration year: payments, answers and reports on tasks, from a seed.

They show every chapter of the report at work: a cap exceeded, a clause nobody drew on, a group too small to tell. Every
name says 演示. None of it stands beside real data: the facts are those of the monitor's demonstration year.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal

from luming.evaluation.evaluation import Material
from luming.evaluation.funds import money_clauses
from luming.evaluation.payment import KINDS, SIZES, Payment
from luming.evaluation.span import Span
from luming.evaluation.survey import GRADES, NO_OPINION, WHOLE, Answer, numbered
from luming.evaluation.task import TaskReport, TaskState
from luming.monitor import demo_year
from luming.pack import Commitment, CommitmentKind, Pack
from luming.unit import convert

_ANSWERS = 180
_WEIGHTS = (28, 40, 20, 9, 3)
_ASKED = 6
_PAYEES = 24


def demo_material(pack: Pack, span: Span, as_of: dt.date, seed: int, earlier: tuple[Pack, ...]) -> Material:
    """The material of the demonstration: invented facts and tables. The same seed gives the same."""
    return Material(
        pack=pack,
        facts=demo_year(pack, seed),
        span=span,
        as_of=as_of,
        earlier=earlier,
        tasks=_tasks(pack, span, random.Random(f"{seed}:tasks")),
        payments=_payments(pack, span, random.Random(f"{seed}:payments")),
        answers=_answers(pack, random.Random(f"{seed}:answers")),
        repeals=(),
    )


def _tasks(pack: Pack, span: Span, rng: random.Random) -> tuple[TaskReport, ...]:
    """A report on four sentences of five."""
    reports = []
    days = (span.end - span.start).days
    weights = (5, 12, 2, 1) if span.closes_year else (2, 12, 4, 1)
    for measure in numbered(pack):
        unit = "、".join(duty.lead) if (duty := pack.duty_of(measure.id)) else "演示单位"
        for sentence in measure.sentences:
            if rng.random() < 0.2:
                continue
            state = rng.choices(tuple(TaskState), weights)[0]
            day = span.start + dt.timedelta(days=rng.randint(0, days)) if state is TaskState.DONE else None
            evidence = "演示佐证" if state is TaskState.DONE and rng.random() < 0.7 else ""
            reports.append(TaskReport(sentence.id, state, day, unit, evidence))
    return tuple(reports)


def _payments(pack: Pack, span: Span, rng: random.Random) -> tuple[Payment, ...]:
    """Payments under every clause with money but the second, where there are several; one object is paid above its cap."""
    clauses = money_clauses(pack)
    drawn = [item for at, item in enumerate(clauses) if at != 1 or len(clauses) < 3]
    districts = [district.name for district in pack.districts][:-1] or [""]
    people = [
        (f"演示单位{number:02d}", rng.choice(districts), rng.choice(SIZES), rng.choice(KINDS))
        for number in range(1, _PAYEES + 1)
    ]
    made: list[Payment] = []
    days = (span.end - span.start).days
    for item in drawn:
        for _ in range(rng.randint(6, 10)):
            name, district, size, kind = rng.choice(people)
            day = span.start + dt.timedelta(days=rng.randint(0, days))
            number = len(made) + 1
            project = f"演示项目{number:02d}"
            amount = _amount(item, rng)
            made.append(Payment(f"Y{number:03d}", item.id, name, project, district, size, kind, amount, day))
    return _one_above(made, drawn)


def _amount(item: Commitment, rng: random.Random) -> Decimal:
    """Between a third and the whole of a cap; a twelfth of a budget; whole 万元."""
    whole = convert(item.value or Decimal(0), item.unit.partition("/")[0], "万元")
    share = rng.uniform(0.3, 1.0) / (12 if item.kind is CommitmentKind.BUDGET else 1)
    return convert(Decimal(max(round(float(whole) * share), 1)), "万元", "元")


def _one_above(payments: list[Payment], clauses: list[Commitment]) -> tuple[Payment, ...]:
    """The last payment under the last cap is made one 万元 more than the cap allows."""
    caps = [item for item in clauses if item.kind is CommitmentKind.SUPPORT_CAP and item.value is not None]
    if caps and caps[-1].value is not None:
        cap = convert(caps[-1].value, caps[-1].unit.partition("/")[0], "元")
        at = max(index for index, one in enumerate(payments) if one.clause == caps[-1].id)
        payments[at] = replace(payments[at], amount=cap + 10000)
    return tuple(payments)


def _answers(pack: Pack, rng: random.Random) -> tuple[Answer, ...]:
    """Answers on the whole, and of a third of the respondents on some of the measures."""
    measures = [measure.id for measure in numbered(pack)]
    asked = rng.sample(measures, min(_ASKED, len(measures)))
    districts = [district.name for district in pack.districts] or [""]
    made = []
    for number in range(1, _ANSWERS + 1):
        name, size = f"演示{number:03d}", rng.choices(SIZES, (1, 4, 8, 5))[0]
        district = rng.choice(districts)
        for question in (WHOLE, *(rng.sample(asked, 2) if asked and number % 3 == 0 else ())):
            silent = rng.random() < 0.08
            grade = NO_OPINION if silent else rng.choices(GRADES, _WEIGHTS)[0]
            made.append(Answer(name, question, grade, district, size))
    return tuple(made)
