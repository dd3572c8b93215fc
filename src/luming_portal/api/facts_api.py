"""Facts beyond what the register of facts offers: appended, corrected, and read as a series as known on a day."""
# No `from __future__ import annotations`: django-ninja reads the annotations of views.

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field, StrictStr

from luming.facts import FactBook, Status
from luming_portal.accounts.rights import Action, Refused, visible
from luming_portal.api import etags
from luming_portal.api.answers import answer, plain
from luming_portal.api.caller import Caller, caller_of, refusal
from luming_portal.api.described import Told, described
from luming_portal.api.fact_services import append_fact, correct_fact
from luming_portal.api.idempotency import replayable
from luming_portal.api.parameters import Parameter, check
from luming_portal.api.problem import not_found
from luming_portal.api.reasons import reason_of
from luming_portal.api.record_shapes import Day, Exact
from luming_portal.audit.stamp import last_change
from luming_portal.indicators.models import Fact, Indicator, Source
from luming_portal.indicators.values import fact_value

READ, WRITE = "read:fact", "write:fact"
_STATUSES = tuple(one.value for one in Status)
_WORDS = "、".join(f"{one.value}={one.label}" for one in Status)
_LARGEST_ID = 9_223_372_036_854_775_807
_MOST_IN_SERIES = 5000

_Key = Annotated[StrictStr, Field(min_length=1, max_length=80)]
_Note = Annotated[StrictStr, Field(max_length=1000)]
_StatusValue = Literal[_STATUSES]  # type: ignore[valid-type]


class FactNew(BaseModel):
    """一条新数据。"""

    model_config = ConfigDict(extra="forbid")

    subject: Annotated[StrictStr, Field(min_length=1, max_length=100)] = Field(description="主体,如 包头市")
    indicator: _Key = Field(description="指标编号")
    period: Annotated[StrictStr, Field(min_length=4, max_length=24)] = Field(
        description="时期:2025、2025-H1、2025-Q3、2025-06、2025-06-30、2025-01/2025-10"
    )
    value: Exact = Field(description="数值;写成文字可保证精确")
    unit: Annotated[StrictStr, Field(min_length=1, max_length=30)] = Field(
        default="", description="单位;不给时为指标字典中的单位"
    )
    status: _StatusValue = Field(default="actual", description=_WORDS)
    source: _Key = Field(description="来源编号,见来源台账")
    recorded_on: Day | None = Field(default=None, description="登记日;不给时为今天")
    note: _Note = Field(default="", description="备注")
    reason: Annotated[StrictStr, Field(max_length=500)] = Field(default="", description="理由")


class FactCorrection(BaseModel):
    """对一条数据的更正:另记一条,旧的留着。"""

    model_config = ConfigDict(extra="forbid")

    value: Exact = Field(description="更正后的数值")
    unit: Annotated[StrictStr, Field(min_length=1, max_length=30)] = Field(
        default="", description="单位;不给时不变"
    )
    status: _StatusValue = Field(default=None, description=f"{_WORDS};不给时不变")
    source: _Key = Field(default="", description="来源编号;不给时不变")
    recorded_on: Day | None = Field(default=None, description="登记日;不给时为今天")
    note: _Note = Field(default="", description="备注")
    reason: Annotated[StrictStr, Field(max_length=500)] = Field(
        default="", description="理由;必须有,也可用 X-Reason"
    )


class FactShape(BaseModel):
    """一条数据。"""

    id: int
    version: int
    links: dict[str, str]
    key: str = Field(description="编号,永久不变")
    subject: str
    indicator: str = Field(description="指标编号")
    indicator_label: str
    period: str
    period_start: str
    period_end: str
    value: str = Field(description="精确的十进制数")
    unit: str
    status: str = Field(description=_WORDS)
    source: str = Field(description="来源编号")
    source_publisher: str
    source_mark: str
    recorded_on: str
    supersedes: str = Field(description="更正的是哪一条;没有为空")
    superseded: bool
    demo: bool
    note: str


class SeriesShape(BaseModel):
    """一个主体的一项指标,每个时期一个数,按某日所知。"""

    subject: str
    indicator: str
    label: str
    definition: str
    unit: str
    known_on: str | None = Field(description="按哪一天所知;null 为至今")
    demo: bool = Field(description="真实数据与演示数据从不混在一起")
    items: list[FactShape]


def add_fact_addresses(router: Router) -> None:
    """The further addresses of the register of facts."""
    _add_writing(router)
    _add_series(router)


