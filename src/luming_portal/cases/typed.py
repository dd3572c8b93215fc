"""What is typed into a form, as it was typed, and the values that are read from it.

Typed content is plain (texts, lists of texts, lists of rows), so that it can be kept as a draft and shown again as it
was. Reading makes values of it as the JSON Schema of the form wants them; what cannot be read stays as it was typed
and is refused, in words, by the check of the form.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from luming.creditcode import CreditCodeError, parse_credit_code

PREFIX = "f-"
MOST_ROWS = 60
LONGEST = 20_000
"""Characters of one field, whatever its form says."""
_BEIJING = ZoneInfo("Asia/Shanghai")
_CODE = re.compile(
    r"<\s*/?\s*(script|iframe|object|embed|svg|img|link|meta|style|form)\b|javascript\s*:", re.I
)
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_THOUSANDS = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")


def kind_of(spec: Mapping[str, Any]) -> str:
    """How a field is asked: text, long, integer, decimal, date, moment, month, choice, flag, tick, lines, choices, table, file, files, department."""
    kind, form = spec.get("type", "string"), spec.get("format", "")
    if kind == "array":
        items = spec.get("items", {})
        if items.get("type") == "object":
            return "table"
        if items.get("format") == "file":
            return "files"
        return "choices" if "enum" in items else "lines"
    if kind == "boolean":
        return "tick" if spec.get("const") is True else "flag"
    if "enum" in spec:
        return "choice"
    if kind in ("integer", "number"):
        return "integer" if kind == "integer" else "decimal"
    named = {"decimal", "date", "month", "file", "department", "case"}
    if form in named:
        return str(form)
    if form == "date-time":
        return "moment"
    return (
        "long" if spec.get("x-long") or spec.get("x-rows") or int(spec.get("maxLength", 0)) > 200 else "text"
    )


def typed_from(properties: Mapping[str, Mapping[str, Any]], sent: Any) -> dict[str, Any]:
    """What was typed, out of what a page sent. Files are taken in apart and stand under their keys."""
    found: dict[str, Any] = {}
    for name, spec in properties.items():
        kind, key = kind_of(spec), PREFIX + name
        if kind in ("file", "files"):
            continue
        if kind == "table":
            columns = list(spec["items"].get("properties", {}))
            rows = [
                {column: _cut(sent.get(f"{key}-{at}-{column}", "")) for column in columns}
                for at in range(MOST_ROWS)
                if any(f"{key}-{at}-{column}" in sent for column in columns)
            ]
            found[name] = [row for row in rows if any(value.strip() for value in row.values())]
        elif kind == "choices":
            found[name] = [_cut(one) for one in sent.getlist(key)][:MOST_ROWS]
        elif key in sent:
            found[name] = _cut(sent.get(key, ""))
        elif kind == "tick":
            found[name] = ""
    return found


def _cut(text: str) -> str:
    return text[: LONGEST + 1]


def shown(spec: Mapping[str, Any], value: Any) -> Any:
    """A value as it would be typed."""
    kind = kind_of(spec)
    if value is None:
        return [] if kind in ("table", "choices", "files") else ""
    if kind == "lines":
        return "\n".join(str(one) for one in value) if isinstance(value, list) else str(value)
    if kind == "flag" or kind == "tick":
        return {True: "yes", False: "no"}.get(value, value)
    if kind == "moment":
        return str(value)[:16]
    if kind in ("table", "choices", "files"):
        return value
    return str(value)


def read(properties: Mapping[str, Mapping[str, Any]], typed: Mapping[str, Any]) -> dict[str, Any]:
    """The values of what was typed; empty fields are left out."""
    found = {}
    for name, spec in properties.items():
        if name in typed:
            value = _value(spec, typed[name])
            if value not in (None, "", []):
                found[name] = value
    return found


def _value(spec: Mapping[str, Any], typed: Any) -> Any:
    kind = kind_of(spec)
    if kind == "table":
        columns = spec["items"].get("properties", {})
        return [read(columns, row) for row in typed] if isinstance(typed, list) else typed
    if kind in ("choices", "files"):
        return typed
    text = str(typed).replace("\r\n", "\n").strip()
    if kind == "lines":
        return [_value(spec.get("items", {}), line) for line in text.split("\n") if line.strip()]
    if kind in ("flag", "tick"):
        return {"yes": True, "no": False, "on": True, "": None}.get(text, text)
    if kind in ("integer", "decimal"):
        return _number(text, whole=kind == "integer")
    if kind == "moment":
        return _moment(text)
    if spec.get("format") == "credit_code":
        return _code(text)
    if kind == "long":
        return text
    return " ".join(unicodedata.normalize("NFC", text).split(" ")).strip()


def _number(text: str, *, whole: bool) -> Any:
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    if whole and re.fullmatch(r"-?\d{1,15}", plain):
        return int(plain)
    if not whole and re.fullmatch(r"-?\d*\.?\d*", plain) and plain.strip("-."):
        head, dot, tail = plain.partition(".")
        return f"{head or '0'}{dot and '.'}{tail}".rstrip(".")
    return plain


def _moment(text: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return text
    return (moment if moment.tzinfo else moment.replace(tzinfo=_BEIJING)).isoformat()


def _code(text: str) -> str:
    try:
        return parse_credit_code(text).text
    except CreditCodeError:
        return text


def doubtful(properties: Mapping[str, Mapping[str, Any]], typed: Mapping[str, Any]) -> dict[str, list[str]]:
    """What no form takes, by field: invisible signs, code of web pages, texts beyond all measure, codes that fail their check."""
    found: dict[str, list[str]] = {}
    for name, spec in properties.items():
        texts = list(_texts(typed.get(name)))
        said = []
        if any(_INVISIBLE.search(text) for text in texts):
            said.append(_("含有看不见的控制字符,请删去后重新填写。"))
        if any(_CODE.search(text) for text in texts):
            said.append(_("含有网页代码(如 <script>),请只填文字。"))
        if any(len(text) > LONGEST for text in texts):
            said.append(_("内容超过%d字,请压缩,或作为附件提交。") % LONGEST)
        if spec.get("format") == "credit_code" and texts and texts[0].strip():
            try:
                parse_credit_code(texts[0].strip())
            except CreditCodeError as problem:
                said.append(str(problem))
        if said:
            found[name] = said
    return found


def _texts(value: Any) -> Any:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
