"""Every procedure is walked from its start to each of its ends, and each of its steps is taken, as walks.yaml says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from cases.procedures.procedure_walks import Walk
from luming.cases import Process, from_dict, replay, to_dict
from luming.workdays import WorkCalendar

WALKS: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("walks.yaml").read_text(encoding="utf-8")
)
EVERY = [(key, walk) for key, walks in WALKS.items() for walk in walks]


def test_every_procedure_has_its_walks(processes: Mapping[str, Process]) -> None:
    assert set(WALKS) == set(processes)


@pytest.mark.parametrize("key", list(WALKS))
def test_every_end_is_reached_and_every_step_is_taken(key: str, processes: Mapping[str, Process]) -> None:
    process, walks = processes[key], WALKS[key]
    assert {walk["end"] for walk in walks} == {name for name, state in process.states.items() if state.end}
    taken = {step for walk in walks for step in walk["steps"]}
    assert taken >= set(process.transitions)
    assert ("withdraw" in taken) is (process.withdraw is not None)
    assert ("object" in taken) is (process.objection is not None)


@pytest.mark.parametrize(("key", "walk"), EVERY, ids=[f"{key}-{at}" for at, (key, _) in enumerate(EVERY)])
def test_a_case_walks_to_its_end(
    key: str, walk: dict[str, Any], processes: Mapping[str, Process], calendar: WorkCalendar
) -> None:
    process = processes[key]
    case = Walk.by(walk, process, calendar).case
    assert case.state == walk["end"]
    assert case.ended
    assert case.outcome is process.states[walk["end"]].outcome
    again = replay(process, [from_dict(to_dict(event)) for event in case.events])
    assert (again.state, again.fields) == (case.state, case.fields)
