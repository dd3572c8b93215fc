"""The conditions a transition may wait for, as a process file writes them.

`opinions_in`, `opinions_agree`, `opinions_against`, `publicity_over`, `no_open_objection`, `objection_upheld`,
`no_objection_upheld`, `clock_over:<clock>`, `clock_running:<clock>`, `form_complete[:<form>]`, `panel_closed`,
`field:<field>`, `field:<field>=<value>` (also !=, >=, <=, >, <; the last four compare exact decimals).
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

PLAIN = (
    "opinions_in", "opinions_agree", "opinions_against", "publicity_over", "no_open_objection", "objection_upheld",
    "no_objection_upheld", "form_complete", "panel_closed",
)  # fmt: skip
KNOWN = (*PLAIN, "form_complete:<表单>", "clock_over:<时限>", "clock_running:<时限>", "field:<字段>=<值>")
_CLOCK = re.compile(r"(clock_over|clock_running|form_complete):([a-z][a-z0-9_]*)")
_FIELD = re.compile(r"field:([a-z][a-z0-9_]*)(?:(=|!=|>=|<=|>|<)(.+))?")
_ORDERS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_SAID = {
    "opinions_in": "意见已按规则收齐",
    "opinions_agree": "意见为同意",
    "opinions_against": "意见已收齐而未获同意",
    "publicity_over": "公示期已满",
    "no_open_objection": "没有未处理的异议",
    "objection_upheld": "有异议成立",
    "no_objection_upheld": "没有异议成立",
    "form_complete": "应填的内容已填全",
    "panel_closed": "专家评审已结束",
}


@dataclass(frozen=True, slots=True)
class When:
    """One condition.

    Attributes:
        kind: its name, or `field`.
        of: the clock, form or field it speaks of.
    """

    kind: str
    of: str = ""
    sign: str = ""
    value: str = ""

    @classmethod
    def read(cls, written: str) -> When | None:
        """The condition as it is written; None where it is none."""
        if written in PLAIN:
            return cls(written)
        if found := _CLOCK.fullmatch(written):
            return cls(found[1], found[2])
        if found := _FIELD.fullmatch(written):
            if found[2] in _ORDERS and _decimal(found[3]) is None:
                return None
            return cls("field", found[1], found[2] or "", (found[3] or "").strip())
        return None

    @property
    def written(self) -> str:
        """As a file has it."""
        return self.kind + (f":{self.of}" if self.of else "") + self.sign + self.value

    @property
    def said(self) -> str:
        """In words, without the labels of clocks and fields."""
        return _SAID.get(self.kind, self.written)

    def holds_for(self, fields: Mapping[str, Any]) -> bool:
        """Whether a condition on a field holds with these fields."""
        value = fields.get(self.of)
        if not self.sign:
            return value is not False and value not in (None, "", [])
        if self.sign in ("=", "!="):
            return (_text(value) == self.value) is (self.sign == "=")
        number, line = _decimal(_text(value)), _decimal(self.value)
        return number is not None and line is not None and _ORDERS[self.sign](number, line)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
