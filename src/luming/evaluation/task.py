"""What became of the tasks of a document, sentence by sentence (tasks.csv).

A task is a sentence of the preamble or of a numbered measure. The bindings of a pack say what the system carries, not
what the offices have done; that is known only where a unit has reported it. A task that nobody reported on is
unreported, neither undone nor done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from luming.errors import Fault
from luming.evaluation.span import Span
from luming.evaluation.survey import numbered
from luming.evaluation.table_file import Column, TableRow, read_table, repeated
from luming.pack import Duty, Measure, Pack


class TaskState(StrEnum):
    """How far a task is, as its unit reports."""

    DONE = "done"
    UNDER_WAY = "under_way"
    NOT_BEGUN = "not_begun"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        """The state as an office says it."""
        return {"done": "已完成", "under_way": "推进中", "not_begun": "未启动", "stopped": "已终止"}[
            self.value
        ]


COLUMNS = (
    Column("sentence", "句子", "句子的锚点,如 m03.s4,见 luming coverage"),
    Column("state", "状态", "、".join(state.label for state in TaskState)),
    Column("done_on", "完成日期", "已完成的须填,如 2025-06-30", optional=True),
    Column("unit", "报送单位", "谁报的"),
    Column("evidence", "佐证", "文件、名单、照片等的名称", optional=True),
)


@dataclass(frozen=True, slots=True)
class TaskReport:
    """What a unit reported on one task."""

    sentence: str
    state: TaskState
    done_on: dt.date | None
    unit: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class MeasureTasks:
    """The tasks of one measure.

    Attributes:
        duty: the expected division of labour; None where the pack has none.
        states: how many tasks were reported in each state; every state is a key.
        targets: how many targets the measure has.
        with_evidence: how many of the done have a piece of evidence named.
    """

    measure: Measure
    duty: Duty | None
    tasks: int
    states: Mapping[TaskState, int]
    targets: int
    with_evidence: int

    @property
    def reported(self) -> int:
        """How many tasks were reported on."""
        return sum(self.states.values())

    @property
    def unreported(self) -> int:
        """How many were not."""
        return self.tasks - self.reported


def read_tasks(path: Path, pack: Pack) -> tuple[tuple[TaskReport, ...], list[Fault]]:
    """The reports of a table, and every fault found; with faults the reports are not to be used."""
    rows, faults = read_table(path, COLUMNS)
    anchors = {one.id: one.id for measure in numbered(pack) for one in measure.sentences}
    reports = [_report(row, anchors) for row in rows]
    faults += [fault for row in rows for fault in row.faults]
    faults += repeated(rows, ("sentence",))
    return tuple(report for report in reports if report is not None), faults


def tasks_of(pack: Pack, reports: Iterable[TaskReport], span: Span) -> tuple[MeasureTasks, ...]:
    """The tasks of every measure; a task done after the span counts as under way in it."""
    by_sentence = {report.sentence: report for report in reports}
    return tuple(_measure(pack, measure, by_sentence, span) for measure in numbered(pack))


def _measure(pack: Pack, measure: Measure, reports: Mapping[str, TaskReport], span: Span) -> MeasureTasks:
    found = [reports[one.id] for one in measure.sentences if one.id in reports]
    states = [_in_span(report, span) for report in found]
    done = [report for report, state in zip(found, states, strict=True) if state is TaskState.DONE]
    return MeasureTasks(
        measure=measure,
        duty=pack.duty_of(measure.id),
        tasks=len(measure.sentences),
        states={state: states.count(state) for state in TaskState},
        targets=sum(item.clause.partition(".")[0] == measure.id for item in pack.targets()),
        with_evidence=sum(bool(report.evidence) for report in done),
    )


def _in_span(report: TaskReport, span: Span) -> TaskState:
    late = report.done_on is not None and report.done_on > span.end
    return TaskState.UNDER_WAY if report.state is TaskState.DONE and late else report.state


def _report(row: TableRow, anchors: Mapping[str, str]) -> TaskReport | None:
    sentence = row.text("sentence")
    if sentence not in anchors:
        expected = "序言或某一条的句子锚点,如 m03.s4"
        row.fault(
            "evaluation.unknown_sentence", "sentence", f"“{sentence}”", expected, "锚点见 luming coverage"
        )
    state = row.one_of("state", {name: one.value for one in TaskState for name in (one.label, one.value)})
    done_on = row.day("done_on", empty=state != TaskState.DONE.value)
    unit = row.needed("unit")
    if done_on is not None and state and state != TaskState.DONE.value:
        row.fault("evaluation.day_without_end", "done_on", f"“{done_on}”", "只在已完成时填写")
    if row.faults:
        return None
    return TaskReport(sentence, TaskState(state), done_on, unit, row.text("evidence"))
