"""Whether everything a process names exists: states, roles, forms, clocks, fields, transitions."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Collection, Iterable

from luming.cases.process import SYSTEM, Clock, Process, Transition
from luming.cases.span import TimeUnit
from luming.errors import Fault


def unknown_names(process: Process) -> list[Fault]:
    """A fault for each name that stands for nothing, and for each clock that asks what it cannot have."""
    found: list[Fault] = []
    for item in process.transitions.values():
        found += _transition(process, item)
    for clock in process.clocks.values():
        found += _clock(process, clock)
    for one in process.opinions.values():
        where = f"征求意见“{one.about.label}”({one.key})"
        found += _known(where, "状态", [one.state], process.states)
        found += _known(where, "角色", [one.role], process.roles)
        found += _known(where, "表单", filter(None, [one.form]), process.forms)
        found += _known(where, "字段", filter(None, [one.field]), fields(process))
    found += _rules(process)
    found += _one_meaning(process)
    for role in process.roles.values():
        found += _known(
            f"角色“{role.about.label}”({role.key})", "字段", filter(None, [role.unit_field]), fields(process)
        )
    if process.unit_field:
        found += _known("unit_field", "字段", [process.unit_field], fields(process))
    return found


def _one_meaning(process: Process) -> list[Fault]:
    """A field is filled in once and known from then on: so its name means the same in every form, and a fact has one name."""
    found: list[Fault] = []
    seen: dict[str, tuple[str, tuple[object, ...]]] = {}
    facts: dict[str, str] = {}
    for form in process.forms.values():
        for name, field in form.properties.items():
            meaning = tuple(field.get(key) for key in ("type", "format", "x-unit", "x-fact"))
            first, known = seen.setdefault(name, (form.about.label, meaning))
            where = f"表单“{form.about.label}”的字段“{name}”"
            if known != meaning:
                expected = f"与“{first}”里的相同(类型、格式、单位、事实)"
                found.append(
                    Fault("process.two_meanings", where, "同名而不是同一回事", expected, "请另取一个名字")
                )
            fact = str(field.get("x-fact", ""))
            if fact and facts.setdefault(fact, name) != name:
                found.append(
                    Fault(
                        "process.fact_twice",
                        where,
                        f"事实“{fact}”已是字段“{facts[fact]}”",
                        "每项事实一个字段,只填一次",
                    )
                )
    return found


def unknown_facts(process: Process, known: Collection[str]) -> list[Fault]:
    """Fields that name a fact (`x-fact`) which the dictionary of facts does not have."""
    return [
        fault
        for form in process.forms.values()
        for name, field in form.properties.items()
        if "x-fact" in field
        for fault in _known(f"表单“{form.about.label}”的字段“{name}”", "事实", [str(field["x-fact"])], known)
    ]


def fields(process: Process) -> dict[str, dict[str, object]]:
    """Every field of every form by name."""
    return {name: dict(field) for form in process.forms.values() for name, field in form.properties.items()}


def _known(where: str, what: str, names: Iterable[str], known: Collection[str]) -> list[Fault]:
    found = []
    for name in names:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
            listed = "、".join(itertools.islice(known, 12)) or "无"
            remedy = f"是否想写“{close[0]}”" if close else f"已有的:{listed}{'等' if len(known) > 12 else ''}"
            found.append(
                Fault("process.unknown_name", where, f"没有“{name}”这个{what}", f"已写明的{what}", remedy)
            )
    return found


def _transition(process: Process, item: Transition) -> list[Fault]:
    where = f"步骤“{item.about.label}”({item.key})"
    found = _known(where, "状态", [*item.sources, item.target], process.states)
    found += _known(where, "角色", [one for one in item.roles if one != SYSTEM], process.roles)
    found += _known(where, "表单", filter(None, [item.form]), process.forms)
    found += _known(where, "步骤", item.different_from, process.transitions)
    for when in item.when:
        if when.kind in ("clock_over", "clock_running"):
            found += _known(where, "时限", [when.of], process.clocks)
        if when.kind == "form_complete":
            found += _known(where, "表单", [when.of or item.form], process.forms)
        if when.kind == "field":
            found += _known(where, "字段", [when.of], fields(process))
            found += _choice(process, where, when.of, when.sign, when.value)
    if item.settles and not (
        process.objection and set(item.sources) <= {process.objection.opens, *process.objection.states}
    ):
        found.append(
            Fault("process.settles", where, "处理异议,但出发状态没有异议", "从异议处理状态出发的步骤")
        )
    if item.extends:
        found += _known(where, "时限", [item.extends.clock], process.clocks)
        clock = process.clocks.get(item.extends.clock)
        if clock and clock.limit.until:
            found.append(
                Fault(
                    "process.extends",
                    where,
                    f"延长“{clock.about.label}”,但它到字段所填之日为止",
                    "改填那个字段",
                )
            )
    return found


def _choice(process: Process, where: str, name: str, sign: str, value: str) -> list[Fault]:
    options = fields(process).get(name, {}).get("enum")
    if sign not in ("=", "!=") or not isinstance(options, list):
        return []
    return _known(where, f"“{name}”的取值", [value], [str(one) for one in options])


def _clock(process: Process, clock: Clock) -> list[Fault]:
    where = f"时限“{clock.about.label}”({clock.key})"
    found = _known(where, "状态", [*clock.runs_in, *clock.paused_in], process.states)
    found += _known(where, "角色", [clock.owner], process.roles)
    limit = clock.limit
    found += _known(where, "字段", filter(None, [limit.by, limit.until, clock.since]), fields(process))
    if limit.table:
        options = fields(process).get(limit.by, {}).get("enum")
        listed = [name for name, _ in limit.table]
        if isinstance(options, list):
            found += _known(where, f"“{limit.by}”的取值", listed, [str(one) for one in options])
            found += [
                Fault("process.limit_gap", where, f"“{limit.by}”为“{one}”时没有时长", "每个取值都有时长")
                for one in options
                if str(one) not in listed
            ]
    for name in filter(None, (limit.until, clock.since)):
        if fields(process).get(name, {"format": "date"}).get("format") != "date":
            found.append(Fault("process.not_a_day", where, f"字段“{name}”不是日期", "format: date"))
    spans = [limit.span, *(span for _, span in limit.table)]
    if any(span is not None and span.number == 0 for span in spans):
        found.append(Fault("process.no_time", where, "时长为0", "大于0的时长"))
    for state in clock.runs_in:
        if state in process.states and process.states[state].end:
            label = process.states[state].about.label
            found.append(Fault("process.clock_at_end", where, f"在终点“{label}”({state})计时", "终点不计时"))
        if state in clock.paused_in:
            found.append(Fault("process.clock_both", where, f"在“{state}”既计时又暂停", "其中之一"))
    return found


def _rules(process: Process) -> list[Fault]:
    found: list[Fault] = []
    if process.publicity:
        found += _known("公示", "状态", [process.publicity.state], process.states)
        if process.publicity.limit.unit not in (TimeUnit.WORKDAYS, TimeUnit.DAYS):
            said = process.publicity.limit.said
            found.append(Fault("process.publicity", "公示", f"期限为{said}", "若干 workdays 或 days"))
    if rule := process.objection:
        found += _known("异议", "状态", [*rule.states, *filter(None, [rule.opens])], process.states)
        found += _role("异议", rule.role, process)
        settled = any(item.settles for item in process.transitions.values())
        if not rule.role and not settled:
            found.append(
                Fault("process.objection", "异议", "没有人处理", "写 role,或在异议状态的步骤上写 settles")
            )
        if not rule.states:
            found.append(Fault("process.objection", "异议", "没有写在哪些状态可以提出", "in: [状态]"))
    if appeal := process.appeal:
        found += _known("申诉", "表单", filter(None, [appeal.form]), process.forms)
        found += _known("申诉", "状态", [*appeal.ends, *filter(None, [appeal.to])], process.states)
        found += _role("申诉", appeal.role, process)
        found += _are_ends(process, "申诉", appeal.ends, True)
        found += _are_ends(process, "申诉", filter(None, [appeal.to]), False)
    if withdraw := process.withdraw:
        found += _known("撤回", "状态", [*withdraw.states, withdraw.to], process.states)
        found += _role("撤回", withdraw.role, process)
        found += _are_ends(process, "撤回", [withdraw.to], True)
        found += _are_ends(process, "撤回", withdraw.states, False)
    return found


def _role(where: str, role: str, process: Process) -> list[Fault]:
    return _known(where, "角色", filter(None, [role]), process.roles)


def _are_ends(process: Process, where: str, states: Iterable[str], wanted: bool) -> list[Fault]:
    return [
        Fault(
            "process.end",
            where,
            f"“{key}”{'不是' if wanted else '是'}终点",
            "终点" if wanted else "不是终点的状态",
        )
        for key in states
        if key in process.states and process.states[key].end is not wanted
    ]
