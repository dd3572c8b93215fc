"""A template filled with values: same template and values, same bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from typing import Any

import docx
from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError
from lxml import etree

from luming.errors import LumingError
from luming.paperwork.demo_head import put_demo_head
from luming.paperwork.kind import PaperKind
from luming.paperwork.placeholder import Value, placeholders_of
from luming.paperwork.sandbox import Environment, strange_nodes
from luming.report import normalise, set_text

_DASH = "——"
_FIXED = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - office files hold times without zone


class MissingValues(LumingError):
    """Values that a paper needs are not known; `names` are those of the placeholders."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        super().__init__(f"缺少制作文书所需的内容:{'、'.join(names)}。没有制作。")


class TemplateBroken(LumingError):
    """A template that was let through cannot be filled after all."""


class _Unknown(str):
    """Stands where nothing is known: shown as a dash, and false where a template asks `if`."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


def missing_values(kind: PaperKind, values: Mapping[str, Value], used: tuple[str, ...]) -> tuple[str, ...]:
    """The placeholders that a template names, that may not be left open and that are not known."""
    known = placeholders_of(kind)
    return tuple(name for name in used if not values.get(name) and not known[name].optional)


def fill(
    template: bytes,
    kind: PaperKind,
    values: Mapping[str, Value],
    *,
    used: tuple[str, ...],
    demo: bool = False,
) -> bytes:
    """The paper as a .docx file.

    Args:
        used: the placeholders that the template names (Checked.used).
        demo: made on invented data; every page says so.

    Raises:
        MissingValues: something the template names is not known and may not be left open.
        TemplateBroken: the template was not checked.
    """
    known = placeholders_of(kind)
    missing = missing_values(kind, values, used)
    if missing:
        raise MissingValues(missing)
    given: dict[str, Value] = {}
    for name, one in known.items():
        found = values.get(name)
        given[name] = found or (() if one.is_list else _Unknown(_DASH))
    return fill_checked(template, given, demo=demo)


def fill_checked(template: bytes, values: Mapping[str, Value], *, demo: bool = False) -> bytes:
    """The same with values that are complete.

    Raises:
        TemplateBroken: it cannot be filled, or says more than a template may.
    """
    document = _Template(io.BytesIO(template))
    try:
        document.render(_cleaned(values), Environment(), autoescape=True)
        made = io.BytesIO()
        document.save(made)
        out = io.BytesIO()
        _finished(made, demo=demo).save(out)
    except (
        TemplateError,
        etree.XMLSyntaxError,
        KeyError,
        ValueError,
        TypeError,
        zipfile.BadZipFile,
    ) as problem:
        raise TemplateBroken(f"填写时出错({type(problem).__name__})") from problem
    return normalise(out.getvalue())


def _finished(made: io.BytesIO, *, demo: bool) -> Any:
    """The filled document without clock and machine, and marked where it rests on invented data."""
    document = docx.Document(made)
    if demo:
        put_demo_head(document)
    core = document.core_properties
    core.created = core.modified = _FIXED
    core.last_modified_by, core.revision = "", 1
    return document


class _Template(DocxTemplate):  # type: ignore[misc]  # the library has no types
    """Fills parts as docxtpl does, after a look at what each part says once it is put together."""

    def render_xml_part(self, src_xml: str, part: Any, context: Any, jinja_env: Any = None) -> str:
        """One part filled.

        Raises:
            TemplateBroken: it says what no template may.
        """
        strange = strange_nodes(src_xml)
        if strange:
            raise TemplateBroken(f"含有不允许的写法({'、'.join(strange)})")
        filled = str(super().render_xml_part(src_xml, part, context, jinja_env))
        etree.fromstring(filled.encode())  # the library itself would mend what is broken, and lose words
        return filled

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:
        """The properties of the file are not filled: nobody sees them on paper."""


def _cleaned(values: Mapping[str, Value]) -> dict[str, Any]:
    cleaned: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, str):
            cleaned[name] = value if isinstance(value, _Unknown) else _text(value)
        else:
            cleaned[name] = tuple({key: _text(text) for key, text in row.items()} for row in value)
    return cleaned


def _text(value: str) -> str:
    """Printable, full-width marks, and nothing in it that docxtpl takes for a sign of its own ({_{ and the like)."""
    lines = [set_text(line) for line in value.splitlines()]
    return "\n".join(line.replace("{_", "{ _").replace("_}", "_ }").replace("%_", "% _") for line in lines)
