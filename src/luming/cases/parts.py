"""Reading the parts of a process: roles, states, transitions, clocks, opinions, publicity, objection, appeal."""

from __future__ import annotations

import re

from luming.cases.entry import ABOUT, Entry
from luming.cases.process import (
    SYSTEM,
    AppealRule,
    Clock,
    Escalation,
    Extension,
    Limit,
    ObjectionRule,
    Opinions,
    Publicity,
    Reminder,
    Role,
    State,
    Transition,
    WithdrawRule,
)
from luming.cases.span import Span, TimeUnit
from luming.cases.terms import Join, Outcome, Reason, Settles
from luming.cases.when import KNOWN, When

PLAYS = ("enterprise", "institution", "expert", "district", "department", "office", "anyone")
"""Who of the portal may play a role; `anyone` is whoever is signed in."""
_EFFECT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?(:[a-z0-9_.]+)?")
_PERCENT = re.compile(r"([1-9]\d?)% before")
_NO_TIME = Span(0, TimeUnit.DAYS)


def read_role(key: str, entry: Entry) -> Role:
    """A role and who plays it."""
    entry.only("plays", "unit", "unit_field", *ABOUT)
    if key == SYSTEM:
        entry.fault("role_name", "名字“system”", "另一个名字(system 是自动步骤的执行者)")
    plays = entry.words("plays")
    if not plays or set(plays) - set(PLAYS):
        entry.fault(
            "plays",
            f"“{'、'.join(plays)}”" if plays else "没有写由谁担任",
            f"以下若干:{'、'.join(PLAYS)}",
            "",
            "plays",
        )
    if entry.has("unit") and entry.has("unit_field"):
        entry.fault("unit", "既写了 unit 又写了 unit_field", "其中之一", "", "unit_field")
    return Role(key, entry.about(), plays, entry.text("unit", ""), entry.text("unit_field", ""))


def read_state(key: str, entry: Entry) -> State:
    """A state; an end says its outcome."""
    entry.only("start", "end", "outcome", "public", *ABOUT)
    about = entry.about()
    end = entry.flag("end")
    outcome = None
    if end:
        outcome = Outcome(entry.word("outcome", tuple(Outcome), "closed"))
    elif entry.has("outcome"):
        entry.fault("outcome", f"状态“{about.label}”不是终点却有结果", "加上 end: true,或删去 outcome")
    return State(key, about, entry.flag("start"), end, outcome, entry.text("public", about.label))


def read_transition(key: str, entry: Entry) -> Transition:
    """A transition with what it asks and does."""
    entry.only(
        "from", "to", "role", "form", "reason", "once", "at_most", "when", "automatic", "different_from", "effects",
        "extends", "settles", "final", *ABOUT,
    )  # fmt: skip
    about = entry.about()
    sources = entry.words("from")
    if not sources:
        entry.fault("missing_key", f"步骤“{about.label}”缺少“from”", "从哪些状态出发")
    automatic = entry.flag("automatic")
    roles = entry.words("role")
    if automatic and roles not in ((), (SYSTEM,)):
        entry.fault("automatic_role", "自动步骤写了角色", "不写 role(自动步骤由系统到时执行)", "", "role")
    return Transition(
        key,
        about,
        sources,
        entry.text("to"),
        (SYSTEM,) if automatic else roles,
        entry.text("form", ""),
        Reason(entry.word("reason", tuple(Reason), "none")),
        1 if entry.flag("once") else entry.count("at_most", 0),
        _conditions(entry),
        automatic,
        entry.words("different_from"),
        _effects(entry),
        _extension(entry),
        Settles(entry.word("settles", tuple(Settles), "upheld")) if entry.has("settles") else None,
        entry.flag("final"),
    )


def _conditions(entry: Entry) -> tuple[When, ...]:
    found = []
    for written in entry.words("when"):
        condition = When.read(written)
        if condition is None:
            entry.fault("when", f"不认识的条件“{written}”", f"以下之一:{'、'.join(KNOWN)}", "", "when")
        else:
            found.append(condition)
    return tuple(found)


def _effects(entry: Entry) -> tuple[str, ...]:
    effects = entry.words("effects")
    for effect in effects:
        if not _EFFECT.fullmatch(effect):
            entry.fault(
                "effect", f"“{effect}”", "如 budget.reserve、paper:accept_notice 的名字", "", "effects"
            )
    return effects


def _extension(entry: Entry) -> Extension | None:
    if not entry.has("extends"):
        return None
    inner = entry.inner("extends")
    inner.only("clock", "by")
    return Extension(inner.text("clock"), inner.span("by") or _NO_TIME)


def read_clock(key: str, entry: Entry) -> Clock:
    """A time limit with its owner, reminders and escalation."""
    entry.only("runs_in", "paused_in", "limit", "since", "owner", "remind", "escalate", *ABOUT)
    about = entry.about()
    runs_in = entry.words("runs_in")
    if not runs_in:
        entry.fault("missing_key", f"时限“{about.label}”缺少“runs_in”", "在哪些状态里计时")
    return Clock(
        key,
        about,
        runs_in,
        entry.words("paused_in"),
        _limit(entry),
        entry.text("since", ""),
        entry.text("owner", ""),
        tuple(filter(None, (_reminder(entry, at, one) for at, one in enumerate(entry.words("remind"))))),
        tuple(_escalation(one) for one in entry.items("escalate")),
    )


