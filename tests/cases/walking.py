"""Walking through any process at random: every step that somebody may take, with forms filled in as their schemas ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from cases.small import CALENDAR
from luming.cases import (
    SYSTEM,
    Case,
    Form,
    Process,
    allowed,
    close_panel,
    give_opinion,
    move,
    object_to,
    open_case,
    pending,
    publicity_of,
    settle_objection,
    tick,
)

_BY_FORMAT = {
    "date": "2025-06-30", "month": "2025-06", "year": "2025", "date-time": "2025-06-30T10:00:00+08:00",
    "credit_code": "11150200011536003J", "phone": "0472-5618888", "email": "a@b.cn", "uri": "https://a.cn/",
}  # fmt: skip


def filled(form: Form, draw: Any) -> dict[str, Any]:
    """What a form may hold; of fields that are not asked for, some."""
    return {
        name: value_of(schema, draw, name)
        for name, schema in form.properties.items()
        if name in form.required or draw(st.integers(0, 3)) == 0
    }


def value_of(schema: Mapping[str, Any], draw: Any, name: str = "") -> Any:
    """A value that a field may hold."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    kind = schema["type"]
    if kind == "boolean":
        return draw(st.booleans())
    if kind == "integer":
        return max(schema.get("minimum", 0), min(schema.get("maximum", 9), 1))
    if kind == "array":
        return _list(schema, draw, name)
    if kind == "object":
        fields = schema["properties"].items()
        return {key: value_of(field, draw, key) for key, field in fields if key in schema["required"]}
    if "pattern" in schema:
        return draw(st.from_regex(schema["pattern"], fullmatch=True, alphabet=st.characters(codec="ascii")))
    return _text(schema, name)


def _list(schema: Mapping[str, Any], draw: Any, name: str) -> list[Any]:
    number = max(schema.get("minItems", 1), 1)
    items: list[Any] = []
    for at in range(number + draw(st.integers(0, 1))):
        item = value_of(schema["items"], draw, f"{name}{at}")
        if len(items) < schema.get("maxItems", 99) and not (schema.get("uniqueItems") and item in items):
            items.append(item)
    return items


def _text(schema: Mapping[str, Any], name: str) -> str:
    written = schema.get("format", "")
    if written == "decimal":
        low, high = Decimal(schema.get("x-min", "0")), Decimal(schema.get("x-max", "1000000"))
        return str(max(low, min(high, Decimal(10))))
    if written in _BY_FORMAT:
        return _BY_FORMAT[written]
    text = f"{name}的内容".ljust(schema.get("minLength", 1), "甲")
    return text[: schema.get("maxLength", 999)]


def walk(process: Process, draw: Any, most: int = 25) -> Case:
    """A case that people and time moved for some steps; no step that `allowed` shows may be refused."""
    moment = dt.datetime(2025, 2, 10, 9, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    case = open_case(process, at=moment, by="p0", role="firm")
    for number in range(draw(st.integers(0, most))):
        moment += dt.timedelta(hours=draw(st.sampled_from([0, 1, 20, 48])))
        case = tick(case, CALENDAR, moment)
        actions = possible(case, moment)
        if case.ended or not actions:
            return case
        kind, key, role = draw(st.sampled_from(actions))
        case = act(case, kind, key, role, moment, f"p{number + 1}", draw)
    return case


def possible(case: Case, moment: dt.datetime) -> list[tuple[str, str, str]]:
    """What people can do now: kind, what, as which role."""
    found = [
        ("move", item.key, role)
        for role in case.process.roles
        for item in allowed(case, role, moment, calendar=CALENDAR)
    ]
    found += [("opinion", f"{key}:{unit}", case.process.opinions[key].role) for key, unit in pending(case)]
    found += [("settle", str(one.number), "") for one in case.open_objections]
    days = publicity_of(case, CALENDAR)
    if days and moment.date() <= days.last and case.process.objection and len(case.objections) < 2:
        found.append(("object", "", ""))
    waits = any(
        when.kind == "panel_closed" for item in case.process.leaving(case.state) for when in item.when
    )
    return [*found, ("panel", "", "office")] if waits and not case.panel else found


def act(case: Case, kind: str, key: str, role: str, moment: dt.datetime, by: str, draw: Any) -> Case:
    """Do one of the things that are possible."""
    if kind == "move":
        form = case.process.forms.get(case.process.transitions[key].form)
        data = filled(form, draw) if form else {}
        return move(case, key, at=moment, by=by, role=role, calendar=CALENDAR, data=data, reason="理由")
    if kind == "opinion":
        opinion, _, unit = key.partition(":")
        form = case.process.forms.get(case.process.opinions[opinion].form)
        data = filled(form, draw) if form else {}
        data.pop("commit", None)
        verdict = draw(st.sampled_from(["agree", "disagree"]))
        return give_opinion(case, opinion, unit, verdict=verdict, at=moment, by=by, role=role, data=data, reason="理由")  # fmt: skip
    if kind == "settle":
        role = case.process.objection.role or "office" if case.process.objection else ""
        result = draw(st.sampled_from(["upheld", "dismissed"]))
        return settle_objection(case, int(key), result, at=moment, by=by, role=role, reason="理由")
    if kind == "object":
        return object_to(case, at=moment, by=by, name="张三", unit=False, contact="0472", reasons="不实", calendar=CALENDAR)  # fmt: skip
    return close_panel(case, at=moment, by=by, role=role, data={"panel_score": "80", "panel_grade": "合格"})


def can_go_on(case: Case, moment: dt.datetime) -> bool:
    """Whether somebody can do something now, or time alone will move the case within the calendar."""
    if case.ended or possible(case, moment):
        return True
    later = (moment + dt.timedelta(days=days) for days in range(1, 400, 7))
    return any(
        allowed(case, SYSTEM, when, calendar=CALENDAR) or possible(case, when)
        for when in later
        if when.year < 2027
    )
