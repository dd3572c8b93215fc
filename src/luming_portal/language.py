"""Content in Chinese inside pages of another language, marked so that screen readers and browsers know."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3001-\u3003\u3008-\u3011\uff01-\uff60]")


def reads_chinese() -> bool:
    """Whether the page being made is in Chinese."""
    return (get_language() or "zh").startswith("zh")


def in_every_language(text: object) -> set[str]:
    """A translatable text as the code and each language of the site write it: a sheet may come from any reader."""
    found = set()
    for code in (None, *(code for code, _ in settings.LANGUAGES)):
        with override(code):
            found.add(str(text))
    return found


def holds_chinese(text: object) -> bool:
    """Whether a text has Chinese characters or marks in it."""
    return _CHINESE.search(str(text)) is not None


def chinese(content: Any) -> SafeString:
    """Content as HTML, escaped where it is not yet; marked where it is Chinese and the page is not."""
    html = conditional_escape(content)
    if reads_chinese() or not holds_chinese(html):
        return html
    return mark_safe(f'<span lang="zh-CN">{html}</span>')
