"""What somebody fills into a form of a procedure: the least that is right, by the form's own schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

from luming.cases import Form

BY_FORMAT = {
    "date": "2025-12-31",
    "date-time": "2025-09-22T10:00:00+08:00",
    "month": "2025-09",
    "year": "2025",
    "decimal": "10",
    "file": "file-1",
    "department": "市科技局",
    "unit": "市科技局",
    "enterprise": "演示企业",
    "institution": "演示院所",
    "project": "演示项目",
    "person": "王青山",
    "case": "演示〔2025〕1号",
    "credit_code": "11150200011536003J",
    "phone": "0472-5150000",
    "email": "firm@example.cn",
    "uri": "https://example.cn/",
}
DEPARTMENTS = ("市场监管局", "税务局", "生态环境局", "应急管理局", "人社局", "发改委", "住建局", "工信局")


def filled(form: Form, known: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """The required fields that the case does not know yet or knows differently, and whatever is `said`."""
    found = {name: value for name, value in said.items() if name in form.properties}
    for name in form.required:
        field = form.properties[name]
        if name not in found and not (name in known and _fits(field, known[name])):
            found[name] = value_of(field)
    return found


def value_of(field: Mapping[str, Any]) -> Any:
    """A value that a field takes."""
    if "const" in field:
        return field["const"]
    if "enum" in field:
        return field["enum"][0]
    kind = field["type"]
    if kind == "array":
        count = field.get("minItems", 1)
        if field["items"].get("format") == "department":
            return [f"市{name}" for name in DEPARTMENTS[:count]]
        one = value_of(field["items"])
        return [one if at == 0 else f"{one}{at}" for at in range(count)]
    if kind == "object":
        return {name: value_of(field["properties"][name]) for name in field["required"]}
    if kind == "integer":
        return field.get("minimum", 1)
    if kind == "boolean":
        return False
    if field.get("pattern") == "^[0-9]{8,30}$":
        return "6222020200112233"
    return BY_FORMAT.get(field.get("format", ""), "按实际情况填写,内容属实,材料齐全,符合要求。")


def _fits(field: Mapping[str, Any], value: Any) -> bool:
    return Draft202012Validator(dict(field)).is_valid(value)
