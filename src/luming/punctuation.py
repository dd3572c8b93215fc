"""Chinese punctuation for readers: full-width marks beside Chinese, half-width ones inside numbers and Latin text.

Source texts and tables often carry half-width commas and brackets between Chinese characters; what people read should not
(GB/T 15834-2011 on punctuation, from memory). Nothing but the width changes: no mark is added, moved or dropped.
"""

from __future__ import annotations

import re

_WIDE = {",": "\uff0c", ";": "\uff1b", ":": "\uff1a", "!": "\uff01", "?": "\uff1f"}
# Full-width marks do not count as Chinese here, so that a second pass finds nothing left to do.
_CHINESE = re.compile(r"[\u2e80-\u2fff\u3001-\u303f\u3400-\u9fff\uf900-\ufaff“”‘’…—]")
_BRACKETS = "\uff08\uff09"
_ADDRESS = re.compile(r"[A-Z]{1,3}(?:[0-9]|列)")
"""What stands behind the mark in the address of a cell: 进展!E5."""
_MARK = re.compile(r"[,;:!?]")


def full_width(text: str) -> str:
    """Widen the marks , ; : ! ? and ( ) that stand beside or around Chinese.

    >>> full_width("1,300亿元") == "1,300亿元"
    True
    >>> full_width("进展!E5") == "进展!E5"
    True
    >>> [hex(ord(c)) for c in full_width("全年,其中")][2]
    '0xff0c'
    """
    if text.isascii():
        return text
    return _MARK.sub(_widen_mark, _widen_brackets(text))


def full_width_outside_quotes(text: str) -> str:
    """The same, but what stands between “ and ” is shown as it was found.

    >>> full_width_outside_quotes("发现“a,甲”,应为甲") == "发现“a,甲”" + chr(0xFF0C) + "应为甲"
    True
    """
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        kept.append(match[0])
        return "“”"

    return re.sub("“”", lambda _: kept.pop(0), full_width(re.sub("“[^“”]*”", hide, text)))


def _widen_mark(match: re.Match[str]) -> str:
    text, at = match.string, match.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if (before.isdigit() and after.isdigit()) or (match[0] == "!" and _ADDRESS.match(text, at + 1)):
        return match[0]
    return (
        _WIDE[match[0]]
        if any(char in _BRACKETS or _is_chinese(char) for char in (before, after) if char)
        else match[0]
    )


def _is_chinese(char: str) -> bool:
    return _CHINESE.match(char) is not None


def _widen_brackets(text: str) -> str:
    """Widen each pair of round brackets that holds Chinese or follows Chinese."""
    chars, open_at = list(text), list[int]()
    for at, char in enumerate(text):
        if char == "(":
            open_at.append(at)
        elif char == ")" and open_at:
            start = open_at.pop()
            if _is_chinese(text[start - 1 : start]) or _CHINESE.search(text, start, at):
                chars[start], chars[at] = "\uff08", "\uff09"
    return "".join(chars)
