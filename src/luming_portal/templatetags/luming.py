"""Tags that every template may use: icons, lights, marks, rights."""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from luming.mark import Mark
from luming.monitor import Light
from luming.punctuation import full_width_outside_quotes
from luming_portal.accounts.rights import Action, decide
from luming_portal.language import chinese, holds_chinese
from luming_portal.library_words import word as word_of_the_library

register = template.Library()

_SHAPES = {"green": "●", "yellow": "▲", "red": "■", "grey": "○"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; decoration unless a label is given."""
    address = f"{static('vendor/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.simple_tag
def light(value: str) -> SafeString:
    """A light as shape and word, so that nothing hangs on the colour."""
    return format_html(
        '<span class="light light-{}"><span aria-hidden="true">{}</span>{}</span>',
        value,
        _SHAPES[value],
        word_of_the_library(Light(value).label),
    )


@register.simple_tag
def mark(value: str) -> SafeString:
    """How far something can be trusted, in words."""
    found = Mark(value)
    return format_html('<span class="mark mark-{}">{}</span>', found.value, word_of_the_library(found.label))


@register.simple_tag(takes_context=True)
def may(context: Any, action: str, noun: str, item: Any = None) -> bool:
    """Whether the user may do something: {% may "change" "enterprise" item as can_change %}."""
    return bool(decide(context["request"].user, Action(action), noun, item))


@register.filter
def wide(text: str) -> str:
    """A sentence of the library as a reader should see it: full-width marks beside Chinese, quotes as they were found."""
    return full_width_outside_quotes(str(text)) if holds_chinese(text) else str(text)


@register.filter
def word(value: Any) -> str:
    """A word of the library (kind, state, mechanism) in the reader's language."""
    return word_of_the_library(str(value))


@register.filter
def zh(value: Any) -> SafeString:
    """Content that is Chinese whatever the language of the page, marked as such: {{ record.name|zh }}."""
    return chinese(value)


@register.filter
def lookup(values: Any, key: Any) -> Any:
    """The value under a key, or nothing."""
    return values.get(key, "")
