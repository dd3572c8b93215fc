"""Forms: JSON Schemas read from text, and what is filled in checked against them, fault by fault, in words.

A form is an object of JSON Schema 2020-12. Money is a decimal string with `x-unit`, never a binary number; a file is
the id under which it is stored. Fields that the form does not name are refused.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, validators  # type: ignore[import-untyped]
from jsonschema.exceptions import SchemaError, ValidationError  # type: ignore[import-untyped]

from luming.cases.entry import Entry, said
from luming.cases.process import Form
from luming.creditcode import CreditCodeError, parse_credit_code
from luming.errors import Fault

FORMATS = (
    "date", "date-time", "month", "year", "decimal", "file", "department", "unit", "enterprise", "institution",
    "project", "person", "case", "credit_code", "phone", "email", "uri",
)  # fmt: skip
"""The formats a field may have; the portal offers a fitting way to fill in each."""

EXTRA = (
    "x-width", "x-unit", "x-fact", "x-accept", "x-help", "x-long", "x-mask", "x-process", "x-level", "x-min", "x-max",
    "x-decimals", "x-clause", "x-mark", "x-title-en",
)  # fmt: skip
"""Keywords of our own: how a field is shown, its unit, the fact of the register it is, bounds of a decimal."""

LONGEST = 10_000
"""Most signs of a text for which a form says nothing else."""

_WHOLE = ("minLength", "maxLength", "minItems", "maxItems", "x-decimals", "x-level")
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_FLAGS = ("uniqueItems", "additionalProperties", "x-long")
_WORDS = (
    "title", "description", "format", "pattern", "x-width", "x-unit", "x-fact", "x-help", "x-process", "x-mask", "x-clause",
    "x-mark", "x-title-en",
)  # fmt: skip
_TYPES = ("object", "array", "string", "integer", "boolean")
_KNOWN = (
    "type", "properties", "required", "items", "enum", "const", "default", "x-accept", "x-min", "x-max",
    *_WHOLE, *_BOUNDS, *_FLAGS, *_WORDS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldFault(Fault):
    """A fault of one field of a form; `field` is its name, "" where the whole form is meant."""

    field: str = ""


def read_form(key: str, entry: Entry) -> Form:
    """A form of a process file; what is wrong with its schema becomes faults of the file."""
    entry.only("label", "label_en", "clause", "mark", "note", "schema")
    about = entry.about()
    inner = entry.inner("schema")
    if not entry.has("schema"):
        entry.fault("missing_key", "缺少“schema”一项", "写明“schema”")
    schema = _object(inner)
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as problem:
        where = tuple(problem.absolute_path)
        inner.fault(
            "schema", f"不是有效的 JSON Schema({problem.message[:80]})", "JSON Schema 2020-12", "", *where
        )
    return Form(key, about, schema)


def _object(entry: Entry) -> dict[str, Any]:
    """A schema of an object: closed, and each required field is one of its fields."""
    schema = _schema(entry)
    if schema.get("type") != "object":
        entry.fault("schema_type", "表单不是对象", "type: object", "", "type")
    return schema


def _schema(entry: Entry) -> dict[str, Any]:
    entry.only(*_KNOWN)
    kind = entry.word("type", _TYPES, "")
    found: dict[str, Any] = {"type": kind}
    for key in entry.tree:
        if key in _WORDS:
            found[key] = entry.text(key)
        elif key in _WHOLE or (key in _BOUNDS):
            found[key] = _whole(entry, key)
        elif key in _FLAGS:
            found[key] = entry.flag(key)
        elif key in ("x-min", "x-max"):
            found[key] = entry.text(key)
            if _decimal(found[key]) is None:
                entry.fault("number", f"“{found[key]}”", "数字", "", key)
    if "x-accept" in entry.tree:
        found["x-accept"] = list(entry.words("x-accept"))
    _values(entry, kind, found)
    _format(entry, found)
    if kind == "string" and not {"enum", "const", "format", "maxLength"} & set(found):
        found["maxLength"] = LONGEST
    if kind == "object":
        _fields(entry, found)
    if kind == "array":
        found["items"] = _schema(entry.inner("items"))
    return found


def _fields(entry: Entry, found: dict[str, Any]) -> None:
    found.setdefault("additionalProperties", False)
    found["properties"] = {}
    for name, inner in entry.entries("properties"):
        found["properties"][name] = _schema(inner)
        if not inner.has("title"):
            inner.fault("missing_key", f"字段“{name}”没有“title”", "写明给人看的名称")
    found["required"] = list(entry.words("required"))
    for name in found["required"]:
        if name not in found["properties"]:
            entry.fault("required", f"必填项“{name}”不在字段里", "properties 里的名字", "", "required")


def _format(entry: Entry, found: dict[str, Any]) -> None:
    written = found.get("format")
    if written is not None and written not in FORMATS:
        entry.fault("format", f"不认识的格式“{written}”", f"以下之一:{'、'.join(FORMATS)}", "", "format")
    if written is not None and found["type"] != "string":
        entry.fault("format", f"{found['type']} 写了格式“{written}”", "type: string", "", "format")


def _values(entry: Entry, kind: str, found: dict[str, Any]) -> None:
    if "enum" in entry.tree:
        found["enum"] = [_typed(entry, kind, item, "enum") for item in entry.words("enum")]
    for key in ("const", "default"):
        if key in entry.tree:
            found[key] = _typed(entry, kind, entry.text(key), key)


def _typed(entry: Entry, kind: str, written: str, key: str) -> Any:
    if kind == "integer":
        if re.fullmatch(r"-?\d{1,15}", written):
            return int(written)
        entry.fault("number", f"“{written}”", "整数", "", key)
    if kind == "boolean":
        if written in ("true", "false"):
            return written == "true"
        entry.fault("flag", f"“{written}”", "true 或 false", "", key)
    return written


def _whole(entry: Entry, key: str) -> int:
    written = entry.text(key)
    if not re.fullmatch(r"-?\d{1,15}", written):
        entry.fault("number", f"“{written}”", "整数;金额请用 format: decimal 与 x-min、x-max", "", key)
        return 0
    return int(written)


def form_faults(form: Form, data: Mapping[str, Any]) -> tuple[FieldFault, ...]:
    """Every fault of what was filled in, each with the title of its field; an empty text or list counts as not filled."""
    data = {name: value for name, value in data.items() if value not in (None, "", [])}
    checker = _Validator(form.schema, format_checker=_FORMAT_CHECKER)
    found: list[FieldFault] = []
    for error in sorted(checker.iter_errors(data), key=lambda one: [str(part) for part in one.absolute_path]):
        found += _faults_of(form, error)
    return (*found, *_bounds(form, data), *_unfit(form, data))


def missing(form: Form, data: Mapping[str, Any]) -> tuple[str, ...]:
    """The required fields of a form that are empty in these fields, by title."""
    return tuple(
        str(form.properties[name].get("title", name))
        for name in form.required
        if data.get(name) in (None, "", [])
    )


def own(form: Form, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Of some fields those that the form has."""
    return {name: fields[name] for name in form.properties if name in fields}


