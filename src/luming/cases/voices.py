"""Those who are heard within a case: opinions of units, objections, appeals, and the call-back afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from luming.cases.case import Case, apply, begin, merged
from luming.cases.clock import Expiry, Run, Stretch, day_of, expiry
from luming.cases.due import publicity_of
from luming.cases.event import (
    Appealed,
    CalledBack,
    Objected,
    ObjectionSettled,
    OpinionGiven,
    Reopened,
)
from luming.cases.moves import Data, Refused, data_faults, fault, refuse_if, role_faults, time_faults
from luming.cases.process import AppealRule, ObjectionRule, Opinions
from luming.cases.terms import Settles, Verdict
from luming.errors import Fault
from luming.workdays import WorkCalendar


def give_opinion(
    case: Case,
    opinion: str,
    unit: str,
    *,
    verdict: str,
    at: dt.datetime,
    by: str,
    role: str,
    data: Data | None = None,
    reason: str = "",
    commit: Sequence[str] = (),
) -> Case:
    """A unit that is asked answers; it may answer again while the state lasts, the last answer counts.

    Args:
        verdict: agree, disagree (with the reason) or abstain.
        commit: items for which a commitment is taken instead of approval; a field `commit` of the form counts too.

    Raises:
        Refused: the unit is not asked here, the reason is missing, or an item may not be left to a commitment.
    """
    item = case.process.opinions.get(opinion)
    if item is None or item.state != case.state:
        here = f"“{case.place.about.label}”没有征求“{opinion}”"
        raise Refused([fault("no_opinion", "意见", here, "正在征求的意见")])
    where = f"“{item.about.label}”"
    data = dict(data or {})
    named = data.get("commit")
    commit = (*commit, *([named] if isinstance(named, str) and named else named or ()))
    faults = time_faults(case, at) + role_faults(case, where, role, (item.role,))
    asked = item.asked(case.fields)
    if unit not in asked:
        faults.append(fault("not_asked", where, f"“{unit}”", f"被征求意见的单位:{'、'.join(asked)}"))
    if verdict not in tuple(Verdict):
        said = "、".join(one.label for one in Verdict)
        faults.append(fault("verdict", where, f"意见“{verdict}”", f"以下之一:{said}"))
    if verdict == Verdict.DISAGREE and not reason.strip():
        faults.append(fault("no_reason", where, "不同意而没有写理由", "写明理由"))
    faults += _commitments(item, where, commit)
    faults += data_faults(case, where, case.process.forms.get(item.form), data)
    refuse_if(faults)
    return apply(
        case,
        OpinionGiven(
            at, by, role, opinion, unit, Verdict(verdict).value, data, reason.strip(), tuple(commit)
        ),
    )


def _commitments(item: Opinions, where: str, commit: Sequence[str]) -> list[Fault]:
    found = []
    for name in commit:
        if name in item.no_commitment:
            why = item.no_commitment[name]
            found.append(
                fault(
                    "no_commitment",
                    where,
                    f"“{name}”写为承诺备案",
                    "依法审批" + (f"({why})" if why else ""),
                    "这一项不能以承诺代替审批",
                )
            )
        elif name not in item.can_commit:
            listed = "、".join(item.can_commit) or "无"
            found.append(fault("no_commitment", where, f"“{name}”写为承诺备案", f"可承诺备案的事项:{listed}"))
    return found


def object_to(
    case: Case,
    *,
    at: dt.datetime,
    by: str,
    name: str,
    unit: bool,
    contact: str,
    reasons: str,
    calendar: WorkCalendar,
    facts: str = "",
    files: Sequence[str] = (),
) -> Case:
    """Raise an objection.

    Args:
        unit: whether a unit objects, which needs a file with its stamp; a person states real name and contact.

    Raises:
        Refused: not here, not any more, or not in the form that the process asks for.
    """
    rule = case.process.objection
    if rule is None or case.state not in (*rule.states, rule.opens):
        raise Refused(
            [fault("no_objection", "异议", f"事项现在是“{case.place.about.label}”", "可以提出异议的状态")]
        )
    faults = time_faults(case, at)
    days = publicity_of(case, calendar)
    if days and day_of(at) > days.last:
        faults.append(fault("too_late", "异议", f"{day_of(at)}提出", f"公示期内,即{days.first}至{days.last}"))
    faults += _objector(rule, name, unit, contact, reasons, files)
    refuse_if(faults)
    number = len(case.objections) + 1
    return apply(
        case,
        Objected(
            at, by, number, name.strip(), unit, contact.strip(), reasons.strip(), facts.strip(), tuple(files)
        ),
    )


def _objector(
    rule: ObjectionRule, name: str, unit: bool, contact: str, reasons: str, files: Sequence[str]
) -> list[Fault]:
    found = []
    if rule.real_name and not name.strip():
        found.append(fault("no_name", "异议", "没有署名", "个人写真实姓名,单位写全称"))
    if rule.real_name and not unit and not contact.strip():
        found.append(fault("no_contact", "异议", "没有联系方式", "个人异议须写联系方式"))
    if rule.written and not reasons.strip():
        found.append(fault("no_reason", "异议", "没有写理由和事实", "写明理由和事实"))
    if rule.written and unit and not files:
        found.append(fault("no_stamp", "异议", "没有盖章的书面材料", "单位异议须附盖章材料"))
    return found


def settle_objection(
    case: Case, number: int, result: str, *, at: dt.datetime, by: str, role: str, reason: str
) -> Case:
    """Decide upon one objection: upheld or dismissed, with the reason.

    Raises:
        Refused: there is no such open objection, or no reason.
    """
    rule = case.process.objection
    faults = time_faults(case, at)
    if rule:
        faults += role_faults(case, "异议", role, (rule.role,) if rule.role else ())
    if number not in [one.number for one in case.open_objections]:
        faults.append(fault("no_objection", "异议", f"第{number}件", "还没有处理的异议"))
    if result not in tuple(Settles):
        faults.append(
            fault("result", "异议", f"“{result}”", f"以下之一:{'、'.join(one.label for one in Settles)}")
        )
    if not reason.strip():
        faults.append(fault("no_reason", "异议", "没有写处理理由", "写明理由"))
    refuse_if(faults)
    return apply(case, ObjectionSettled(at, by, role, number, Settles(result).value, reason.strip()))


class Appeal(NamedTuple):
    """The case appealed against, which now says so, and the case in which the decision is taken anew."""

    original: Case
    reopened: Case


def appeal(
    case: Case,
    number: str,
    *,
    at: dt.datetime,
    by: str,
    role: str,
    reason: str,
    calendar: WorkCalendar,
    data: Data | None = None,
) -> Appeal:
    """Reopen the exact decision that ended a case, as a case of its own; the old one stays as it was decided.

    The new case begins where the decision was taken (or where the process says), with what was known then, and the
    person who took it may not take it again.

    Args:
        number: the number of the old case, by which the new one names it.

    Raises:
        Refused: this end is not open to appeal, it is too late, or it was appealed against already.
    """
    rule = case.process.appeal
    if rule is None or case.state not in rule.ends:
        raise Refused([fault("no_appeal", "申诉", f"事项现在是“{case.place.about.label}”", "可以申诉的结果")])
    decision = next(step for step in reversed(case.steps) if step.state == case.state)
    decision = case.entry if case.entry.transition else decision
    data = dict(data or {})
    faults = time_faults(case, at) + role_faults(case, "申诉", role, (rule.role,) if rule.role else ())
    if not reason.strip():
        faults.append(fault("no_reason", "申诉", "没有写理由", "写明理由"))
    if any(isinstance(one, Appealed) and one.decision == decision.seq for one in case.events):
        faults.append(fault("appealed", "申诉", "这一决定已经申诉过", "每个决定申诉一次"))
    faults += _too_late(rule, decision.at, at, calendar)
    faults += data_faults(case, "申诉", case.process.forms.get(rule.form), data)
    before = case.steps[case.steps.index(decision) - 1].state
    state = rule.to or before
    fields = merged(case.fields, data)
    refuse_if(faults)
    reopened = Reopened(
        at, by, role, reason.strip(), number, decision.seq, decision.transition, decision.by, state, fields
    )
    original = apply(case, Appealed(at, by, role, reason.strip(), decision.seq))
    return Appeal(original, begin(case.process, reopened))


def _too_late(rule: AppealRule, decided: dt.datetime, at: dt.datetime, calendar: WorkCalendar) -> list[Fault]:
    if rule.within is None:
        return []
    run = Run((Stretch(decided, True),), None, (rule.within,), None, {})
    last = expiry(run, calendar, day_of(at))
    if not isinstance(last, Expiry) or at < last.moment:
        return []
    return [
        fault("too_late", "申诉", f"{day_of(at)}提出", f"决定后{rule.within.said}内,即{last.day}以前(含当日)")
    ]


def call_back(
    case: Case,
    *,
    at: dt.datetime,
    by: str,
    role: str,
    reached: bool,
    solved: bool | None = None,
    satisfied: bool | None = None,
    note: str = "",
) -> Case:
    """Note what the firm or person answered when asked afterwards; 解决率 and 满意率 rest on this alone.

    Raises:
        Refused: somebody not reached cannot have answered.
    """
    faults = time_faults(case, at)
    if not reached and (solved is not None or satisfied is not None):
        faults.append(fault("not_reached", "回访", "没有联系上却有答复", "联系上后再记答复"))
    refuse_if(faults)
    return apply(case, CalledBack(at, by, role, reached, solved, satisfied, note.strip()))
