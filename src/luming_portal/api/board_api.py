"""The board: every target of the current document on one day. Real figures and invented ones are never on one board."""
# No `from __future__ import annotations`: django-ninja reads the annotations of views.

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from luming.errors import LumingError
from luming.facts import Fact as FactValue
from luming.monitor import Assessment, Forecast, LightRecord
from luming.pack import Pack
from luming_portal.accounts.rights import Action
from luming_portal.api import etags
from luming_portal.api.answers import answer, plain
from luming_portal.api.caller import caller_of
from luming_portal.api.described import Told, described
from luming_portal.api.parameters import Parameter, check
from luming_portal.api.problem import Fault, Problem, invalid, not_found
from luming_portal.api.scopes import BOARD
from luming_portal.audit.stamp import last_change
from luming_portal.cockpit.boards import SHELF, Shown, default_day
from luming_portal.cockpit.later import Later, later_than
from luming_portal.documents.models import CityFile, Document, DocumentVersion
from luming_portal.documents.selectors import current_version
from luming_portal.indicators.models import Fact, Indicator, Source

_YEARS_AFTER = 1
_PARAMETERS = (
    Parameter("as_of", "按哪一天;不给时为今天(文件年度已过的为年末),不早于文件当年、不晚于次年年末", "day"),
    Parameter("demo", "1 为演示年,0(默认)为真实数据", values=("0", "1")),
)
_MATTERS = (Fact, Indicator, Source, CityFile, Document, DocumentVersion)


class SourceShape(BaseModel):
    """来源。"""

    key: str
    publisher: str
    title: str
    mark: str
    url: str = Field(description="转载页不给地址")


class FigureShape(BaseModel):
    """一个数,带单位、时期和来源。"""

    fact: str
    value: str = Field(description="精确的十进制数")
    unit: str
    period: str
    status: str
    recorded_on: str
    source: SourceShape | None


class ForecastShape(BaseModel):
    """年末预测。"""

    period: str
    value: str
    low: str
    high: str
    unit: str
    chance: str | None
    method: str
    values_used: int
    note: str


class NoForecastShape(BaseModel):
    """不作预测的理由。"""

    reason: str
    values: int
    needed: int


class LightShape(BaseModel):
    """一盏灯。"""

    light: str
    reason: str
    rule: str
    override_by: str
    override_until: str | None


class MissingShape(BaseModel):
    """缺的数。"""

    indicator: str
    period: str
    due_on: str
    ask: str
    sentence: str


class TargetShape(BaseModel):
    """一个目标在这一天。"""

    id: str
    label: str
    indicator: str
    clause: str
    quote: str
    comparator: str
    value: str | None
    unit: str
    growth: str | None
    deadline: str | None
    aspiration: bool
    latest: FigureShape | None
    completion: str | None = Field(description="完成率,以1为满")
    scheduled: str | None = Field(description="序时进度,以1为满")
    deviation_points: str | None
    gap: str | None
    gap_unit: str
    formula: str
    light: LightShape
    forecast: ForecastShape | None
    no_forecast: NoForecastShape | None
    missing: list[MissingShape]
    lead: list[str]


class LaterShape(BaseModel):
    """这一天以后才公布的数;以 as_of 再查一次就都算上。"""

    figures: int = Field(description="与各目标有关、时期不晚于文件年末的个数")
    as_of: dt.date = Field(description="最近一个的登记日")


class BoardShape(BaseModel):
    """一天的驾驶舱。"""

    document: str
    version: int
    as_of: str
    demo: bool
    rule: str = Field(description="亮灯规则及其可信度")
    counts: dict[str, int]
    targets: list[TargetShape]
    changes: list[str]
    contradictions: list[str]
    later: LaterShape | None = Field(description="没有时为 null;演示年没有")


def board_router() -> Router:
    """The address."""
    router = Router(tags=["驾驶舱"])

    @router.get(
        "",
        response=BoardShape,
        **described(
            Told(
                "board_read",
                "某一天的驾驶舱",
                BOARD,
                parameters=_PARAMETERS,
                cached=True,
                visitor=True,
                one=True,
            ),
            "现行文件的全部目标,按那一天所知。每个数带单位和来源。",
        ),
    )
    def board(request: HttpRequest) -> HttpResponse:
        caller = caller_of(request, BOARD)
        caller.require(Action.VIEW, "cockpit")
        check(request.GET, _PARAMETERS)
        version = current_version()
        if version is None:
            raise not_found("还没有发布过完整的文件。")
        as_of = _day(request, version)
        etag = etags.of_answer(request, caller, last_change(*_MATTERS), as_of)
        same = etags.unchanged(request, etag)
        if same is not None:
            return same
        try:
            shown = (
                SHELF.demo(version, as_of) if request.GET.get("demo") == "1" else SHELF.real(version, as_of)
            )
        except LumingError as problem:
            raise Problem(409, "conflict", f"数据之间有矛盾,看板不能计算:{problem}") from problem
        later = later_than(shown, timezone.localdate())
        return answer(_told(shown) | {"later": _later(later)}, etag=etag)

    return router


