"""Facts appended and corrected. A correction is a new fact that names the old one; nothing is overwritten."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from luming.errors import PeriodError
from luming.facts import Checker, Dictionary, Status, correction_id, new_id
from luming.facts import Fact as FactValue
from luming.period import parse_period
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Action, require
from luming_portal.api.problem import Fault, Problem, invalid
from luming_portal.audit.door import change
from luming_portal.indicators.models import Fact, Indicator, Source
from luming_portal.indicators.services import add_facts
from luming_portal.indicators.values import fact_value, indicator_value


def append_fact(by: User, given: Mapping[str, Any], reason: str, today: dt.date) -> Fact:
    """Add a figure that the tables do not have.

    Raises:
        Refused; Problem: 422 with all faults, 409 when there is a figure for this subject, indicator and period.
    """
    require(by, Action.CREATE, "fact")
    faults: list[Fault] = []
    period = None
    try:
        period = parse_period(given["period"])
    except PeriodError as problem:
        faults.append(Fault("/period", "invalid", str(problem)))
    dictionary = _dictionary(given["indicator"], given["source"])
    indicator = dictionary.indicators.get(given["indicator"])
    if indicator is None:
        faults.append(Fault("/indicator", "unknown_key", _("指标字典里没有编号“%s”。") % given["indicator"]))
    if period is None or indicator is None:
        raise invalid(faults)
    value = FactValue(
        id=new_id(given["subject"], given["indicator"], period),
        subject=given["subject"],
        indicator=given["indicator"],
        period=period,
        value=given["value"],
        unit=given.get("unit") or indicator.unit,
        status=Status(given.get("status") or Status.ACTUAL.value),
        source=given["source"],
        recorded_on=given.get("recorded_on") or today,
        note=given.get("note", ""),
    )
    _check(value, dictionary, today)
    if Fact.objects.filter(key=value.id).exists():
        raise _there(value.id)
    return _added(value, reason)


def correct_fact(by: User, old: Fact, given: Mapping[str, Any], reason: str, today: dt.date) -> Fact:
    """Put a new figure in the place of one that was wrong or has been revised.

    Raises:
        Refused; Problem: 422 with all faults or without a reason, 409 when the figure was corrected already.
    """
    require(by, Action.CHANGE, "fact", old)
    if not reason:
        raise Problem(
            422,
            "reason_missing",
            _("更正须有理由,请在正文的 reason 字段或请求头 X-Reason 里写明。没有保存任何内容。"),
            faults=[Fault("/reason", "missing", _("更正须有理由。"))],
        )
    before = fact_value(old)
    taken = set(
        Fact.objects.filter(key__startswith=before.id.rpartition(".r")[0] or before.id).values_list(
            "key", flat=True
        )
    )
    taken.add(before.id)
    value = dataclasses.replace(
        before,
        id=correction_id(before.id, taken),
        value=given["value"],
        unit=given.get("unit") or before.unit,
        status=Status(given.get("status") or before.status.value),
        source=given.get("source") or before.source,
        recorded_on=given.get("recorded_on") or today,
        note=given.get("note", ""),
        supersedes=before.id,
    )
    _check(value, _dictionary(value.indicator, value.source), today, not_before=before.recorded_on)
    with change(reason) as changes:
        held = Fact.objects.select_for_update().get(pk=old.pk)
        if held.superseded:
            newer = Fact.objects.filter(supersedes=held.key).first()
            raise Problem(
                409,
                "conflict",
                _("这条数据已被“%s”更正,请更正那一条。没有保存任何内容。") % (newer.key if newer else ""),
                newer=None if newer is None else newer.pk,
            )
        add_facts(changes, [value])
        added = Fact.objects.get(key=value.id)
        if not old.published:
            added.published = False
            changes.save(added)
    return added


def _added(value: FactValue, reason: str) -> Fact:
    try:
        with change(reason) as changes:
            if not add_facts(changes, [value]):
                raise _there(value.id)
            return Fact.objects.get(key=value.id)
    except IntegrityError as problem:
        raise _there(value.id) from problem


def _there(key: str) -> Problem:
    held = Fact.objects.filter(key=key).first()
    return Problem(
        409,
        "conflict",
        _("这个主体、指标、时期已有数据“%s”;若有变化请用“更正”。没有保存任何内容。") % key,
        existing=None if held is None else held.pk,
    )


def _dictionary(indicator: str, source: str) -> Dictionary:
    """The dictionary as far as one fact needs it."""
    indicators = [indicator_value(row) for row in Indicator.objects.filter(key=indicator)]
    return Dictionary(indicators, Source.objects.filter(key=source).values_list("key", flat=True))


def _check(
    value: FactValue, dictionary: Dictionary, today: dt.date, *, not_before: dt.date | None = None
) -> None:
    found = [
        Fault(f"/{where}", fault.code, fault.sentence())
        for where, fault in (
            (fault.where, fault) for fault in Checker(dictionary).faults(value, lambda key: key)
        )
    ]
    if value.recorded_on > today:
        found.append(Fault("/recorded_on", "invalid", _("登记日不能晚于今天。")))
    if not_before is not None and value.recorded_on < not_before:
        found.append(
            Fault("/recorded_on", "invalid", _("更正的登记日不能早于原数据的登记日%s。") % not_before)
        )
    if found:
        raise invalid(found)
