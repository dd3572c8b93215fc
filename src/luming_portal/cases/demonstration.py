"""Invented cases for the demonstration: marked as such, gone with the rest of the demonstration's data.

Each is walked through its process by invented people, as far as the installation carries the effects of its steps.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luming.errors import LumingError
from luming_portal.accounts.demonstration import UNIT, demonstration_officer, username_of
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Refused
from luming_portal.accounts.roles import Role
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.cases.files import attach
from luming_portal.cases.models import Case
from luming_portal.cases.recording import CaseRefused
from luming_portal.cases.services import move, open_case, opine
from luming_portal.cases.shelf import shelf
from luming_portal.cases.ticking import tick

Data = Mapping[str, Any]
PAPER = "(演示文件)"
"""Stands for a paper that is handed in: an empty page."""
_EMPTY_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@dataclass(frozen=True, slots=True)
class Walk:
    """A case and its steps: days ago, step or opinion, who, form, reason."""

    process: str
    opened: int
    steps: tuple[tuple[int, str, str, Data, str], ...]


_CONTACT = {"contact": "王工", "phone": "0472-0000000"}
_WINDOW = "市行政审批政务服务与数据管理局"
WALKS = (
    Walk(
        "appeal",
        12,
        (
            (
                12,
                "file",
                "firm",
                {
                    "source": "平台",
                    "category": "要素保障",
                    "title": "演示:厂区供电容量不足",
                    "content": "新增产线投用后厂区供电容量不足,请协调增容。",
                    **_CONTACT,
                },
                "",
            ),
            (11, "dispatch", "office", {"level": "一般", "unit": UNIT}, ""),
            (10, "sign", UNIT, {}, ""),
        ),
    ),
    Walk(
        "appeal",
        2,
        (
            (
                2,
                "file",
                "firm",
                {
                    "source": "服务企业月",
                    "category": "政策兑现",
                    "title": "演示:咨询研发投入奖励申报时间",
                    "content": "想了解今年研发投入奖励何时开始申报。",
                    **_CONTACT,
                },
                "",
            ),
        ),
    ),
    Walk(
        "first_claim",
        9,
        (
            (
                9,
                "submit",
                "firm",
                {
                    "title": "演示:大功率稀土永磁电机",
                    "claim_kind": "“首”字号",
                    "scope": "全国",
                    "statement": "全国首台采用晶界扩散磁体的兆瓦级直驱电机。",
                    "launched_on": "2026-03-01",
                    "leader": "王工",
                    "members": ["李工"],
                    "novelty_report": PAPER,
                    "comparison_report": PAPER,
                    "honesty": True,
                    **_CONTACT,
                },
                "",
            ),
            (
                7,
                "verify",
                UNIT,
                {"novelty_valid": True, "comparison_valid": True, "verification": "材料齐全,送专家核定。"},
                "",
            ),
        ),
    ),
    Walk(
        "pilot_line",
        9,
        (
            (
                9,
                "submit",
                "firm",
                {
                    "title": "演示:稀土永磁电机中试线",
                    "kind": "中试线",
                    **_CONTACT,
                    "site": "青山区装备制造产业园区",
                    "product": "稀土永磁电机样机试制和检测",
                    "investment": "1200",
                    "reuse_equipment": True,
                    "hazardous": False,
                    "sensitive_area": False,
                    "no_production": True,
                    "honesty": True,
                    "plan": PAPER,
                },
                "",
            ),
            (8, "accept", _WINDOW, {"lead_unit": UNIT}, ""),
            (
                7,
                "consulted",
                UNIT,
                {
                    "units": ["市发改委", "市生态环境局", "市应急管理局", "市住建局"],
                    "items": [{"item": "项目备案", "unit": "市发改委", "way": "承诺备案"}],
                    "lead_person": "演示牵头人",
                },
                "",
            ),
            (5, "opinion:joint", "市发改委", {"item": "项目备案", "opinion": "同意备案。"}, ""),
        ),
    ),
)


def load_cases(now: dt.datetime | None = None) -> int:
    """Make the invented cases that are missing; how many. Without demonstration accounts none is made."""
    firm = User.objects.filter(username=username_of(Role.ENTERPRISE), demo=True).first()
    office = User.objects.filter(username=username_of(Role.OFFICE), demo=True).first()
    if firm is None or office is None or firm.enterprise is None or Case.objects.filter(demo=True).exists():
        return 0
    moment = now or timezone.now()
    return sum(
        _walk(walk, firm, office, moment) for walk in WALKS if shelf().process(walk.process) is not None
    )


def _walk(walk: Walk, firm: User, office: User, now: dt.datetime) -> int:
    case: Case | None = None
    for by, act in _steps(walk, firm, office, now):
        try:
            with acting_as(by):
                case = act(case)
        except (Refused, CaseRefused, LumingError):
            break  # the process was changed, or an effect is not carried out here: the case stands where it is
    if case is not None:
        tick(case, now)
    return int(case is not None)


def _steps(
    walk: Walk, firm: User, office: User, now: dt.datetime
) -> Iterator[tuple[User, Callable[[Case | None], Case]]]:
    yield (
        firm,
        lambda _case: open_case(walk.process, by=firm, now=now - dt.timedelta(days=walk.opened), demo=True),
    )
    for ago, key, who, data, reason in walk.steps:
        at = now - dt.timedelta(days=ago) + dt.timedelta(minutes=1)
        by = {"firm": firm, "office": office}.get(who) or _officer(who)

        def act(
            case: Case | None,
            key: str = key,
            by: User = by,
            data: Data = data,
            reason: str = reason,
            at: dt.datetime = at,
        ) -> Case:
            assert case is not None
            if key.startswith("opinion:"):
                name = key.partition(":")[2]
                return opine(case, name, by=by, verdict="agree", data=data, reason=reason, now=at)
            filled = {
                name: _paper(case, name, by) if value == PAPER else value for name, value in data.items()
            }
            return move(case, key, by=by, data=filled, reason=reason, now=at)

        yield by, act


def _officer(unit: str) -> User:
    with acting_as(None), change("演示账号与演示数据") as changes:
        return demonstration_officer(changes, Role.DEPARTMENT, unit)


def _paper(case: Case, field: str, by: User) -> str:
    upload = SimpleUploadedFile("演示材料.pdf", _EMPTY_PAGE)
    return str(attach(case, field, upload, ("pdf",), by=by).pk)
