"""The last step before drawing: a paper with clean text, full-width punctuation and numbered headings.

Every renderer calls `typeset` first, so the Word file, the PDF and the page carry the same words. Quotations in
references are cleaned of control characters only; their punctuation stays as the source has it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from luming.punctuation import full_width
from luming.report.model import (
    Block,
    BulletList,
    Callout,
    ChartBlock,
    CodeMark,
    Column,
    Figure,
    Heading,
    Inline,
    Inlines,
    Paper,
    Paragraph,
    Reckoned,
    Ref,
    Row,
    Strong,
    Table,
    Text,
)

# Characters that no office file may hold, and invisible ones that turn the direction of text.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
# Stands for a light or a line break while the words around it are punctuated; Chinese, as the light's words are.
_STOP = "灯"
_WORDED = Text | Strong | Figure | Reckoned
_NEWLINES = re.compile(r"[\t ]*[\r\n\u2028\u2029]+[\t ]*")


def typeset(paper: Paper) -> Paper:
    """The paper as it is printed: cleaned, punctuated, its headings numbered."""
    number = _Numbers()
    return replace(
        paper,
        title=set_text(paper.title),
        issuer=set_text(paper.issuer),
        masthead=set_text(paper.masthead),
        number=set_text(paper.number),
        subtitle=set_text(paper.subtitle),
        recipient=set_text(paper.recipient),
        attachments=tuple(map(set_text, paper.attachments)),
        footer=set_text(paper.footer),
        blocks=tuple(_block(block, number) for block in paper.blocks),
        annex=tuple(_block(block, number) for block in paper.annex),
        refs=tuple(map(_ref, paper.refs)),
    )


def clean(text: str) -> str:
    """Text without control characters; a line end inside Chinese vanishes, elsewhere it becomes a space."""
    joined = _NEWLINES.sub(lambda m: " " if _between_latin(m) else "", text)
    return _UNPRINTABLE.sub("", joined).replace("\t", " ")


def _between_latin(match: re.Match[str]) -> bool:
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return before.isascii() and after.isascii() and bool(before and after)


def set_text(text: str) -> str:
    """Clean text with full-width punctuation."""
    return full_width(clean(text))


def _block(block: Block, number: _Numbers) -> Block:
    if isinstance(block, Heading):
        text = set_text(block.text)
        return replace(block, text=number.next(block.level) + text if block.numbered else text)
    if isinstance(block, Paragraph | Callout):
        return replace(block, inlines=set_inlines(block.inlines))
    if isinstance(block, BulletList):
        return replace(block, items=tuple(map(set_inlines, block.items)))
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, ChartBlock):
        table = _table(block.table) if block.table is not None else None
        return replace(
            block,
            caption=number.chart() + set_text(block.caption),
            summary=set_text(block.summary),
            table=table,
        )
    return block


def _table(table: Table) -> Table:
    return replace(
        table,
        columns=tuple(_column(column) for column in table.columns),
        rows=tuple(Row(tuple(map(set_inlines, row.cells)), row.group) for row in table.rows),
        caption=set_text(table.caption),
        notes=tuple(map(set_text, table.notes)),
    )


def _column(column: Column) -> Column:
    return replace(column, title=set_text(column.title))


def set_inlines(inlines: Inlines) -> Inlines:
    """Inlines with clean text, punctuated as one whole: a bracket may open in one inline and close in another."""
    words = [clean(inline.text) if isinstance(inline, _WORDED | CodeMark) else _STOP for inline in inlines]
    whole = full_width("".join(words))
    made: list[Inline] = []
    at = 0
    for inline, word in zip(inlines, words, strict=True):
        shown = whole[at : at + len(word)]
        at += len(word)
        made.append(replace(inline, text=shown) if isinstance(inline, _WORDED) else inline)
    return tuple(made)


def _ref(ref: Ref) -> Ref:
    return replace(
        ref,
        clause=set_text(ref.clause),
        quote=clean(ref.quote),
        fact=set_text(ref.fact),
        period=set_text(ref.period),
        publisher=set_text(ref.publisher),
        date=set_text(ref.date),
        address=clean(ref.address),
        mark=set_text(ref.mark),
    )


class _Numbers:
    """Counts charts, and headings as official papers number them: 一、 then (一) then 1. then (1)."""

    def __init__(self) -> None:
        self._counts = [0, 0, 0, 0]
        self._charts = 0

    def chart(self) -> str:
        """The number of the next chart."""
        self._charts += 1
        return f"图{self._charts} "

    def next(self, level: int) -> str:
        """The number of the next heading of this level; deeper counts start anew."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (4 - level)
        count = self._counts[level - 1]
        chinese = chinese_number(count)
        return (f"{chinese}、", f"\uff08{chinese}\uff09", f"{count}.", f"\uff08{count}\uff09")[level - 1]


def chinese_number(value: int) -> str:
    """A whole number from 1 to 99 in Chinese, as headings count.

    >>> [chinese_number(n) for n in (1, 10, 12, 20, 21)]
    ['一', '十', '十二', '二十', '二十一']
    """
    digits = "零一二三四五六七八九"
    tens, ones = divmod(value, 10)
    if not 1 <= value <= 99:
        return str(value)
    head = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones else "")
