"""Marks the words of a question in a text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_LONGEST = 160


@register.filter
def marked(text: str, words: Sequence[str]) -> SafeString:
    """The text with the words marked; a long text is cut around the first of them."""
    if not words or not text:
        return mark_safe(escape(text[:_LONGEST]))
    pattern = re.compile("|".join(re.escape(word) for word in words), re.IGNORECASE)
    first = pattern.search(text)
    start = max(0, (first.start() if first else 0) - 40)
    piece = text[start : start + _LONGEST]
    out, at = [], 0
    for found in pattern.finditer(piece):
        out += [escape(piece[at : found.start()]), "<mark>", escape(found.group()), "</mark>"]
        at = found.end()
    out.append(escape(piece[at:]))
    cut = ("…" if start else "") + "".join(out) + ("…" if start + _LONGEST < len(text) else "")
    return mark_safe(cut)
