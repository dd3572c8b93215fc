"""The least that is valid: a pack of two measures, facts by keyword, and the material of an evaluation."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from luming.evaluation import Material, Span
from luming.facts import Fact, Frequency, Indicator, IndicatorKind, Status
from luming.mark import Mark
from luming.pack.model import (
    Binding,
    Commitment,
    Curve,
    District,
    DocumentHead,
    Duty,
    Growth,
    LightRule,
    Measure,
    Pack,
    Sentence,
    Source,
)
from luming.pack.terms import BindingStatus, CommitmentKind, Comparator, Mechanism
from luming.period import parse_period

CITY = "某市"
AFTER = dt.date(2026, 3, 1)
YEAR = Span(2025)
FIRST_HALF = Span(2025, 1)
DISTRICTS = ("东区", "西区", "北区")


def make_indicator(id: str = "output", **changes: Any) -> Indicator:
    plain: dict[str, Any] = {
        "id": id,
        "label": "某产业产值",
        "definition": "测试用",
        "unit": "亿元",
        "kind": IndicatorKind.FLOW,
        "frequency": Frequency.MONTH,
        "lag_days": 15,
        "owner": "市工信局",
        "owner_mark": Mark.VERIFIED,
        "mark": Mark.VERIFIED,
    }
    return Indicator(**(plain | changes))


def make_target(id: str = "output", *, growth: str | None = None, **changes: Any) -> Commitment:
    plain: dict[str, Any] = {
        "id": id,
        "label": "某产业产值",
        "indicator": id,
        "kind": CommitmentKind.TARGET,
        "comparator": Comparator.AT_LEAST,
        "value": Decimal(1200),
        "unit": "亿元",
        "deadline": dt.date(2025, 12, 31),
        "clause": "m01.s1",
        "mark": Mark.OURS,
    }
    if growth is not None:
        plain["growth"] = Growth(comparator=Comparator.AT_LEAST, value=Decimal(growth))
    return Commitment(**(plain | changes))


def make_money(id: str, kind: CommitmentKind, value: str, unit: str, **changes: Any) -> Commitment:
    plain: dict[str, Any] = {
        "id": id,
        "label": f"条款{id}",
        "indicator": "",
        "kind": kind,
        "comparator": Comparator.AT_MOST,
        "value": Decimal(value),
        "unit": unit,
        "clause": "m02.s1",
        "mark": Mark.OURS,
    }
    return Commitment(**(plain | changes))


CAP = make_money("cap", CommitmentKind.SUPPORT_CAP, "30", "万元/个")
BUDGET = make_money("budget", CommitmentKind.BUDGET, "3000", "万元")


def make_fact(period: str, value: str, indicator: str = "output", **changes: Any) -> Fact:
    held = parse_period(period)
    plain: dict[str, Any] = {
        "id": f"{indicator}.{period}",
        "subject": CITY,
        "indicator": indicator,
        "period": held,
        "value": Decimal(value),
        "unit": "亿元",
        "status": Status.ACTUAL,
        "source": "report",
        "recorded_on": held.end + dt.timedelta(days=10),
    }
    return Fact(**(plain | changes))


def make_sentence(id: str, *statuses: BindingStatus) -> Sentence:
    bindings = tuple(
        Binding(mechanism=Mechanism.SUPPORT, status=status, reference="测试") for status in statuses
    )
    return Sentence(id=id, start=0, end=1, quote="句", bindings=bindings)


def make_pack(
    *pairs: tuple[Commitment, Indicator],
    others: tuple[Commitment, ...] = (),
    year: int = 2025,
    **changes: Any,
) -> Pack:
    """Three measures: the first holds the targets, the second the money, the third nothing that is counted."""
    pairs = pairs or ((make_target(), make_indicator()),)
    measures = tuple(
        Measure(
            id=f"m{number:02d}",
            number=str(number),
            title=f"第{number}件事",
            sentences=tuple(make_sentence(f"m{number:02d}.s{at}") for at in (1, 2)),
        )
        for number in (1, 2, 3)
    )
    plain: dict[str, Any] = {
        "path": Path(),
        "sha256": "",
        "document": DocumentHead(
            id=f"some.{year}-1",
            number=f"某发〔{year}〕1号",
            title="某意见",
            issuer=("某市",),
            date=dt.date(year, 1, 1),
            year=year,
            place=CITY,
            office="某办公室",
            succeeds=f"some.{year - 1}-1",
            source="doc",
            mark=Mark.OURS,
        ),
        "text": "",
        "measures": measures,
        "commitments": (*(target for target, _ in pairs), *others),
        "remarks": (),
        "duties": tuple(
            Duty(measure=measure.id, lead=("市科技局",), mark=Mark.EXPECTED, basis="推定")
            for measure in measures
        ),
        "curves": (),
        "light_rule": LightRule(
            id="rule",
            label="进度偏差亮灯",
            yellow_from_points=Decimal(10),
            red_above_points=Decimal(30),
            stale_after_days=15,
            source="yinchuan",
            mark=Mark.OURS,
        ),
        "indicators": tuple({item.id: item for _, item in pairs}.values()),
        "identities": (),
        "sources": (Source(id="yinchuan", publisher="银川市2025年公布规则", mark=Mark.SECONDARY),),
        "districts": tuple(District(name=name, mark=Mark.OURS) for name in DISTRICTS),
    }
    return Pack(**(plain | changes))


def make_material(pack: Pack | None = None, *facts: Fact, **changes: Any) -> Material:
    plain: dict[str, Any] = {
        "pack": pack or make_pack(),
        "facts": facts,
        "span": YEAR,
        "as_of": AFTER,
    }
    return Material(**(plain | changes))


def level_curve(target: str = "output") -> Curve:
    return Curve(target=target, kind="linear", mark=Mark.OURS)
