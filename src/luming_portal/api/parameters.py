"""Parameters of an address: described once, for the documentation and for the check of what was sent.

An unknown parameter is a fault, for a misspelled filter would otherwise give everything.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from luming_portal.api.problem import Fault, invalid

_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")
_NUMBER = re.compile(r"[+-]?\d{1,18}(\.\d{1,18})?", re.ASCII)
_MOST_VALUES = 50


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query.

    Attributes:
        kind: text, whole, number, day, or one of `values`.
        least, most: bounds of a whole number; most also bounds the length of a text.
        many: whether it may be given several times.
    """

    name: str
    about: str
    kind: str = "text"
    least: int = 0
    most: int = 100
    values: tuple[str, ...] = ()
    many: bool = False
    required: bool = False
    pattern: str = ""

    def schema(self) -> dict[str, Any]:
        """As JSON Schema says it."""
        one = self._one()
        return {"type": "array", "items": one, "maxItems": _MOST_VALUES} if self.many else one

    def openapi(self) -> dict[str, Any]:
        """As OpenAPI says it."""
        told = {
            "in": "query",
            "name": self.name,
            "required": self.required,
            "schema": self.schema(),
            "description": self.about,
        }
        return {**told, "style": "form", "explode": True} if self.many else told

    def _one(self) -> dict[str, Any]:
        if self.values:
            return {"type": "string", "enum": list(self.values)}
        if self.kind == "whole":
            return {"type": "integer", "minimum": self.least, "maximum": self.most}
        if self.kind == "number":
            return {"type": "string", "pattern": rf"^{_NUMBER.pattern}$"}
        if self.kind == "day":
            return {"type": "string", "format": "date"}
        found = {"type": "string", "minLength": self.least, "maxLength": self.most}
        return {**found, "pattern": self.pattern} if self.pattern else found

    def fault(self, written: str) -> str:
        """What is wrong with a value; "" when nothing is."""
        if _UNSEEN.search(written):
            return _("有不可见的控制字符")
        if self.values:
            return "" if written in self.values else _("应为 %s 之一") % _("、").join(self.values)
        if self.kind == "whole":
            fits = re.fullmatch(r"\d{1,19}", written, re.ASCII) and self.least <= int(written) <= self.most
            return (
                "" if fits else _("应为%(least)d到%(most)d的整数") % {"least": self.least, "most": self.most}
            )
        if self.kind == "number":
            return "" if _NUMBER.fullmatch(written) else _("应为数字")
        if self.kind == "day":
            return "" if is_day(written) else _("应为 2025-06-30 这样的日期")
        if self.pattern and not re.search(self.pattern, written):
            return _("写法不符")
        if not self.least <= len(written) <= self.most:
            return _("应为%(least)d到%(most)d个字") % {"least": self.least, "most": self.most}
        return ""


def check(given: QueryDict, parameters: Sequence[Parameter], allowed: Iterable[str] = ()) -> None:
    """Stop unless every parameter is known and can be read.

    Args:
        allowed: further names that are read elsewhere.

    Raises:
        Problem: 422 with all faults.
    """
    known = {parameter.name: parameter for parameter in parameters}
    also = frozenset(allowed)
    faults: list[Fault] = []
    for name in given:
        if name not in known and name not in also:
            faults.append(
                Fault(f"?{name[:60]}", "unknown_parameter", _("没有“%s”这个参数,或您无权使用。") % name[:60])
            )
    for parameter in parameters:
        faults += _faults(given.getlist(parameter.name), parameter)
    if faults:
        raise invalid(faults)


def is_day(written: str) -> bool:
    """Whether a text is a day in the one spelling 2025-06-30."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", written, re.ASCII):
        return False
    try:
        dt.date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _faults(values: Sequence[str], parameter: Parameter) -> list[Fault]:
    at = f"?{parameter.name}"
    if not values:
        return [Fault(at, "missing", _("缺少参数“%s”。") % parameter.name)] if parameter.required else []
    if len(values) > (_MOST_VALUES if parameter.many else 1):
        return [Fault(at, "repeated", _("参数“%s”给了太多次。") % parameter.name)]
    return [
        Fault(
            at,
            "invalid_parameter",
            _("“%(name)s=%(value)s”%(why)s。") % {"name": parameter.name, "value": value[:40], "why": why},
        )
        for value in values
        if (why := parameter.fault(value))
    ]
