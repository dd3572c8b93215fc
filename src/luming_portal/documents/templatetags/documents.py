"""Filters of the pages of documents."""

from __future__ import annotations

from decimal import Decimal

from django import template

from luming.desk import level as in_figures
from luming.desk import said as in_words
from luming.mark import Mark
from luming.pack import Commitment
from luming.punctuation import full_width, full_width_outside_quotes
from luming_portal.language import holds_chinese

register = template.Library()


@register.filter
def wide(text: object) -> str:
    """A sentence of the library with the punctuation that readers expect; quotes stay as they were found."""
    return full_width_outside_quotes(str(text)) if holds_chinese(text) else str(text)


@register.filter
def wide_all(text: object) -> str:
    """A sentence of the library that quotes nothing."""
    return full_width(str(text))


@register.filter
def plain(value: Decimal | str | None) -> str:
    """A number as it is typed; nothing for none."""
    return format(value, "f") if isinstance(value, Decimal) else ""


@register.filter
def mark_label(mark: Mark) -> str:
    """What a mark is called."""
    return mark.label


@register.filter
def said(item: Commitment | str | None) -> str:
    """A commitment in a few words; a dash for none."""
    return in_words(item) if isinstance(item, Commitment) else "—"


@register.filter
def level(item: Commitment | str | None) -> str:
    """What a commitment asks for, without its name; a dash for none."""
    return in_figures(item) if isinstance(item, Commitment) else "—"
