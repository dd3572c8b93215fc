"""A form of a process as it is shown: each field with what was typed, what is known already, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from luming.cases import Form, form_faults
from luming.errors import Fault
from luming_portal.cases.facts import KnownValue
from luming_portal.cases.models import CaseFile
from luming_portal.cases.typed import PREFIX, doubtful, kind_of, read, shown

BLANK_ROWS = 2


@dataclass(slots=True)
class Field:
    """One field of a form.

    Attributes:
        kind: how it is asked (typed.kind_of).
        value: as typed; for a table its rows, each a list of cells.
        known: filled from the register of firm facts, and then not asked.
        files: handed in already.
        options: of a choice; `named`: number and title of the cases that it may name.
    """

    name: str
    label: str
    kind: str
    required: bool
    spec: Mapping[str, Any]
    value: Any
    known: KnownValue | None = None
    files: Sequence[CaseFile] = ()
    options: Sequence[str] = ()
    named: Sequence[tuple[str, str]] = ()
    columns: Sequence[tuple[str, str, bool]] = ()
    rows: Sequence[Sequence[tuple[str, str, str]]] = ()
    faults: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Its name on the page."""
        return PREFIX + self.name

    @property
    def unit(self) -> str:
        """The unit in which it is typed."""
        return str(self.spec.get("x-unit", ""))

    @property
    def hint(self) -> str:
        """What the process says beside it."""
        words = [str(self.spec.get("description", "")), str(self.spec.get("x-help", ""))]
        return " ".join(word for word in words if word)

    @property
    def longest(self) -> int:
        """Characters at most; 0 where nothing is said."""
        return int(self.spec.get("maxLength", 0))

    @property
    def accept(self) -> str:
        """The kinds of files as a page names them."""
        return ",".join(f".{one}" for one in self.spec.get("x-accept", ("pdf", "jpg", "png")))

    @property
    def accepted(self) -> str:
        """The kinds of files in words."""
        return "、".join(str(one) for one in self.spec.get("x-accept", ("pdf", "jpg", "png")))

    @property
    def half(self) -> bool:
        """Whether it takes half a line."""
        return self.spec.get("x-width") == "half"

    @property
    def described(self) -> str:
        """The ids of what describes it, for readers of the screen."""
        parts = (
            [f"{self.key}-hint"] if self.hint or self.unit or self.kind in ("file", "files", "lines") else []
        )
        return " ".join([*parts, *([f"{self.key}-error"] if self.faults else [])])


def title_of(spec: Mapping[str, Any], name: str) -> str:
    """What a field is called in the language of the page."""
    if (get_language() or "zh").startswith("en") and spec.get("x-title-en"):
        return str(spec["x-title-en"])
    return str(spec.get("title", name))


def fields_of(
    form: Form,
    typed: Mapping[str, Any],
    *,
    known: Mapping[str, KnownValue],
    files: Mapping[str, CaseFile],
    faults: Mapping[str, Sequence[str]] | None = None,
    units: Sequence[str] = (),
) -> list[Field]:
    """The fields of a form in their order."""
    required = set(form.required)
    found = []
    for name, spec in form.properties.items():
        kind = kind_of(spec)
        value = shown(spec, typed.get(name, spec.get("default")))
        one = Field(name, title_of(spec, name), kind, name in required, spec, value, known.get(name))
        one.faults = list((faults or {}).get(name, ()))
        if kind == "choice":
            one.options = [str(option) for option in spec["enum"]]
        elif kind == "choices":
            one.options = [str(option) for option in spec["items"]["enum"]]
        elif kind == "department" or (
            kind == "lines" and spec.get("items", {}).get("format") in ("department", "unit")
        ):
            one.options = list(units)
        elif kind == "table":
            _table(one, spec)
        elif kind in ("file", "files"):
            held = typed.get(name) or []
            keys = held if isinstance(held, list) else [held]
            one.files = [files[str(key)] for key in keys if str(key) in files]
        found.append(one)
    return found


def _table(one: Field, spec: Mapping[str, Any]) -> None:
    items = spec["items"]
    columns: Mapping[str, Mapping[str, Any]] = items.get("properties", {})
    needed = set(items.get("required", ()))
    one.columns = [
        (
            name,
            title_of(column, name) + (f"({column['x-unit']})" if column.get("x-unit") else ""),
            name in needed,
        )
        for name, column in columns.items()
    ]
    rows = one.value if isinstance(one.value, list) else []
    most = int(spec.get("maxItems", 0)) or len(rows) + BLANK_ROWS
    count = min(max(len(rows) + BLANK_ROWS, int(spec.get("minItems", 1)) + 1), max(most, len(rows)))
    one.rows = [
        [
            (f"{one.key}-{at}-{name}", str(rows[at].get(name, "")) if at < len(rows) else "", label)
            for name, label, _needed in one.columns
        ]
        for at in range(count)
    ]


def data_of(form: Form, typed: Mapping[str, Any], known: Mapping[str, KnownValue]) -> dict[str, Any]:
    """The values of a form: what was typed, and what is known already in place of it."""
    return read(form.properties, typed) | {name: one.value for name, one in known.items()}


def faults_of(
    form: Form, typed: Mapping[str, Any], data: Mapping[str, Any], standing: Mapping[str, Any]
) -> dict[str, list[str]]:
    """What is wrong with a form: sentences by field; "" for the form as a whole.

    Args:
        standing: the fields of the case; what it knows already need not be given again.
    """
    found = {name: list(said) for name, said in doubtful(form.properties, typed).items()}
    held = {name: standing[name] for name in form.properties if name in standing}
    for fault in form_faults(form, held | dict(data)):
        name = getattr(fault, "field", "")
        if not name or name not in found:
            found.setdefault(name, []).append(sentence_of(fault))
    return found


def sentence_of(fault: Fault) -> str:
    """What is wrong with a field, to stand beside it."""
    _field, _quote, rest = fault.where.partition("”")
    place = f"{rest}:" if rest else ""
    if fault.code == "form.required":
        return f"{place}{fault.found},{fault.expected}。"
    return f"{place}{fault.found}不能用,应为{fault.expected}。"
