"""The proof that a process is sound; what breaks it is said with the name of the state, transition or clock.

Names: everything that is named exists. Ways: every state is reached from the start; from every state the people who
act can bring the case to an end, whatever the conditions turn out to be that no one there decides (a field already
filled in, opinions for or against, an objection upheld or not, a step that may be taken only once).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

from luming.cases.named import unknown_names
from luming.cases.process import Form, Process, State, Transition
from luming.cases.when import When
from luming.errors import Fault

_MOST_CASES = 4096
"""Of conditions that turn out one way or the other, beyond which a state is too entangled to prove."""
_SURE = frozenset(
    {"opinions_in", "publicity_over", "no_open_objection", "clock_over", "form_complete", "panel_closed"}
)
"""Conditions that come true when the people asked do their part, or with time."""
_UNSURE = frozenset({"opinions_agree", "objection_upheld"})
_OPPOSITE = {"opinions_against": "opinions_agree", "no_objection_upheld": "objection_upheld"}
World = Mapping[str, object]


def unsound(process: Process) -> list[Fault]:
    """Every reason why a process cannot be used; empty where it is sound."""
    faults = _starts_and_ends(process) + _owners(process) + unknown_names(process)
    if faults:
        return faults
    return _unreached(process) + _never(process) + _stuck(process) + _fields_unsure(process)


def _fault(code: str, where: str, found: str, expected: str, remedy: str = "") -> Fault:
    return Fault(f"process.{code}", where, found, expected, remedy)


def said_state(state: State) -> str:
    """A state in a message."""
    return f"状态“{state.about.label}”({state.key})"


def said_transition(item: Transition) -> str:
    """A transition in a message."""
    return f"步骤“{item.about.label}”({item.key})"


def _starts_and_ends(process: Process) -> list[Fault]:
    whole = f"流程“{process.about.label}”"
    starts = [state for state in process.states.values() if state.start]
    faults = []
    if len(starts) != 1:
        names = "、".join(said_state(state) for state in starts) or "没有起点"
        faults.append(_fault("start", whole, names, "恰有一个状态写 start: true"))
    faults += [
        _fault("start_end", said_state(state), "既是起点又是终点", "其中之一")
        for state in starts
        if state.end
    ]
    if not any(state.end for state in process.states.values()):
        faults.append(_fault("no_end", whole, "没有终点", "至少一个状态写 end: true"))
    return faults


def _owners(process: Process) -> list[Fault]:
    faults = []
    for item in process.transitions.values():
        if not item.roles:
            faults.append(_fault("no_role", said_transition(item), "没有角色", "由哪个角色执行,写 role"))
        if item.automatic and not item.when:
            faults.append(_fault("automatic", said_transition(item), "自动步骤没有条件", "写明 when"))
        if item.automatic and item.form:
            faults.append(
                _fault("automatic_form", said_transition(item), "自动步骤要填表", "由人执行,或不要表单")
            )
    for clock in process.clocks.values():
        if not clock.owner:
            where = f"时限“{clock.about.label}”({clock.key})"
            faults.append(_fault("no_owner", where, "没有责任角色", "由哪个角色负责,写 owner"))
    return faults


def edges(process: Process) -> list[tuple[str, str]]:
    """Every way from a state to another: transitions, objections, withdrawal, appeal."""
    found = [(source, item.target) for item in process.transitions.values() for source in item.sources]
    if process.objection and process.objection.opens:
        found += [(state, process.objection.opens) for state in process.objection.states]
    if process.withdraw:
        found += [(state, process.withdraw.to) for state in process.withdraw.states]
    if process.appeal and process.appeal.to:
        found += [(end, process.appeal.to) for end in process.appeal.ends]
    return found


def _unreached(process: Process) -> list[Fault]:
    ways: dict[str, set[str]] = {}
    for source, target in edges(process):
        ways.setdefault(source, set()).add(target)
    reached, waiting = {process.start.key}, [process.start.key]
    while waiting:
        for target in ways.get(waiting.pop(), ()):
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    return [
        _fault(
            "unreachable",
            said_state(state),
            "从起点到不了这里",
            "从起点可以到达",
            "请加上通向它的步骤,或删去它",
        )
        for state in process.states.values()
        if state.key not in reached
    ]


def _never(process: Process) -> list[Fault]:
    """Transitions that wait for what cannot come about where they start."""
    faults = []
    for item in process.transitions.values():
        for source in item.sources:
            if process.states[source].end:
                faults.append(
                    _fault(
                        "from_end",
                        said_transition(item),
                        f"从终点{said_state(process.states[source])}出发",
                        "终点之后没有步骤",
                    )
                )
            for when in item.when:
                if not can_hold(process, source, when):
                    found = f"在{said_state(process.states[source])}等待“{when.said}”,但在那里永远等不到"
                    faults.append(_fault("never", said_transition(item), found, "在该状态可能成立的条件"))
    return faults


def can_hold(process: Process, state: str, when: When) -> bool:
    """Whether a condition can come true at all in a state."""
    if when.kind in ("opinions_in", "opinions_agree", "opinions_against"):
        return bool(process.opinions_in(state))
    if when.kind == "publicity_over":
        rule = process.objection
        shown = {process.publicity.state} if process.publicity else set()
        if shown and rule and rule.opens and shown & set(rule.states):
            shown.add(rule.opens)
        return state in shown
    if when.kind in ("objection_upheld", "no_objection_upheld"):
        return process.objection is not None
    if when.kind in ("clock_over", "clock_running"):
        return state in process.clocks[when.of].runs_in
    return True


def _stuck(process: Process) -> list[Fault]:
    """States from which the people who act cannot force an end."""
    good = {state.key for state in process.states.values() if state.end}
    worlds = {key: _worlds(process, key) for key in process.states if key not in good}
    tangled = [key for key, found in worlds.items() if found is None]
    if tangled:
        return [
            _fault(
                "tangled",
                said_state(process.states[key]),
                "条件太多,无法逐一核对",
                f"不超过{_MOST_CASES}种组合",
            )
            for key in tangled
        ]
    growing = True
    while growing:
        growing = False
        for key, found in worlds.items():
            if key not in good and found and _ways_on(process, key, found, good):
                good.add(key)
                growing = True
    bad = [key for key in process.states if key not in good]
    states = set(process.states)
    roots = [key for key in bad if not _ways_on(process, key, worlds[key] or [], states - {key})]
    return [
        _stuck_fault(process, key, worlds[key] or [], states - {key} if roots else good)
        for key in roots or bad
    ]


def _ways_on(process: Process, state: str, worlds: Iterable[World], good: set[str]) -> bool:
    return all(_leads_on(process, state, world, good) for world in worlds)


def _leads_on(process: Process, state: str, world: World, good: set[str]) -> bool:
    return any(item.target in good and _open(item, world) for item in process.leaving(state))


def _open(item: Transition, world: World) -> bool:
    """Whether a transition can be taken sooner or later, as things turned out."""
    return not item.at_most and all(_true(when, world) for when in item.when)


def _true(when: When, world: World) -> bool:
    if when.kind in _SURE:
        return True
    if when.kind in _UNSURE:
        return bool(world[when.kind])
    if when.kind in _OPPOSITE:
        return not world[_OPPOSITE[when.kind]]
    return when.kind == "field" and when.holds_for(world)


def _worlds(process: Process, state: str) -> list[World] | None:
    """Every way in which the conditions there may turn out that no one there decides; None when there are too many."""
    choices: dict[str, list[object]] = {}
    for when in (when for item in process.leaving(state) for when in item.when):
        if when.kind in _UNSURE or when.kind in _OPPOSITE:
            choices[_OPPOSITE.get(when.kind, when.kind)] = [True, False]
        elif when.kind == "field":
            choices[when.of] = []
    known = surely_filled(process)[state]
    for name in choices:
        if not choices[name]:
            choices[name] = _values(process, state, name, name in known)
    number = 1
    for values in choices.values():
        number *= len(values)
    if number > _MOST_CASES:
        return None
    return [dict(zip(choices, values, strict=True)) for values in itertools.product(*choices.values())]


def _values(process: Process, state: str, name: str, known: bool) -> list[object]:
    """What a field may hold: its choices, or what the conditions name, just above, just below and something else."""
    field = next((form.properties[name] for form in process.forms.values() if name in form.properties), {})
    if "enum" in field:
        found: list[object] = list(field["enum"])
    elif field.get("type") == "boolean":
        found = [True, False]
    else:
        named = [
            when.value
            for item in process.leaving(state)
            for when in item.when
            if when.kind == "field" and when.of == name
        ]
        found = [*dict.fromkeys(named), "-999999999999", "999999999999", "其他"]
        numbers = field.get("format") == "decimal" or field.get("type") == "integer"
        found = found[:-1] if numbers else found
    return found if known else [*found, None]


def _stuck_fault(process: Process, key: str, worlds: Iterable[World], good: set[str]) -> Fault:
    leaving = process.leaving(key)
    state = said_state(process.states[key])
    if not leaving:
        return _fault("dead_end", state, "没有出路", "至少一个步骤,或写 end: true")
    stuck = next((world for world in worlds if not _leads_on(process, key, world, good)), {})
    case = "、".join(f"{_said_of(name, value)}" for name, value in stuck.items())
    found = "到不了任何终点" + (f":当{case}时,没有步骤可走" if case else "")
    return _fault(
        "stuck", state, found, "不论情形如何,总有一步能走向终点", "请补上这种情形下的步骤(限次的步骤不算出路)"
    )


def _said_of(name: str, value: object) -> str:
    if name in _UNSURE:
        return When(name).said if value else When(next(k for k, v in _OPPOSITE.items() if v == name)).said
    return f"“{name}”为{'空' if value is None else f'“{value}”'}"


def surely_filled(process: Process) -> dict[str, frozenset[str]]:
    """For each state the fields that every way there has filled in."""
    everything = frozenset(name for form in process.forms.values() for name in form.properties)
    found = dict.fromkeys(process.states, everything)
    found[process.start.key] = frozenset()
    arrivals = [
        (source, item.target, required(process.forms.get(item.form)))
        for item in process.transitions.values()
        for source in item.sources
    ]
    ways = {(source, target) for source, target, _ in arrivals}
    arrivals += [
        (source, target, frozenset()) for source, target in edges(process) if (source, target) not in ways
    ]
    changed = True
    while changed:
        changed = False
        for source, target, filled in arrivals:
            there = found[target] & (found[source] | filled)
            if there != found[target]:
                found[target], changed = there, True
    return found


def required(form: Form | None) -> frozenset[str]:
    """The fields that a filled-in form surely has."""
    return frozenset(form.required) if form else frozenset()


def _fields_unsure(process: Process) -> list[Fault]:
    """Clocks and opinions that ask a field which may be empty where they need it."""
    asked = [
        (f"时限“{clock.about.label}”({clock.key})", name, clock.runs_in)
        for clock in process.clocks.values()
        for name in (clock.limit.by, clock.limit.until, clock.since)
    ]
    asked += [
        (f"征求意见“{item.about.label}”({item.key})", item.field, (item.state,))
        for item in process.opinions.values()
    ]
    known = surely_filled(process)
    return [
        _fault(
            "field_unsure",
            where,
            f"到{said_state(process.states[state])}时字段“{name}”可能还没有填",
            "在此之前必填",
            "请在先填的表单里列为必填",
        )
        for where, name, states in asked
        for state in states
        if name and name not in known[state]
    ]
