"""The description of the interface as a page: by group, with parameters, bodies and answers in words."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.translation import override

from luming_portal.api.problem import CODES
from luming_portal.api.routes import api

_METHODS = ("get", "post", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Entry:
    """A parameter, or a field of a body or an answer."""

    name: str
    kind: str
    about: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation."""

    id: str
    method: str
    path: str
    summary: str
    about: str
    parameters: list[Entry] = field(default_factory=list)
    headers: list[Entry] = field(default_factory=list)
    body: list[Entry] = field(default_factory=list)
    answer: list[Entry] = field(default_factory=list)
    statuses: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Documentation:
    """All that the page shows."""

    title: str
    version: str
    about: list[str]
    groups: dict[str, list[Operation]]
    codes: list[tuple[str, int, str]]


@lru_cache(maxsize=1)
def documentation() -> Documentation:
    """Made once: the description does not change while the process runs."""
    with override("zh-hans"):  # the description is Chinese, whoever asks for it first
        return _documentation()


def _documentation() -> Documentation:
    schema = json.loads(json.dumps(api.get_openapi_schema()))
    groups: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method in _METHODS:
            if method in methods:
                operation = methods[method]
                groups.setdefault(operation["tags"][0], []).append(
                    _operation(schema, method, path, operation)
                )
    return Documentation(
        title=schema["info"]["title"],
        version=schema["info"]["version"],
        about=[
            line.strip("* ").replace("`", "")
            for line in schema["info"]["description"].splitlines()
            if line.strip()
        ],
        groups=groups,
        codes=[(code, status, str(title)) for code, (status, title) in CODES.items()],
    )


def _operation(schema: dict[str, Any], method: str, path: str, told: dict[str, Any]) -> Operation:
    parameters = told.get("parameters", [])
    body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return Operation(
        id=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        about=told.get("description", "").replace("`", ""),
        parameters=[_parameter(one) for one in parameters if one["in"] != "header"],
        headers=[_parameter(one) for one in parameters if one["in"] == "header"],
        body=_fields(schema, body) if body else [],
        answer=_answer(schema, told),
        statuses=[(status, _description(schema, one)) for status, one in told["responses"].items()],
    )


def _parameter(told: dict[str, Any]) -> Entry:
    return Entry(told["name"], _kind(told["schema"]), told.get("description", ""), bool(told.get("required")))


def _answer(schema: dict[str, Any], told: dict[str, Any]) -> list[Entry]:
    for status, one in told["responses"].items():
        shape = one.get("content", {}).get("application/json", {}).get("schema") if status < "300" else None
        if shape:
            return _fields(schema, shape)
    return []


def _description(schema: dict[str, Any], told: dict[str, Any]) -> str:
    if "$ref" in told:
        return str(schema["components"]["responses"][told["$ref"].rpartition("/")[2]]["description"])
    return str(told["description"])


def _fields(schema: dict[str, Any], shape: dict[str, Any]) -> list[Entry]:
    shape = _resolved(schema, shape)
    required = set(shape.get("required", ()))
    return [
        Entry(name, _kind(one), one.get("description", ""), name in required)
        for name, one in shape.get("properties", {}).items()
    ]


def _resolved(schema: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in shape:
        found: dict[str, Any] = schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
        return found
    return shape


def _kind(shape: dict[str, Any]) -> str:
    words = {
        "string": "文字",
        "integer": "整数",
        "number": "数字",
        "boolean": "真假",
        "array": "数组",
        "object": "对象",
    }
    if "anyOf" in shape:
        return "或".join(dict.fromkeys(_kind(one) for one in shape["anyOf"] if one.get("type") != "null"))
    if "$ref" in shape:
        return str(shape["$ref"].rpartition("/")[2])
    if "enum" in shape:
        return "、".join(str(one) for one in shape["enum"] if one != "")
    if shape.get("type") == "array":
        return f"数组({_kind(shape.get('items', {}))})"
    if shape.get("format") == "date":
        return "日期"
    return words.get(str(shape.get("type")), "任意")
