"""One record as its page shows it: every column that the reader may read, with words for what is not filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luming.punctuation import full_width
from luming_portal.accounts.rights import visible
from luming_portal.indicators.models import Fact
from luming_portal.registers.column import Column
from luming_portal.registers.register import Register
from luming_portal.registers.table import cell_html

_ASIDE = frozenset({"source", "source_key", "mark", "published", "steward", "demo", "key", "source_mark"})
MOST_FACTS = 15


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of the record: label, content as HTML, and the value itself."""

    column: Column
    label: str
    html: SafeString
    value: Any


def shown_columns(register: Register, user: Any, record: Any) -> list[Shown]:
    """The columns that the user may read, in order."""
    return [_shown(column, read(record, column)) for column in register.columns_for(user)]


def is_aside(shown: Shown) -> bool:
    """Whether a column tells how the record is kept, not what it says."""
    return shown.column.key in _ASIDE


def read(record: Any, column: Column) -> Any:
    """The value of a column of a record."""
    value = record
    for part in column.read.split("__"):
        value = getattr(value, part, None)
        if value is None:
            return None
    return value


def _shown(column: Column, value: Any) -> Shown:
    label = (
        full_width(_("%(label)s(%(unit)s)") % {"label": column.label, "unit": column.unit})
        if column.unit
        else str(column.label)
    )
    return Shown(column, label, mark_safe(cell_html(column, value)), value)


def facts_about(user: Any, name: str) -> list[Fact]:
    """The latest figures whose subject is the record, as far as the user may see them."""
    found = visible(user, Fact.objects.filter(subject=name, superseded=False))
    return list(found.select_related("indicator", "source")[:MOST_FACTS])