def _add_writing(router: Router) -> None:
    @router.post(
        "",
        response={201: FactShape},
        **described(
            Told("facts_append", "追加一条数据", WRITE, writes=True),
            "已有同一主体、指标、时期的数据时答 409,请改用更正。",
        ),
    )
    @replayable
    def append(request: HttpRequest, body: FactNew) -> HttpResponse:
        caller = caller_of(request, WRITE)
        check(request.GET, ())
        given = body.model_dump(exclude_unset=True)
        reason = reason_of(request, given.pop("reason", None))
        try:
            fact = append_fact(caller.user, given, reason, timezone.localdate())
        except Refused as refused:
            raise refusal(caller, refused.reason) from refused
        return _made(fact)

    @router.post(
        "/{int:id}/corrections",
        response={201: FactShape},
        **described(
            Told("facts_correct", "更正一条数据", WRITE, writes=True, one=True),
            "更正是新的一条,supersedes 指向旧的;旧的从不改写。只能更正还没有被更正的一条。",
        ),
    )
    @replayable
    def correct(request: HttpRequest, id: int, body: FactCorrection) -> HttpResponse:
        caller = caller_of(request, WRITE)
        check(request.GET, ())
        old = _seen(caller, id)
        given = body.model_dump(exclude_unset=True)
        reason = reason_of(request, given.pop("reason", None))
        try:
            fact = correct_fact(caller.user, old, given, reason, timezone.localdate())
        except Refused as refused:
            raise refusal(caller, refused.reason) from refused
        return _made(fact)


_PARAMETERS = (
    Parameter("subject", "主体,如 包头市", least=1, required=True),
    Parameter("indicator", "指标编号", least=1, most=80, required=True),
    Parameter("known_on", "按哪一天所知;不给时为至今", "day"),
    Parameter("demo", "1 为演示数据,0(默认)为真实数据", values=("0", "1")),
)


def _add_series(router: Router) -> None:
    @router.get(
        "/series",
        response=SeriesShape,
        **described(
            Told(
                "facts_series",
                "一项指标的序列",
                READ,
                parameters=_PARAMETERS,
                cached=True,
                visitor=True,
                one=True,
            ),
            "每个时期一个数:更正取代被更正的,公布值先于推算值、预计数和下限值。",
        ),
    )
    def series(request: HttpRequest) -> HttpResponse:
        caller = caller_of(request, READ)
        caller.require(Action.VIEW, "fact")
        check(request.GET, _PARAMETERS)
        etag = etags.of_answer(request, caller, last_change(Fact, Indicator, Source))
        return etags.unchanged(request, etag) or answer(_series(request, caller), etag=etag)


def _series(request: HttpRequest, caller: Caller) -> dict[str, Any]:
    given = request.GET
    demo = given.get("demo") == "1"
    indicator = _visible(caller, Indicator).filter(key=given["indicator"]).first()
    if indicator is None:
        raise not_found()
    day = dt.date.fromisoformat(given["known_on"]) if given.get("known_on") else None
    rows = list(
        _visible(caller, Fact)
        .filter(subject=given["subject"], indicator=indicator, demo=demo)
        .select_related("indicator", "source")
        .order_by("id")[:_MOST_IN_SERIES]
    )
    by_key = {row.key: row for row in rows}
    found = FactBook(fact_value(row) for row in rows).series(given["subject"], indicator.key, day)
    return {
        "subject": given["subject"],
        "indicator": indicator.key,
        "label": indicator.label,
        "definition": indicator.definition,
        "unit": indicator.unit,
        "known_on": None if day is None else day.isoformat(),
        "demo": demo,
        "items": [told(by_key[one.id]) for one in found],
    }


def told(row: Fact) -> dict[str, Any]:
    """A fact as JSON; reads indicator and source, so select them with the row."""
    return {
        "id": row.pk,
        "version": row.version,
        "links": {"self": f"/api/v1/facts/{row.pk}"},
        "key": row.key,
        "subject": row.subject,
        "indicator": row.indicator.key,
        "indicator_label": row.indicator.label,
        "period": row.period,
        "period_start": row.period_start.isoformat(),
        "period_end": row.period_end.isoformat(),
        "value": plain(row.value),
        "unit": row.unit,
        "status": row.status,
        "source": row.source.key,
        "source_publisher": row.source.publisher,
        "source_mark": row.source.mark,
        "recorded_on": row.recorded_on.isoformat(),
        "supersedes": row.supersedes,
        "superseded": row.superseded,
        "demo": row.demo,
        "note": row.note,
    }


def _made(fact: Fact) -> HttpResponse:
    row = Fact.objects.select_related("indicator", "source").get(pk=fact.pk)
    return answer(
        told(row),
        status=201,
        etag=etags.of_version(row.version),
        headers={"Location": f"/api/v1/facts/{row.pk}"},
    )


def _seen(caller: Caller, pk: int) -> Fact:
    caller.require(Action.VIEW, "fact")
    rows = _visible(caller, Fact).select_related("indicator", "source")
    found = rows.filter(pk=pk).first() if pk <= _LARGEST_ID else None
    if found is None:
        raise not_found()
    return found


def _visible(caller: Caller, model: Any) -> Any:
    return visible(caller.user, model.objects.all())
