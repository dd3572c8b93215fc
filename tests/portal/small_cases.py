"""A small process and cases under it, as the apps that hang on cases need them."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256
from typing import Any

from luming_portal.cases.models import Case, CaseEvent, CaseUnit, StoredProcess
from portal.conftest import recorded

TEXT = """
process: small
version: "2026"
name: 平台认定
measure: 4
mark: ours
subject: enterprise
roles:
  firm: {label: 企业, plays: enterprise}
  window: {label: 窗口, plays: office}
forms:
  application:
    label: 申请
    schema:
      type: object
      required: [title]
      properties:
        title: {type: string, title: 平台名称}
        award: {type: string, format: decimal, title: 申请金额, x-unit: 万元}
        goal: {type: string, title: 绩效目标}
states:
  draft: {label: 草稿, start: true}
  filed: {label: 已提交}
  done: {label: 已认定, end: true, outcome: approved}
  refused: {label: 不予认定, end: true, outcome: refused}
transitions:
  file: {label: 提交, from: draft, to: filed, role: firm, form: application}
  approve: {label: 同意认定, from: filed, to: done, role: window}
  refuse: {label: 不予认定, from: filed, to: refused, role: window, reason: required}
"""


def small_process() -> StoredProcess:
    """The process as the portal keeps it, once."""
    known = StoredProcess.objects.filter(key="small").first()
    if known is not None:
        return known
    with recorded() as changes:
        stored: StoredProcess = changes.save(
            StoredProcess(
                key="small",
                process_version="2026",
                name="平台认定",
                sha256=sha256(TEXT.encode()).hexdigest(),
                text=TEXT,
            )
        )
    return stored


def small_case(serial: int = 1, *, unit: str = "市科技局", demo: bool = False, **fields: Any) -> Case:
    """A case that was handed in and waits for the window."""
    at = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    given: dict[str, Any] = {
        "process": "small",
        "stored": fields.get("stored") or small_process(),
        "process_name": "平台认定",
        "title": "稀土永磁研究中心",
        "state": "filed",
        "state_label": "已提交",
        "public_state": "受理中",
        "data": {"title": "稀土永磁研究中心", "award": "30", "goal": "建成中试线"},
        "year": 2026,
        "serial": serial,
        "number": f"平台认定〔2026〕{serial}号",
        "submitted_at": at,
    }
    with recorded() as changes:
        case: Case = changes.save(
            Case(
                unit=unit,
                opened_at=at,
                moved_at=at,
                demo=demo,
                **given | fields,
            )
        )
        if unit:
            changes.save(CaseUnit(case=case, unit=unit, demo=demo))
    return case


def small_event(
    case: Case,
    seq: int,
    label: str,
    reason: str = "",
    *,
    by: Any = None,
    role: str = "window",
    content: Any = None,
) -> CaseEvent:
    """An event of a case, as its service stores it."""
    with recorded() as changes:
        event: CaseEvent = changes.save(
            CaseEvent(
                case=case,
                seq=seq,
                at=dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC),
                by=by,
                role=role,
                kind="moved",
                label=label,
                reason=reason,
                state=case.state,
                state_label=case.state_label,
                content=content or {},
                demo=case.demo,
            )
        )
    return event
