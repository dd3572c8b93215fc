"""What a case knows, under the names that templates use. What nobody knows is left out, never guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone

from luming.cases import Process
from luming.paperwork import PaperKind, Value, capital_amount, placeholders_of
from luming.report import chinese_date
from luming_portal.cases.models import Case, CaseEvent
from luming_portal.cases.shelf import process_of
from luming_portal.deadlines.last_day import last_day
from luming_portal.papers.decided import decided
from luming_portal.papers.filled_in import Filled, filled_in

_TITLES = {
    "acceptance": "关于受理“{title}”的通知",
    "supplement": "关于补正“{title}”材料的通知",
    "rejection": "关于不予受理“{title}”的通知",
    "publicity": "关于“{title}”的公示",
    "decision": "关于“{title}”的决定",
    "supervision": "关于督办“{title}”的函",
    "agreement": "“{title}”协议书",
    "task_book": "“{title}”任务书",
    "acceptance_opinion": "“{title}”验收意见书",
    "payment_receipt": "“{title}”资金拨付回执",
    "recovery": "关于追回“{title}”支持资金的通知",
    "evaluation_report": "“{title}”评价报告",
    "card": "人才服务卡",
}
_TEN_THOUSAND = 10_000
_AMOUNTS = ("award", "amount", "paid")
_AMOUNTS_OF = {
    "payment_receipt": ("payment", "paid", "amount", "award"),
    "recovery": ("amount", "recovered", "payment"),
}
"""Fields that hold the money of a case, in 万元, the most telling first: what is granted, or what this paper is about."""
_SUBJECTS = {"enterprise", "institution"}
_WORDS_OF = {
    "项目目标": ("goal", "goals", "objective"),
    "起始日期": ("signed_on", "start", "starts", "from_date"),
    "终止日期": ("ends_on", "end", "ends", "to_date", "until"),
    "验收结论": ("conclusion", "acceptance_conclusion"),
    "验收意见": ("opinion", "acceptance_opinion"),
    "评价结论": ("grade", "panel_grade"),
    "得分": ("score", "panel_score"),
    "评价说明": ("grade_reason",),
    "决定理由": ("decision_reason",),
    "人才类别": ("class", "card_class", "category"),
    "有效期": ("valid_until",),
    "缴回期限": ("return_by",),
    "依据条款": ("clause", "item_name"),
}
"""Fields of forms by their keys. A field whose title is the placeholder's name goes before."""


def values_of_case(
    case: Case, kind: PaperKind, event: CaseEvent | None, today: dt.date, issuer: str
) -> dict[str, Value]:
    """The values of a case for a kind of paper, as far as they are known."""
    filled = filled_in(case)
    reason = event.reason if event is not None else ""
    result, why = decided(case, process_of(case), event)
    subject = case.subject_name
    values: dict[str, Value] = {
        "标题": _TITLES[kind.key].format(title=case.title)[:200],
        "主送": case.unit if kind.inside else subject,
        "案件编号": case.number,
        "事项名称": case.process_name,
        "案件标题": case.title,
        "申请人": subject,
        "统一社会信用代码": _credit_code(case),
        "申请日期": _day(case.submitted_at),
        "经办单位": case.unit,
        "填报内容": tuple({"名称": one.title, "内容": one.text} for one in filled),
        "受理日期": chinese_date(today),
        "拨付日期": chinese_date(today),
        "本环节期限": _last(case.due_at),
        "应办日期": _last(case.due_at),
        "补正事项": tuple({"序号": str(at), "内容": line} for at, line in enumerate(_lines(reason), 1)),
        "不予受理理由": reason,
        "追回理由": reason,
        "决定结果": result,
        "决定理由": why,
        "公示名单": ({"序号": "1", "名称": subject or case.title, "内容": case.title},),
        "公示起日": chinese_date(case.public_from) if case.public_from else "",
        "公示止日": chinese_date(case.public_until) if case.public_until else "",
        "督办事项": f"“{case.title}”尚在“{case.state_label}”环节",
        "甲方": issuer,
        "乙方": subject,
    }
    values |= _money(case, process_of(case), _AMOUNTS_OF.get(kind.key, _AMOUNTS))
    values["持卡人"] = str(case.data.get("person_name") or subject)
    values["考核指标"] = _targets(case.data)
    values |= _from_fields(filled, placeholders_of(kind))
    return {name: value for name, value in values.items() if value}


def _from_fields(filled: tuple[Filled, ...], known: Mapping[str, Any]) -> dict[str, Value]:
    """What forms hold under a placeholder's own name, else under a key that is known to mean it."""
    by_key = {one.key: one.text for one in filled}
    found: dict[str, Value] = {}
    for name, keys in _WORDS_OF.items():
        text = next((by_key[key] for key in keys if by_key.get(key)), "")
        if text:
            found[name] = text
    for one in filled:
        if one.title in known and not known[one.title].is_list and one.text:
            found[one.title] = one.text
    return found


def _targets(data: Mapping[str, Any]) -> Value:
    """The targets that forms list, from where they stand to where they shall."""
    rows: Any = next((data[key] for key in ("targets", "params") if isinstance(data.get(key), list)), [])
    found = []
    for at, row in enumerate((one for one in rows if isinstance(one, dict)), 1):
        words = [str(row.get("name", "")), str(row.get("target", ""))]
        done = str(row.get("due") or row.get("by") or row.get("test") or "")
        found.append({"序号": str(at), "内容": ":".join(word for word in words if word), "考核方式": done})
    return tuple(found)


def _money(case: Case, process: Process, keys: Sequence[str]) -> dict[str, Value]:
    """What an office has decided on or paid; what a firm asks for is no decision, and a refusal carries no money."""
    if case.outcome in ("refused", "withdrawn"):
        return {}
    rows = CaseEvent.objects.filter(case=case).order_by("-seq").values_list("role", "content")
    offices = [
        content.get("data") or {}
        for role, content in rows
        if role in process.roles and not set(process.roles[role].plays) & _SUBJECTS
    ]
    for written in (data[key] for key in keys for data in offices if data.get(key)):
        try:
            amount = Decimal(str(written))
            return {"金额": f"{amount.normalize():f}万元", "金额大写": capital_amount(amount * _TEN_THOUSAND)}
        except (InvalidOperation, ValueError):
            continue
    return {}


def _credit_code(case: Case) -> str:
    about = case.enterprise or case.institution
    return str(getattr(about, "credit_code", "") or "")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _day(moment: dt.datetime | None) -> str:
    return chinese_date(timezone.localtime(moment).date()) if moment is not None else ""


def _last(moment: dt.datetime | None) -> str:
    return chinese_date(last_day(moment)) if moment is not None else ""
