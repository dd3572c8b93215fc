"""The shape of a register's records in JSON, derived from its columns and the fields behind them.

Reading: `id`, `version`, `links` and the columns that the caller may read, flat, under their keys. A figure that the
tables keep exactly is a string of plain digits; a count is a whole number.
Writing: the same keys, as far as a column stands for one field that people may change. A column that shows the key
of another record (source__key) is written with that key.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from django.db import models
from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    WithJsonSchema,
    create_model,
)
from pydantic_core import PydanticCustomError

from luming_portal.api.parameters import is_day
from luming_portal.fields import LONGEST, ExactDecimalField
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.register import Register
from luming_portal.registers.targets import Target, target_of

RESERVED = frozenset({"id", "version", "links", "reason"})
_DECIMAL = re.compile(r"-?\d{1,30}(\.\d{1,20})?", re.ASCII)
_LONGEST_TEXT = 5000
_MOST_ITEMS = 50
_LARGEST_INT = 2_147_483_647


def field_at(model: type[models.Model], path: str) -> models.Field[Any, Any] | None:
    """The field that a path ends in; None where it is no field (an annotation)."""
    found: Any = None
    at: Any = model
    for name in path.split("__"):
        try:
            found = at._meta.get_field(name)
        except Exception:
            return None
        at = found.related_model or at
    return found if isinstance(found, models.Field) else None


def writable(register: Register) -> Mapping[str, Target]:
    """The columns that the interface writes, by key."""
    found = ((column.key, target_of(register, column)) for column in register.columns)
    return {key: target for key, target in found if target is not None}


def record_model(register: Register) -> type[BaseModel]:
    """The record as it is read; columns beyond the caller's level are left out."""
    fields: dict[str, Any] = {
        "id": (int, Field(description=_("编号(数字)"))),
        "version": (int, Field(description=_("第几版;修改时写入 If-Match"))),
        "links": (dict[str, str], Field(description=_("self:本条的接口地址;page:页面地址"))),
    }
    for column in register.columns:
        fields[column.key] = (
            _read_type(register, column) | None,
            Field(default=None, description=_about(column)),
        )
    return create_model(register.model.__name__, __doc__=_("“%s”的一条") % register.label, **fields)


def create_shape(register: Register) -> type[BaseModel]:
    """The body that adds a record."""
    return _body(register, f"{register.model.__name__}New", required=True)


def change_shape(register: Register) -> type[BaseModel]:
    """The body that changes a record: only what is named changes."""
    return _body(register, f"{register.model.__name__}Change", required=False)


def _body(register: Register, name: str, *, required: bool) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for key, one in writable(register).items():
        kind = _write_type(one)
        if one.field.null:
            kind = kind | None
        must = required and key != "key" and not _may_lack(one.field)
        default = ... if must else None
        fields[key] = (kind, Field(default=default, description=_about(one.column)))
    fields["reason"] = (
        Annotated[StrictStr, Field(max_length=500)],
        Field(default="", description=_("理由;也可用请求头 X-Reason")),
    )
    config = ConfigDict(extra="forbid", json_schema_extra=_without_null_defaults)
    doc = (_("新增“%s”的一条") if required else _("修改“%s”的一条:只改给出的字段")) % register.label
    return create_model(name, __config__=config, __doc__=doc, **fields)


def _may_lack(field: Any) -> bool:
    return bool(field.blank or field.null or field.has_default())


def _without_null_defaults(schema: dict[str, Any]) -> None:
    """A field that is not given stays as it is, so no default is promised."""
    for told in schema.get("properties", {}).values():
        if told.get("default", 0) is None:
            del told["default"]


def _about(column: Column) -> str:
    parts = [str(column.label)]
    if column.unit:
        parts.append(_("单位:%s") % column.unit)
    if column.choices:
        parts.append("、".join(f"{key}={label}" for key, label in column.choices.items()))
    if column.level > 1:
        parts.append(_("查看级别:%s") % column.level.label)
    return ";".join(parts)


_EXACT = Annotated[str, WithJsonSchema({"type": "string", "pattern": rf"^{_DECIMAL.pattern}$"})]
_DAY = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]


