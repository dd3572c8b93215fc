"""The body of a request: JSON in UTF-8, read strictly, so that nothing odd reaches the tables.

Refused are NaN and Infinity, the same key twice, numbers of more than 40 digits, nesting beyond 20, and texts with
control characters or half surrogate pairs. A decimal is read exactly.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from luming_portal.api.problem import Fault, Problem, invalid

LARGEST = 1024 * 1024
"""Largest body in bytes."""

_DEEPEST = 20
_DIGITS = 40
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class StrictParser(Parser):
    """Reads bodies for django-ninja."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as plain values.

        Raises:
            Problem: 400 when it is no JSON, 422 when it holds what cannot be kept.
        """
        return read(request.body)


def read(raw: bytes) -> Any:
    """Bytes as plain values; see the head of the module."""
    try:
        found = json.loads(
            raw.decode("utf-8"),
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=_no_constant,
            object_pairs_hook=_pairs,
        )
    except Problem:
        raise
    except UnicodeDecodeError as problem:
        raise _malformed(_("不是 UTF-8 编码")) from problem
    except RecursionError as problem:
        raise _malformed(_("嵌套太深")) from problem
    except json.JSONDecodeError as problem:
        raise _malformed(
            _("第%(line)d行第%(column)d个字符处读不下去") % {"line": problem.lineno, "column": problem.colno}
        ) from problem
    faults: list[Fault] = []
    _look(found, "", 0, faults)
    if faults:
        raise invalid(faults)
    return found


def _malformed(what: str) -> Problem:
    return Problem(400, "malformed_json", _("请求正文应为 JSON 对象:%s。没有保存任何内容。") % what)


def _no_constant(name: str) -> Any:
    raise _malformed(_("%s 不是数字") % name)


def _whole(written: str) -> int:
    if len(written) > _DIGITS:
        raise _malformed(_("数字超过%d位") % _DIGITS)
    return int(written)


def _decimal(written: str) -> Decimal:
    number = Decimal(written)
    if len(written) > _DIGITS or abs(number.adjusted()) > _DIGITS:
        raise _malformed(_("数字超过%d位") % _DIGITS)
    return number


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for key, _value in pairs if sum(1 for other, _v in pairs if other == key) > 1)
        raise _malformed(_("“%s”出现了两次") % twice[:40].encode("utf-8", "replace").decode())
    return found


def _look(value: Any, at: str, depth: int, faults: list[Fault]) -> None:
    if depth > _DEEPEST:
        raise _malformed(_("嵌套太深"))
    if isinstance(value, str) and _UNSEEN.search(value):
        faults.append(Fault(at or "/", "control_character", _("文字里有不可见的控制字符,请删去。")))
    elif isinstance(value, dict):
        for key, inner in value.items():
            if _UNSEEN.search(key):
                raise _malformed(_("字段名里有不可见的控制字符"))
            _look(inner, f"{at}/{key}", depth + 1, faults)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            _look(inner, f"{at}/{place}", depth + 1, faults)