def _day(request: HttpRequest, version: DocumentVersion) -> dt.date:
    written = request.GET.get("as_of")
    year = version.document.year
    if not written:
        return default_day(year, timezone.localdate())
    as_of = dt.date.fromisoformat(written)
    if not dt.date(year, 1, 1) <= as_of <= dt.date(year + _YEARS_AFTER, 12, 31):
        raise invalid(
            [
                Fault(
                    "?as_of",
                    "invalid_parameter",
                    f"日期应在{year}年1月1日到{year + _YEARS_AFTER}年12月31日之间。",
                )
            ]
        )
    return as_of


def _told(shown: Shown) -> dict[str, Any]:
    board = shown.board
    return {
        "document": board.pack.document.id,
        "version": shown.version.number,
        "as_of": board.as_of,
        "demo": board.demo,
        "rule": f"{board.rule.label}({board.rule.mark.label})",
        "counts": {light.value: count for light, count in board.counts().items()},
        "targets": [_target(board.pack, one) for one in board.assessments],
        "changes": list(board.changes),
        "contradictions": [one.sentence for one in board.contradictions],
    }


def _later(later: Later | None) -> dict[str, Any] | None:
    return None if later is None else {"figures": later.figures, "as_of": later.day}


def _target(pack: Pack, one: Assessment) -> dict[str, Any]:
    target, standing = one.target, one.standing
    forecast = one.forecast if isinstance(one.forecast, Forecast) else None
    return {
        "id": target.id,
        "label": target.label,
        "indicator": target.indicator,
        "clause": target.clause,
        "quote": target.quote,
        "comparator": target.comparator.value,
        "value": plain(target.value),
        "unit": target.unit,
        "growth": plain(target.growth.value) if target.growth else None,
        "deadline": target.deadline,
        "aspiration": target.aspiration,
        "latest": None if standing.latest is None else _figure(pack, standing.latest),
        "completion": plain(standing.completion),
        "scheduled": plain(standing.scheduled),
        "deviation_points": plain(standing.deviation_points),
        "gap": plain(standing.gap),
        "gap_unit": standing.gap_unit,
        "formula": standing.formula,
        "light": _light(one.light),
        "forecast": None if forecast is None else _forecast(forecast),
        "no_forecast": _no_forecast(one),
        "missing": [
            {
                "indicator": gap.indicator,
                "period": gap.period.text,
                "due_on": gap.due_on,
                "ask": gap.ask,
                "sentence": gap.sentence,
            }
            for gap in one.missing
        ],
        "lead": list(one.lead),
    }


def _figure(pack: Pack, fact: FactValue) -> dict[str, Any]:
    source = next((one for one in pack.sources if one.id == fact.source), None)
    return {
        "fact": fact.id,
        "value": plain(fact.value),
        "unit": fact.unit,
        "period": fact.period.text,
        "status": fact.status.value,
        "recorded_on": fact.recorded_on,
        "source": None
        if source is None
        else {
            "key": source.id,
            "publisher": source.publisher,
            "title": source.title,
            "mark": source.mark.value,
            "url": "" if source.mirror else source.url,
        },
    }


def _light(light: LightRecord) -> dict[str, Any]:
    return {
        "light": light.light.value,
        "reason": light.reason,
        "rule": light.rule,
        "override_by": light.override_by,
        "override_until": light.override_until,
    }


def _forecast(forecast: Forecast) -> dict[str, Any]:
    return {
        "period": forecast.period.text,
        "value": plain(forecast.value),
        "low": plain(forecast.low),
        "high": plain(forecast.high),
        "unit": forecast.unit,
        "chance": plain(forecast.chance),
        "method": forecast.method,
        "values_used": forecast.values_used,
        "note": forecast.chance_note,
    }


def _no_forecast(one: Assessment) -> dict[str, Any] | None:
    if isinstance(one.forecast, Forecast):
        return None
    return {
        "reason": one.forecast.reason,
        "values": one.forecast.values,
        "needed": one.forecast.needed,
    }
