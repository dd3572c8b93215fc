"""A source as a reader sees it."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from luming_portal.language import chinese


def source_html(source: Any) -> SafeString:
    """Publisher, title and date; a link only where it leads to the publisher's own page, never to a mirror."""
    if source is None:
        return mark_safe("")
    words = " ".join(part for part in (source.publisher, source.title, source.date) if part)
    if source.link:
        return format_html(
            '<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>', source.link, chinese(words)
        )
    return chinese(words)
