"""Sheets and results as papers. A paper is always in Chinese."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from luming.appraisal import Choice, Speciality
from luming.mark import Mark
from luming.report import (
    PanelRecord,
    PanelSum,
    ScoredItem,
    ScoreSheetRecord,
    compose_panel_result,
    compose_score_sheet,
    pdf,
)
from luming_portal.panels.models import Panel, ScoreSheet
from luming_portal.panels.schemes import items_of, rules, thawed

_CARRIED = {"yes": "通过", "no": "没有通过", "unknown": "未定"}


def sheet_pdf(row: ScoreSheet) -> bytes:
    """A locked sheet as PDF."""
    seat, panel = row.seat, row.seat.panel
    scheme = thawed(panel.scheme)
    assert row.locked_at is not None
    record = ScoreSheetRecord(
        issuer=panel.unit or "评审组织单位",
        on=timezone.localdate(row.locked_at),
        number=panel.case.number,
        title=panel.title,
        scheme=scheme.name,
        round=row.round,
        expert=seat.name,
        unit=seat.unit,
        speciality=Speciality(seat.speciality).label,
        items=tuple(
            ScoredItem(
                one.label,
                f"{one.weight}",
                f"{one.full}",
                row.scores.get(one.id, ""),
                row.remarks.get(one.id, ""),
            )
            for one in items_of(panel)
        ),
        impression=row.impression,
        conclusion=scheme.conclusion,
        choice=Choice(row.choice).label,
        words=row.words,
        seal=row.seal,
        ours=scheme.mark is Mark.OURS,
        demo=panel.demo,
    )
    return pdf.render(compose_score_sheet(record))


def result_pdf(panel: Panel) -> bytes:
    """The result of a closed panel as PDF."""
    told, scheme = panel.result, thawed(panel.scheme)
    assert panel.closed_at is not None
    labels = {one["id"]: one["label"] for one in told["items"]}
    record = PanelRecord(
        issuer=panel.unit or "评审组织单位",
        on=timezone.localdate(panel.closed_at),
        number=panel.case.number,
        title=panel.title,
        scheme=scheme.name,
        category=scheme.categories.get(panel.category, ""),
        score=told["final"],
        grade=told["grade"],
        conclusion=told["vote"]["conclusion"],
        carried=_CARRIED[told["vote"]["carried"]],
        agree=told["vote"]["agree"],
        panel=told["vote"]["panel"],
        sums=tuple(_sum(one) for one in told["sheets"]),
        spreads=tuple(
            (labels[one["item"]], one["lowest"], one["highest"], one["range"]) for one in told["spreads"]
        ),
        way=tuple(way_of(panel)),
        dissent=tuple(
            (one["name"], Choice(one["choice"]).label, one["words"]) for one in told["vote"]["dissent"]
        ),
        minutes=panel.minutes,
        ours=scheme.mark is Mark.OURS,
        demo=panel.demo,
    )
    return pdf.render(compose_panel_result(record))


def way_of(panel: Panel) -> list[str]:
    """How the score came about, in sentences."""
    told, rule = panel.result, rules().scoring
    said = ["每位专家的得分是各项得分率乘以权重之和,由组织单位汇总,专家不汇总。"]
    if told["trimmed"]:
        said.append(f"专家满{rule.trim_from}人,去掉一个最高分和一个最低分,其余平均得{told['score']}。")
    else:
        said.append(f"专家不足{rule.trim_from}人,不去分,平均得{told['score']}。")
    if told["measured"] is not None:
        said.append(
            f"专家得分占{told['expert_share']},量化得分{told['measured']}占其余部分,合计{told['final']}。"
        )
    if told["round"] > 1:
        said.append("有项目的分差过大,经讨论后重新独立评分,以第2轮为准。")
    return said


def pdf_answer(content: bytes, name: str) -> HttpResponse:
    """A PDF to keep."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf") or ""
    answer["Cache-Control"] = "no-store"
    return answer


def _sum(one: dict[str, Any]) -> PanelSum:
    return PanelSum(
        name=one["name"],
        unit=one["unit"],
        speciality=Speciality(one["speciality"]).label,
        points=one["sum"],
        standing=one["z"] or "—",
        choice=Choice(one["choice"]).label,
        left_out=one["left_out"],
    )
