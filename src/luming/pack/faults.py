"""Faults of the model turned into sentences: where, what was found, what was expected, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from luming.errors import Fault
from luming.yaml_source import YamlSource

_EXPECTED = {
    "decimal_parsing": "数字,如 100 或 1.3(单位另写在 unit 里)",
    "decimal_type": "数字,如 100 或 1.3(单位另写在 unit 里)",
    "plain_number": "数字,如 100 或 1.3(不带单位、逗号和科学记数)",
    "plain_flag": "true 或 false",
    "int_parsing": "整数",
    "int_type": "整数",
    "bool_parsing": "true 或 false",
    "date_parsing": "日期,写成 2025-12-31 的形式",
    "date_from_datetime_parsing": "日期,写成 2025-12-31 的形式",
    "date_type": "日期,写成 2025-12-31 的形式",
    "string_type": "文字",
    "tuple_type": "一个列表(每行以“- ”开头)",
    "list_type": "一个列表(每行以“- ”开头)",
    "model_type": "若干“key: value”",
    "model_attributes_type": "若干“key: value”",
    "dict_type": "若干“key: value”",
}


def sentences(
    source: YamlSource, model: type[BaseModel], prefix: tuple[str | int, ...], errors: Iterable[ErrorDetails]
) -> list[Fault]:
    """One fault for each error of the model, with the line of the value it speaks of."""
    return [_fault(source, model, (*prefix, *_plain(error["loc"])), error) for error in errors]


def _plain(loc: tuple[int | str, ...]) -> tuple[str | int, ...]:
    return tuple(part for part in loc if not (isinstance(part, str) and part.startswith("function-")))


def _fault(
    source: YamlSource, model: type[BaseModel], loc: tuple[str | int, ...], error: ErrorDetails
) -> Fault:
    kind = error["type"]
    where = source.where(loc)
    if kind == "missing":
        key = str(loc[-1])
        return Fault("pack.missing_key", source.where(loc[:-1]), f"缺少“{key}”一项", f"写明“{key}”")
    if kind == "extra_forbidden":
        return _unknown_key(source, model, loc)
    found = (
        f"“{error['input']}”" if isinstance(error["input"], str | int | float) else _kind_of(error["input"])
    )
    return Fault(f"pack.{kind}", where, found, _expected(kind, error.get("ctx") or {}, error["msg"]))


def _unknown_key(source: YamlSource, model: type[BaseModel], loc: tuple[str | int, ...]) -> Fault:
    key = str(loc[-1])
    close = difflib.get_close_matches(key, _all_keys(model), n=1, cutoff=0.6)
    remedy = f"是否想写“{close[0]}”" if close else "请删去,或查看 docs/reference/pack.schema.json"
    return Fault("pack.unknown_key", source.where(loc), f"不认识的键“{key}”", "只写规定的键", remedy)


def _all_keys(model: type[BaseModel], seen: set[type[BaseModel]] | None = None) -> list[str]:
    seen = seen if seen is not None else set()
    seen.add(model)
    keys = list(model.model_fields)
    for info in model.model_fields.values():
        for inner in _models_in(info.annotation):
            if inner not in seen:
                keys += _all_keys(inner, seen)
    return keys


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]


def _expected(kind: str, context: dict[str, Any], message: str) -> str:
    if kind in _EXPECTED:
        return _EXPECTED[kind]
    if kind == "enum" or kind == "literal_error":
        return f"以下之一:{str(context['expected']).replace(' or ', '、').replace(', ', '、')}"
    if kind == "string_pattern_mismatch":
        return f"符合格式 {context['pattern']} 的文字"
    if kind in ("too_short", "string_too_short"):
        return "至少一项,不可为空"
    if kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        limit = context.get("ge", context.get("gt", context.get("le", context.get("lt"))))
        words = {
            "greater_than_equal": "不小于",
            "greater_than": "大于",
            "less_than_equal": "不大于",
            "less_than": "小于",
        }
        return f"{words[kind]}{limit}的数"
    return f"合乎要求的内容({message})"


def _kind_of(value: Any) -> str:
    if value is None:
        return "空白"
    return {"dict": "若干“key: value”", "list": "一个列表"}.get(type(value).__name__, f"“{value}”")