def _limit(entry: Entry) -> Limit:
    if not isinstance(entry.tree.get("limit"), dict):
        return Limit(span=entry.span("limit"))
    inner = entry.inner("limit")
    inner.only("by", "table", "until")
    if inner.has("until"):
        return Limit(until=inner.text("until"))
    holder = inner.inner("table")
    table = [(name, holder.span(name)) for name in holder.tree]
    if not table:
        inner.fault("missing_key", "缺少“table”一项", "每个取值对应的时长")
    units = {span.unit for _, span in table if span}
    if len(units) > 1 and TimeUnit.HOURS not in units:
        inner.fault("mixed_units", "各档的单位不同", "同一种单位(小时可与其他并用)", "", "table")
    return Limit(by=inner.text("by"), table=tuple((name, span) for name, span in table if span))


def _reminder(entry: Entry, at: int, written: str) -> Reminder | None:
    if found := _PERCENT.fullmatch(written):
        return Reminder(None, int(found[1]))
    span = Span.read(written.removesuffix(" before"))
    if span is None or not written.endswith(" before"):
        entry.fault("remind", f"“{written}”", "如 1 workday before 或 20% before", "", "remind", at)
        return None
    return Reminder(span)


def _escalation(entry: Entry) -> Escalation:
    entry.only("after", "to", "paper", "note", "mark")
    return Escalation(entry.span("after") or _NO_TIME, entry.text("to"), entry.text("paper", ""))


def read_opinions(key: str, entry: Entry) -> Opinions:
    """Parallel opinions: who is asked, how many must answer, by when."""
    entry.only("in", "from", "role", "join", "form", "limit", "can_commit", "no_commitment", *ABOUT)
    about = entry.about(key)
    units: tuple[str, ...] = ()
    field = ""
    if isinstance(entry.tree.get("from"), dict):
        inner = entry.inner("from")
        inner.only("field")
        field = inner.text("field")
    else:
        units = entry.words("from")
        if not units:
            entry.fault(
                "missing_key", f"“{about.label}”没有写向谁征求意见", "from: [单位,…] 或 from: {field: 字段}"
            )
    can, never = entry.words("can_commit"), _never_committed(entry)
    for item in sorted(set(can) & set(never)):
        entry.fault("commitment", f"“{item}”既可承诺又不可承诺", "只写在一处", "", "no_commitment")
    return Opinions(
        key,
        about,
        entry.text("in"),
        units,
        field,
        entry.text("role"),
        Join(entry.word("join", tuple(Join), "all")),
        entry.text("form", ""),
        entry.span("limit") if entry.has("limit") else None,
        can,
        never,
    )


def _never_committed(entry: Entry) -> dict[str, str]:
    if not isinstance(entry.tree.get("no_commitment"), dict):
        return dict.fromkeys(entry.words("no_commitment"), "")
    inner = entry.inner("no_commitment")
    return {item: inner.text(item, "") for item in inner.tree}


def read_publicity(entry: Entry) -> Publicity:
    """公示: where and how long."""
    entry.only("in", "limit", "list", "first_day", "objection", *ABOUT)
    return Publicity(
        entry.text("in"),
        entry.span("limit") or _NO_TIME,
        entry.word("list", ("public", "internal", "none"), "public"),
        entry.word("first_day", ("counted", "next"), "next") == "counted",
        entry.text("objection", "inline"),
        entry.about("公示", "Publicity"),
    )


def read_objection(entry: Entry) -> ObjectionRule:
    """异议: where it may be raised and where it leads."""
    entry.only("in", "opens", "written", "real_name", "role", *ABOUT)
    return ObjectionRule(
        entry.words("in"),
        entry.text("opens", ""),
        entry.flag("written", True),
        entry.flag("real_name", True),
        entry.text("role", ""),
        entry.about("异议", "Objection"),
    )


def read_appeal(entry: Entry) -> AppealRule:
    """申诉: which ends may be reopened, by whom, until when, and where the reopened case begins."""
    entry.only("from", "within", "role", "reopens", "form", *ABOUT)
    if not entry.has("from"):
        entry.fault("missing_key", "缺少“from”一项", "对哪些终点可以申诉")
    return AppealRule(
        entry.words("from"),
        entry.span("within") if entry.has("within") else None,
        entry.text("role"),
        entry.text("reopens", ""),
        entry.text("form", ""),
        entry.about("申诉", "Appeal"),
    )


def read_withdraw(entry: Entry) -> WithdrawRule:
    """撤回: from which states, by whom, to which end."""
    entry.only("from", "role", "to", "effects", *ABOUT)
    return WithdrawRule(
        entry.words("from"),
        entry.text("role", ""),
        entry.text("to"),
        _effects(entry),
        entry.about("撤回", "Withdrawal"),
    )