def _read_type(register: Register, column: Column) -> Any:
    field = field_at(register.model, column.read)
    if isinstance(field, ExactDecimalField | models.DecimalField):
        return _EXACT
    if isinstance(field, models.BooleanField):
        return bool
    if isinstance(field, models.IntegerField):
        return int
    if isinstance(field, models.FloatField):
        return float
    if isinstance(field, models.DateField):
        return str
    if isinstance(field, models.JSONField):
        return list[str] if column.kind is Kind.LIST else Any
    return str if field is not None else Any


def _write_type(one: Target) -> Any:
    field, column = one.field, one.column
    if one.by_key:
        return Annotated[StrictStr, Field(min_length=1, max_length=80)]
    if isinstance(field, ExactDecimalField):
        return Exact
    if isinstance(field, models.BooleanField):
        return StrictBool
    if isinstance(field, models.IntegerField):
        return Annotated[StrictInt, Field(ge=0, le=_LARGEST_INT)]
    if isinstance(field, models.DateField):
        return Day
    if isinstance(field, models.JSONField):
        item = Annotated[StrictStr, Field(min_length=1, max_length=200)]
        return Annotated[list[item], Field(max_length=_MOST_ITEMS)]  # type: ignore[valid-type]
    choices = tuple(str(key) for key in column.choices) if column.choices else ()
    if choices:
        return Literal[choices + (("",) if field.blank else ())]
    return Annotated[
        StrictStr,
        Field(min_length=0 if field.blank else 1, max_length=field.max_length or _LONGEST_TEXT),
    ]


def _exact(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise PydanticCustomError(
            "decimal", "{sentence}", {"sentence": _('应为数字,或写成文字的数字如 "12.50"')}
        )
    written = value if isinstance(value, str) else format(value, "f")
    if not _DECIMAL.fullmatch(written) or len(written) > LONGEST:
        raise PydanticCustomError(
            "decimal", "{sentence}", {"sentence": _('应为不超过30位整数、20位小数的数字,如 "12.50"')}
        )
    try:
        return Decimal(written)
    except InvalidOperation as problem:  # pragma: no cover - the pattern lets only digits through
        raise PydanticCustomError("decimal", "{sentence}", {"sentence": _("应为数字")}) from problem


def _day(value: Any) -> dt.date:
    if not isinstance(value, str) or not is_day(value):
        raise PydanticCustomError("day", "{sentence}", {"sentence": _('应为 "2025-06-30" 这样的日期')})
    return dt.date.fromisoformat(value)


Exact = Annotated[
    Decimal,
    BeforeValidator(_exact),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": rf"^{_DECIMAL.pattern}$"},
                {"type": "integer", "minimum": -(10**15), "maximum": 10**15},
            ]
        }
    ),
]
"""A figure, exact: text of plain digits, or a JSON number."""

Day = Annotated[dt.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A day, spelt 2025-06-30."""


def not_blank(value: str) -> str:
    """Refuse a text of blanks alone."""
    if not value.strip():
        raise PydanticCustomError("blank", "{sentence}", {"sentence": _("不能为空")})
    return value.strip()


Words = Annotated[StrictStr, AfterValidator(not_blank)]


def shown(
    register: Register, plain: Callable[[Any], Any]
) -> Callable[[tuple[Any, ...], tuple[Column, ...]], dict[str, Any]]:
    """Turns rows of `registers.rows.values` into JSON objects."""

    def turn(row: tuple[Any, ...], columns: tuple[Column, ...]) -> dict[str, Any]:
        head = {"id": row[0], "version": row[1], "links": links(register, row[0])}
        return {**head, **{column.key: plain(value) for column, value in zip(columns, row[2:], strict=True)}}

    return turn


def links(register: Register, pk: Any) -> dict[str, str]:
    """Where a record is found."""
    return {"self": f"/api/v1/{register.slug}/{pk}", "page": register.address_of(pk)}


def reserved_names(register: Register) -> Iterator[str]:
    """Keys of columns that the interface uses itself; a test keeps this empty."""
    return (column.key for column in register.columns if column.key in RESERVED)
