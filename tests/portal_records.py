"""Records for the portal's tests: the least that is valid, entered through the audit door by the system itself."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.enterprises.models import Enterprise
from luming_portal.indicators.models import Fact, Indicator, Source


def kept(*items: Any) -> Any:
    """Enter records; the last one."""
    with acting_as(None), change("测试") as changes:
        for item in items:
            changes.save(item)
    return items[-1]


def firm(**fields: Any) -> Enterprise:
    """An enterprise."""
    item: Enterprise = kept(Enterprise(**{"key": "E1", "name": "甲公司", "published": True, **fields}))
    return item


def source(key: str = "s1", **fields: Any) -> Source:
    """A source."""
    item: Source = kept(Source(**{"key": key, "publisher": "包头市统计局", "mark": "verified", **fields}))
    return item


def indicator(key: str = "rd", **fields: Any) -> Indicator:
    """An indicator."""
    given = {
        "key": key,
        "label": "研发经费",
        "definition": "全社会研发经费内部支出",
        "unit": "亿元",
        "kind": "flow",
        "frequency": "year",
        **fields,
    }
    item: Indicator = kept(Indicator(**given))
    return item


def fact(of: Indicator, by: Source, **fields: Any) -> Fact:
    """A figure."""
    given = {
        "key": "F1",
        "subject": "包头市",
        "indicator": of,
        "period": "2025",
        "period_start": dt.date(2025, 1, 1),
        "period_end": dt.date(2025, 12, 31),
        "value": Decimal("80.5"),
        "unit": of.unit,
        "status": "actual",
        "source": by,
        "recorded_on": dt.date(2026, 2, 1),
        **fields,
    }
    item: Fact = kept(Fact(**given))
    return item


def seen(answer: Any) -> str:
    """What an answer says, with its marks as the code writes them: readers of Chinese get them in full width."""
    text: str = answer if isinstance(answer, str) else answer.content.decode()
    return text.translate(str.maketrans("\uff0c\uff1b\uff1a\uff01\uff1f\uff08\uff09", ",;:!?()"))
