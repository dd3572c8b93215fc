"""A small process for tests, and short hands to move a case through it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

from luming.cases import BEIJING, Case, Process, move, open_case, parse_process, read_process
from luming.workdays import state_calendar

CALENDAR = state_calendar()

SMALL = """
process: small
version: "1"
name: 小流程
roles:
  firm: {label: 企业, plays: enterprise}
  window: {label: 窗口, plays: office}
  unit: {label: 承办单位, plays: department}
forms:
  application:
    label: 申请
    schema:
      type: object
      required: [title, level]
      properties:
        title: {type: string, title: 标题, minLength: 2, maxLength: 20}
        level: {type: string, enum: [一般, 复杂], title: 类别}
        award: {type: string, format: decimal, title: 金额, x-unit: 万元, x-min: "0", x-max: "500", x-decimals: "2"}
        staff: {type: integer, title: 人数, minimum: 1}
        note: {type: string, title: 说明}
        units: {type: array, title: 会签单位, items: {type: string, format: department}, minItems: 1, uniqueItems: true}
  asking:
    label: 会签
    schema: {type: object, required: [units], properties: {units: {type: array, title: 会签单位, items: {type: string}}}}
  opinion:
    label: 意见
    schema: {type: object, properties: {text: {type: string, title: 意见}, commit: {type: string, title: 承诺事项}}}
states:
  draft: {label: 草稿, start: true}
  filed: {label: 已提交, public: 受理中}
  supplement: {label: 待补正}
  joint: {label: 会签}
  review: {label: 审核}
  publicity: {label: 公示}
  objection: {label: 异议核查}
  approved: {label: 同意, end: true, outcome: approved}
  refused: {label: 不同意, end: true, outcome: refused}
  withdrawn: {label: 撤回, end: true, outcome: withdrawn}
transitions:
  file: {label: 提交, from: draft, to: filed, role: firm, form: application}
  return: {label: 退回补正, from: filed, to: supplement, role: window, reason: required, once: true}
  resubmit: {label: 补正, from: supplement, to: filed, role: firm, form: application}
  ask: {label: 送会签, from: filed, to: joint, role: window, form: asking}
  accept: {label: 受理, from: filed, to: review, role: window}
  joined: {label: 会签同意, from: joint, to: review, role: window, when: opinions_agree}
  against: {label: 会签不同意, from: joint, to: refused, role: window, when: opinions_against, final: true}
  more_time: {label: 延期, from: review, to: review, role: unit, reason: required, once: true, when: "clock_running:handle", extends: {clock: handle, by: 5 workdays}}
  approve: {label: 同意, from: review, to: publicity, role: unit, different_from: [accept], final: true}
  refuse: {label: 不同意, from: review, to: refused, role: unit, reason: required, final: true}
  expire: {label: 公示期满, from: publicity, to: approved, automatic: true, when: [publicity_over, no_open_objection]}
  uphold: {label: 异议成立, from: objection, to: refused, role: window, reason: required, settles: upheld, final: true}
  dismiss: {label: 异议不成立, from: objection, to: publicity, role: window, reason: required, settles: dismissed}
clocks:
  accept: {label: 受理时限, runs_in: [filed], paused_in: [supplement], limit: 5 workdays, owner: window, remind: [1 workday before], escalate: [{after: 1 workday, to: 分管副职}, {after: 5 workdays, to: 办公室, paper: 督办函}]}
  handle: {label: 办理时限, runs_in: [review], limit: {by: level, table: {一般: 3 workdays, 复杂: 15 workdays}}, owner: unit}
opinions:
  joint: {label: 会签, in: joint, from: {field: units}, role: unit, join: all, form: opinion, limit: 5 workdays, can_commit: [排水许可], no_commitment: {环境影响评价: 国家法律规定}}
publicity: {in: publicity, limit: 5 workdays}
objection: {in: [publicity], opens: objection, role: window}
appeal: {from: [refused], within: 60 days, role: firm}
withdraw: {from: [draft, filed, supplement, review], role: firm, to: withdrawn}
"""


def process(text: str = SMALL) -> Process:
    """The process of a text."""
    return parse_process(text, "small.yaml")


def at(month: int, day: int, hour: int = 10, year: int = 2025) -> dt.datetime:
    """A moment in Beijing."""
    return dt.datetime(year, month, day, hour, tzinfo=BEIJING)


def steps(
    case: Case, *taken: tuple[str, str, dt.datetime] | tuple[str, str, dt.datetime, dict[str, Any]]
) -> Case:
    """The case after some transitions, each with role, moment and what is filled in; the person is the role."""
    for key, role, when, *data in taken:
        case = move(
            case,
            key,
            at=when,
            by=role,
            role=role,
            calendar=CALENDAR,
            data=data[0] if data else {},
            reason="理由",
        )
    return case


def filed(moment: dt.datetime, text: str = SMALL, **more: Any) -> Case:
    """A case that was handed in."""
    case = open_case(process(text), at=moment, by="firm", role="firm")
    return steps(case, ("file", "firm", moment, {"title": "一件事项", "level": "一般", **more}))


@cache
def pack_processes(root: Path) -> tuple[Process, ...]:
    """Every process of the packs, read once for all tests."""
    return tuple(read_process(path) for path in sorted(root.glob("packs/*/processes/*.yaml")))