def _faults_of(form: Form, error: ValidationError) -> list[FieldFault]:
    where = _title(form, list(error.absolute_path))
    top = str(next(iter(error.absolute_path), ""))
    if error.validator == "required":
        schema, value = error.schema, error.instance
        return [
            FieldFault(
                "form.required",
                _title(form, [*error.absolute_path, name]),
                "没有填写",
                "必填",
                "请补填",
                top or name,
            )
            for name in error.validator_value
            if name not in value and name in schema["properties"] and f"'{name}'" in error.message
        ]
    if error.validator == "additionalProperties":
        extra = sorted(set(error.instance) - set(error.schema["properties"]))
        return [
            FieldFault("form.extra", where, f"多出的内容“{name}”", "表单里有的字段", "", top)
            for name in extra
        ]
    return [FieldFault(f"form.{error.validator}", where, said(error.instance), _expected(error), "", top)]


_SENTENCES: Mapping[str, str] = {
    "minLength": "不少于{}个字", "maxLength": "不超过{}个字", "minItems": "不少于{}项", "maxItems": "不超过{}项",
    "minimum": "不小于{}", "maximum": "不大于{}", "exclusiveMinimum": "大于{}", "exclusiveMaximum": "小于{}",
    "multipleOf": "{}的倍数", "pattern": "符合格式 {}", "const": "“{}”", "uniqueItems": "各项互不相同",
}  # fmt: skip
_TYPE_SAID = {"object": "一组字段", "array": "列表", "string": "文字", "integer": "整数", "boolean": "是或否"}
_FORMAT_SAID = {
    "date": "日期,如 2025-12-31", "date-time": "带时区的时间,如 2025-12-31T17:30:00+08:00",
    "month": "月份,如 2025-12", "year": "年份,如 2025", "decimal": "数字,如 100 或 1.3,不带单位和逗号",
    "credit_code": "18位统一社会信用代码,校验位无误", "phone": "电话号码", "email": "电子邮箱",
    "uri": "以 http:// 或 https:// 开头的网址",
}  # fmt: skip


