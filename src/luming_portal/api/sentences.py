"""Faults that pydantic finds in a body, in Chinese sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luming_portal.api.problem import Fault

_WORDS: Mapping[str, Any] = {
    "missing": gettext_lazy("缺少这一项"),
    "extra_forbidden": gettext_lazy("没有这个字段,或不能由接口修改"),
    "string_type": gettext_lazy("应为文字"),
    "string_too_long": gettext_lazy("最长%(max_length)s个字"),
    "string_too_short": gettext_lazy("至少%(min_length)s个字"),
    "string_pattern_mismatch": gettext_lazy("写法不符"),
    "int_type": gettext_lazy("应为整数"),
    "int_from_float": gettext_lazy("应为整数"),
    "int_parsing": gettext_lazy("应为整数"),
    "bool_type": gettext_lazy("应为 true 或 false"),
    "list_type": gettext_lazy("应为数组"),
    "too_long": gettext_lazy("最多%(max_length)s项"),
    "greater_than_equal": gettext_lazy("应不小于%(ge)s"),
    "less_than_equal": gettext_lazy("应不大于%(le)s"),
    "literal_error": gettext_lazy("应为 %(expected)s 之一"),
    "enum": gettext_lazy("应为 %(expected)s 之一"),
    "dict_type": gettext_lazy("应为 JSON 对象"),
    "model_type": gettext_lazy("应为 JSON 对象"),
    "model_attributes_type": gettext_lazy("应为 JSON 对象"),
    "none_required": gettext_lazy("应为 null"),
}


def faults_of(errors: Sequence[Mapping[str, Any]]) -> list[Fault]:
    """All faults, each once; alternatives of one field are told as one."""
    found: dict[str, Fault] = {}
    for error in errors:
        at = _place(error.get("loc", ()))
        found.setdefault(at, Fault(at, str(error.get("type", "invalid")), _("%s。") % _sentence(error)))
    return list(found.values())


def _sentence(error: Mapping[str, Any]) -> str:
    context = error.get("ctx") or {}
    if "sentence" in context:
        return str(context["sentence"])
    words = _WORDS.get(str(error.get("type")))
    if words is None:
        return _("内容不符合要求")
    return str(words) % context if "%" in str(words) else str(words)


def _place(loc: Sequence[Any]) -> str:
    """("body", "body", "district") → /district; ("path", "id") → id."""
    parts = [str(part) for part in loc]
    if not parts or parts[0] != "body":
        return "".join(parts[1:]) or "?"
    inner = [
        part
        for part in parts[2:]
        if not part.startswith(("function-", "str", "int", "decimal", "constrained"))
    ]
    return "/" + "/".join(inner)
