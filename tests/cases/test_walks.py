"""Random walks: no case can get stuck, and its records alone give it back."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.small import CALENDAR, SMALL, pack_processes, process
from cases.walking import act, can_go_on, walk
from luming.cases import (
    Case,
    HistoryFaults,
    Process,
    ProcessFaults,
    allowed,
    drawing,
    due,
    from_dict,
    parse_process,
    replay,
    to_dict,
    waiting,
)

SHELF: dict[str, Process] = {"small": process()}


@pytest.fixture(scope="module", autouse=True)
def shelf(root):
    SHELF.update({one.key: one for one in pack_processes(root)})


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
@given(st.data())
def test_no_case_gets_stuck_and_replay_gives_the_live_case(data):
    case = walk(SHELF[data.draw(st.sampled_from(sorted(SHELF)))], data.draw)
    moment = case.events[-1].at
    assert can_go_on(case, moment), (case.process.name, case.state)
    written = json.loads(json.dumps([to_dict(event) for event in case.events], ensure_ascii=False))
    assert replay(case.process, map(from_dict, written)) == case
    assert case.ended is (not waiting(case, CALENDAR, moment) and due(case, CALENDAR, moment) == [])
    ElementTree.fromstring(drawing(case.process, case))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_history_that_cannot_have_happened_is_refused(data):
    case = walk(SHELF["small"], data.draw)
    events = list(case.events)
    if len(events) > 2:
        del events[data.draw(st.integers(0, len(events) - 2))]
        try:
            other = replay(case.process, events)
        except HistoryFaults:
            return
        assert other != case


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"kind": "flown"}, "不认识的记录种类“flown”"),
        ({"kind": "opened", "at": "2025-05-06T10:00:00+08:00"}, "“opened”记录的“by”多出或缺少"),
        ({"kind": "opened", "at": "2025-05-06T10:00:00", "by": "a"}, "没有时区"),
        ({"kind": "opened", "at": "soon", "by": "a"}, "时间“soon”"),
        ({"kind": "opened", "at": "2025-05-06T10:00:00+08:00", "by": "a", "x": 1}, "“x”多出或缺少"),
    ],
)
def test_a_record_that_is_none_is_refused(record, said):
    with pytest.raises(HistoryFaults, match=said):
        from_dict(record)


def test_an_empty_history_and_a_step_back_in_time_are_refused():
    with pytest.raises(HistoryFaults, match="没有任何记录"):
        replay(process(), [])
    opened = {"kind": "opened", "at": "2025-05-06T10:00:00+08:00", "by": "a"}
    moved = {
        "kind": "moved",
        "at": "2025-05-06T09:00:00+08:00",
        "by": "a",
        "role": "firm",
        "transition": "file",
    }
    with pytest.raises(HistoryFaults, match="早于上一条"):
        replay(process(), map(from_dict, [opened, moved]))


@st.composite
def random_processes(draw) -> str:
    """Texts of processes, sound or not: states, ends, steps plain, limited, conditional or waiting for a clock."""
    middle = [f"s{at}" for at in range(draw(st.integers(1, 4)))]
    names = ["s_start", *middle, "end_a", "end_b"]
    lines = ["process: random", "version: '1'", "name: 随机", "roles: {one: {label: 甲, plays: office}}"]
    lines += ["forms: {lane: {label: 路, schema: {type: object, required: [lane], properties: {lane: {type: string, enum: [甲, 乙], title: 路}}}}}"]  # fmt: skip
    lines += ["states:", "  s_start: {label: 起, start: true}"]
    lines += [f"  {name}: {{label: {name}}}" for name in middle]
    lines += [f"  {name}: {{label: {name}, end: true}}" for name in ("end_a", "end_b")] + ["transitions:"]
    lines.append(
        f"  t: {{label: 开始, from: s_start, to: {draw(st.sampled_from(names[1:]))}, role: one, form: lane}}"
    )
    for at in range(draw(st.integers(1, 9))):
        source, target = draw(st.sampled_from(middle)), draw(st.sampled_from(names[1:]))
        more = draw(st.sampled_from(["", "", ", once: true", ', when: "field:lane=甲"', ', when: "field:lane!=甲"', ", when: clock_over:c", ", reason: required"]))  # fmt: skip
        lines.append(f"  t{at}: {{label: 步{at}, from: {source}, to: {target}, role: one{more}}}")
    lines += [f"clocks: {{c: {{label: 限, runs_in: [{', '.join(middle)}], limit: 2 days, owner: one}}}}"]
    return "\n".join(lines)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(random_processes(), st.data())
def test_in_a_process_that_is_accepted_an_end_is_always_within_reach(text, data):
    found: Process | ProcessFaults
    try:
        found = parse_process(text, "random.yaml")
    except ProcessFaults as problem:
        found = problem
    if isinstance(found, ProcessFaults):
        assert {fault.code for fault in found.faults} <= {
            "process.unreachable",
            "process.stuck",
            "process.dead_end",
        }
        assert all("状态“" in fault.where for fault in found.faults)
        return
    case = walk(found, data.draw, 12)
    assert reaches_an_end(case, data.draw), (case.state, dict(case.taken))


def reaches_an_end(case: Case, draw: Any) -> bool:
    """Whether some way of steps, a month later when every clock has run out, leads to an end."""
    moment = case.events[-1].at + dt.timedelta(days=30)
    seen: set[tuple[str, frozenset[str]]] = set()
    open_ones = [case]
    while open_ones:
        one = open_ones.pop()
        if one.ended:
            return True
        place = (one.state, frozenset(one.taken))
        if place not in seen:
            seen.add(place)
            open_ones += [
                act(one, "move", item.key, "one", moment, "x", draw)
                for item in allowed(one, "one", moment, calendar=CALENDAR)
            ]
    return False


@settings(max_examples=30, deadline=None)
@given(st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True))
def test_a_state_that_nothing_leads_to_is_refused_by_name(name):
    text = SMALL.replace("  review: {label: 审核}", f"  review: {{label: 审核}}\n  x_{name}: {{label: 孤岛}}")
    text = text.replace("  accept: {label: 受理,", f"  leave: {{label: 离开, from: x_{name}, to: filed, role: window}}\n  accept: {{label: 受理,")  # fmt: skip
    with pytest.raises(ProcessFaults) as caught:
        parse_process(text, "small.yaml")
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [
        ("process.unreachable", f"状态“孤岛”(x_{name})")
    ]
