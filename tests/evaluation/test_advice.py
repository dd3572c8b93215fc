"""Advice: each rule at its edge, exactly one for every clause, and the memory of years that the rules rest on."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.making import (
    AFTER,
    BUDGET,
    CAP,
    FIRST_HALF,
    YEAR,
    make_fact,
    make_indicator,
    make_material,
    make_money,
    make_pack,
    make_sentence,
    make_target,
)
from luming.evaluation import (
    RULES,
    Advice,
    Outcome,
    Payment,
    Repeal,
    TaskReport,
    TaskState,
    demo_material,
    evaluate,
    target_rule,
)
from luming.facts import Frequency, IndicatorKind
from luming.mark import Mark
from luming.pack import load, load_predecessors
from luming.pack.terms import BindingStatus, CommitmentKind, Comparator


def past(year, value="1200", **changes):
    target = make_target(value=Decimal(value), deadline=dt.date(year, 12, 31), **changes)
    return make_pack((target, make_indicator()), year=year)


def rule_of(evaluation, id="output"):
    return next(
        part.rule.code for one in evaluation.advice for part in one.parts if part.item and part.item.id == id
    )


def through_years(*values, earlier=(2024, 2023)):
    """A target of 1,200 in three documents, with the figures of 2025, 2024, 2023; None is no figure."""
    facts = [make_fact(str(2025 - at), value) for at, value in enumerate(values) if value is not None]
    return evaluate(make_material(make_pack(), *facts, earlier=tuple(past(year) for year in earlier)))


@pytest.mark.parametrize(
    ("values", "rule", "missed", "reached"),
    [
        (("1100", "1100", "1100"), "X1", 3, 0),
        (("1100", "1100", "1300"), "X1", 2, 0),
        (("1100", "1300", "1100"), "B3", 1, 0),
        (("1300", "1300", "1100"), "B1", 0, 2),
        (("1300", "1100", "1100"), "B2", 0, 1),
        (("1300", None, "1300"), "B2", 0, 1),
        (("1100", None, "1100"), "B3", 1, 0),
        ((None, "1100", "1100"), "B4", 0, 0),
    ],
)
def test_only_years_in_a_row_make_a_run(values, rule, missed, reached):
    evaluation = through_years(*values)
    memory = evaluation.memories[0]
    assert (memory.missed_running, memory.reached_running) == (missed, reached)
    assert target_rule(memory, disputed=False).code == rule
    disputed = target_rule(memory, disputed=True).code
    assert disputed == (rule if rule == "X1" else "X2")


def test_a_year_without_a_document_ends_a_run():
    evaluation = through_years("1100", "1100", "1100", earlier=(2023,))
    assert evaluation.memories[0].missed_running == 1


def test_the_open_half_year_is_no_year_of_a_run():
    facts = (make_fact("2025-H1", "100"), make_fact("2024", "1100"), make_fact("2023", "1100"))
    evaluation = evaluate(
        make_material(make_pack(), *facts, span=FIRST_HALF, earlier=(past(2024), past(2023)))
    )
    memory = evaluation.memories[0]
    assert memory.present.outcome is Outcome.BEHIND
    assert memory.missed_running == 2
    assert rule_of(evaluation) == "X1"


@pytest.mark.parametrize(
    ("changes", "as_of", "rule"),
    [
        ({"owner_mark": Mark.EXPECTED}, AFTER, "X3"),
        ({"mark": Mark.EXPECTED}, AFTER, "X3"),
        ({}, AFTER, "B4"),
        ({"mark": Mark.EXPECTED, "lag_days": 60}, dt.date(2026, 3, 1), "B4"),
        ({"mark": Mark.EXPECTED, "lag_days": 59}, dt.date(2026, 3, 1), "X3"),
    ],
)
def test_no_figure_is_a_reason_to_change_only_where_it_is_due_and_nobody_is_named(changes, as_of, rule):
    pack = make_pack((make_target(), make_indicator(**changes)))
    assert rule_of(evaluate(make_material(pack, as_of=as_of))) == rule


def test_a_task_done_once_may_leave():
    indicator = make_indicator(kind=IndicatorKind.YES_NO, unit="项", frequency=Frequency.ONCE)
    target = make_target(value=Decimal(1), unit="项", comparator=Comparator.EQUAL)
    evaluation = evaluate(make_material(make_pack((target, indicator)), make_fact("2025-12", "1", unit="项")))
    assert rule_of(evaluation) == "F2"


@pytest.mark.parametrize(("day", "rule"), [(AFTER, "F1"), (AFTER + dt.timedelta(days=1), "B2")])
@pytest.mark.parametrize("clause", ["output", "m01"])
def test_a_repealed_basis_from_the_day_it_ends(day, rule, clause):
    repeal = Repeal(clause, "某办法", "某决定", day)
    evaluation = evaluate(make_material(None, make_fact("2025", "1300"), repeals=(repeal,)))
    assert rule_of(evaluation) == rule
    assert (evaluation.advice[0].advice is Advice.REPEAL) is (rule == "F1")


def pay(clause, amount="1000"):
    return Payment("1", clause, "甲", "甲", "", "", "", Decimal(amount), dt.date(2025, 3, 1))


@pytest.mark.parametrize(
    ("payments", "span", "waits", "rule"),
    [
        (None, YEAR, True, "X4"),
        (None, YEAR, False, "B7"),
        ((), YEAR, True, "X5"),
        ((), FIRST_HALF, True, "B7"),
        ((pay("cap"),), YEAR, True, "B5"),
        ((pay("cap", "300000.01"),), YEAR, True, "B6"),
        ((pay("budget"),), YEAR, False, "X5"),
    ],
)
def test_clauses_with_money(payments, span, waits, rule):
    pack = make_pack(others=(CAP, BUDGET))
    first, second, third = pack.measures
    held = make_sentence("m02.s1", BindingStatus.WAITS if waits else BindingStatus.PLANNED)
    second = second.model_copy(update={"sentences": (held, second.sentences[1])})
    pack = pack.model_copy(update={"measures": (first, second, third)})
    assert rule_of(evaluate(make_material(pack, span=span, payments=payments)), "cap") == rule


@pytest.mark.parametrize(("deadline", "rule"), [(None, "X6"), (dt.date(2026, 12, 31), "B8")])
def test_a_size_without_a_deadline(deadline, rule):
    count = make_money("size", CommitmentKind.COUNT, "20", "万吨", deadline=deadline)
    assert rule_of(evaluate(make_material(make_pack(others=(count,)))), "size") == rule


@pytest.mark.parametrize(
    ("states", "rule"),
    [
        (None, "X7"),
        ((), "X7"),
        ((TaskState.DONE,), "B9"),
        ((TaskState.NOT_BEGUN, TaskState.UNDER_WAY), "B9"),
        ((TaskState.NOT_BEGUN, TaskState.STOPPED), "B10"),
    ],
)
def test_a_measure_without_numbers_goes_by_its_reports(states, rule):
    reports = None
    if states is not None:
        reports = tuple(
            TaskReport(f"m03.s{at}", state, dt.date(2025, 5, 1) if state is TaskState.DONE else None, "甲")
            for at, state in enumerate(states, 1)
        )
    evaluation = evaluate(make_material(tasks=reports))
    assert evaluation.advice[-1].parts[0].rule.code == rule


def test_a_measure_without_numbers_whose_unit_is_grounded_is_kept_until_it_reports():
    pack = make_pack()
    duties = tuple(duty.model_copy(update={"mark": Mark.VERIFIED}) for duty in pack.duties)
    evaluation = evaluate(make_material(pack.model_copy(update={"duties": duties})))
    assert evaluation.advice[-1].parts[0].rule.code == "B11"


def test_a_task_done_after_the_span_was_under_way_in_it():
    report = TaskReport("m03.s1", TaskState.DONE, dt.date(2025, 7, 1), "甲")
    states = evaluate(make_material(span=FIRST_HALF, tasks=(report,))).tasks[-1].states
    assert (states[TaskState.DONE], states[TaskState.UNDER_WAY]) == (0, 1)


def test_what_an_earlier_document_asked_and_this_one_dropped_is_to_be_accounted_for():
    old = make_pack((make_target("gone", deadline=dt.date(2024, 12, 31)), make_indicator("gone")), year=2024)
    unknown = evaluate(make_material(earlier=(old,)))
    assert [one.rule.code for one in unknown.additions if one.leftover] == ["Z1"]
    reached = evaluate(make_material(None, make_fact("2024", "1200", "gone"), earlier=(old,)))
    assert len(reached.leftovers) == 1
    assert not [one for one in reached.additions if one.leftover]


def assert_one_advice_each(evaluation):
    pack = evaluation.board.pack
    parts = [part for one in evaluation.advice for part in one.parts]
    items = Counter(part.item.id for part in parts if part.item is not None)
    assert items == Counter(item.id for item in pack.commitments)
    measures = [one.measure.id for one in evaluation.advice if one.measure is not None]
    assert measures == [measure.id for measure in pack.measures if measure.id.startswith("m")]
    assert all(part.rule in RULES for part in parts)
    assert sum(evaluation.advice_counts().values()) == len(evaluation.advice) + len(evaluation.additions)


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 2400)), min_size=3, max_size=3),
    st.one_of(st.none(), st.lists(st.sampled_from(["cap", "budget"]), max_size=4)),
    st.sampled_from([YEAR, FIRST_HALF]),
)
def test_every_clause_gets_exactly_one_advice(values, clauses, span):
    facts = [make_fact(str(2025 - at), str(value)) for at, value in enumerate(values) if value is not None]
    payments = None if clauses is None else tuple(pay(clause) for clause in clauses)
    pack = make_pack(others=(CAP, BUDGET))
    made = evaluate(
        make_material(pack, *facts, span=span, payments=payments, earlier=(past(2024), past(2023)))
    )
    assert_one_advice_each(made)
    again = evaluate(
        make_material(pack, *facts[::-1], span=span, payments=payments, earlier=(past(2024), past(2023)))
    )
    assert [one.outcome for one in made.memories[0].years] == [one.outcome for one in again.memories[0].years]
    assert [one.advice for one in made.advice] == [one.advice for one in again.advice]


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_every_clause_of_baotou_gets_exactly_one_advice(root, year):
    from luming.evaluation import Span

    pack = load(root / "packs" / "baotou" / f"{year}-1")
    earlier = load_predecessors(pack)
    assert_one_advice_each(
        evaluate(make_material(pack, span=Span(year), as_of=dt.date(2027, 5, 1), earlier=earlier))
    )
    demo = demo_material(pack, Span(year), dt.date(year + 1, 2, 14), 7, earlier)
    assert demo == demo_material(pack, Span(year), dt.date(year + 1, 2, 14), 7, earlier)
    assert_one_advice_each(evaluate(demo))
    assert evaluate(demo).demo