def _expected(error: ValidationError) -> str:
    kind, value = str(error.validator), error.validator_value
    if kind == "type":
        return _TYPE_SAID.get(str(value), str(value))
    if kind == "enum":
        return f"以下之一:{'、'.join(str(one) for one in value)}"
    if kind == "format":
        return _FORMAT_SAID.get(str(value), "不为空")
    return _SENTENCES.get(kind, "合乎要求的内容").format(value)


def _title(form: Form, path: list[Any]) -> str:
    schema: Mapping[str, Any] = form.schema
    words = []
    for part in path:
        if isinstance(part, int):
            words.append(f"第{part + 1}项")
            schema = schema.get("items", {})
        else:
            schema = schema.get("properties", {}).get(part, {})
            words.append(f"“{schema.get('title', part)}”")
    return "".join(words) or f"表单“{form.about.label}”"


def _bounds(form: Form, data: Mapping[str, Any]) -> list[FieldFault]:
    found: list[FieldFault] = []
    for name, field in form.properties.items():
        number = _decimal(data.get(name)) if field.get("format") == "decimal" else None
        if number is None:
            continue
        where, unit = _title(form, [name]), field.get("x-unit", "")
        low, high = _decimal(field.get("x-min")), _decimal(field.get("x-max"))
        if low is not None and number < low:
            found.append(FieldFault("form.minimum", where, f"{number}{unit}", f"不小于{low}{unit}", "", name))
        if high is not None and number > high:
            found.append(
                FieldFault("form.maximum", where, f"{number}{unit}", f"不大于{high}{unit}", "", name)
            )
        places = field.get("x-decimals")
        if places is not None and -int(number.as_tuple().exponent) > places:
            found.append(
                FieldFault("form.decimals", where, f"{number}{unit}", f"至多{places}位小数", "", name)
            )
    return found


def _unfit(form: Form, data: Mapping[str, Any]) -> list[FieldFault]:
    """Fields with signs that no database and no paper can hold: control signs and halves of signs."""
    return [
        FieldFault(
            "form.signs",
            _title(form, [name]),
            "有不能保存的字符",
            "文字、标点和换行",
            "请重新输入这一项",
            name,
        )
        for name, value in data.items()
        if any(_UNFIT.search(text) for text in _texts(value))
    ]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _decimal(value: Any) -> Decimal | None:
    if not isinstance(value, str) or not re.fullmatch(r"-?\d{1,18}(\.\d{1,12})?", value):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and bool(dt.date.fromisoformat(text))
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        return dt.datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _is_credit_code(text: str) -> bool:
    try:
        return bool(parse_credit_code(text))
    except CreditCodeError:
        return False


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "date": _is_day,
    "date-time": _is_moment,
    "month": lambda text: bool(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text)),
    "year": lambda text: bool(re.fullmatch(r"(19|20|21)\d\d", text)),
    "decimal": lambda text: _decimal(text) is not None,
    "credit_code": _is_credit_code,
    "phone": lambda text: bool(re.fullmatch(r"\+?[\d\- ]{5,20}", text)),
    "email": lambda text: bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text)),
    "uri": lambda text: bool(re.fullmatch(r"https?://\S+", text)),
}


def _format_checker() -> FormatChecker:
    checker = FormatChecker(formats=())
    for name in FORMATS:
        holds = _TESTS.get(name, lambda text: bool(text.strip()))

        def test(value: object, holds: Callable[[str], bool] = holds) -> bool:
            return not isinstance(value, str) or holds(value)

        checker.checks(name)(test)
    return checker


def _is_whole(checker: object, value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_FORMAT_CHECKER = _format_checker()
_Validator = validators.extend(
    Draft202012Validator, type_checker=Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_whole)
)
