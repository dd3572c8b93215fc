"""One model of a paper, from which the Word file, the PDF and the page are all drawn.

A paper is a title, blocks, and the references that its figures lead back to. The model knows nothing of fonts or
formats; what a renderer prints beyond it (heading numbers, reference numbers, page numbers) follows from it alone.

A paper on invented data says so: with `demo` set, every page carries 演示数据.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from luming.monitor import Light
from luming.report.codes import Codes

Align = Literal["left", "center", "right"]
SHAPES: Mapping[Light, str] = {Light.GREEN: "●", Light.YELLOW: "▲", Light.RED: "■", Light.GREY: "○"}


# --- inlines ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that carry the weight of a sentence (set in the heading face; no Chinese italics, no false bold)."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its unit, as it is to be read, and the id of the reference that it leads back to.

    `key` is the key of its proof (`luming.report.codes`), here and below; a paper without codes makes nothing of it.
    """

    text: str
    ref: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A figure that was reckoned from others: it has no reference of its own, but may have a proof."""

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class CodeMark:
    """The code of a figure, small and grey, and the place where its chain is shown."""

    code: str
    href: str = ""

    @property
    def text(self) -> str:
        """The code, set off from the figure before it."""
        return f" {self.code}"


@dataclass(frozen=True, slots=True)
class LightChip:
    """A light, shown as shape and word in its colour: never by colour alone."""

    light: Light
    key: str = ""

    @property
    def word(self) -> str:
        """The light in words."""
        return self.light.label

    @property
    def shape(self) -> str:
        """A shape that tells the lights apart in black and white."""
        return SHAPES[self.light]


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line inside a paragraph or cell."""


Inline = Text | Strong | Figure | Reckoned | CodeMark | LightChip | LineBreak
Inlines = tuple[Inline, ...]


# --- blocks ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4, numbered 一、 (一) 1. (1) unless told otherwise."""

    text: str
    level: int = 1
    numbered: bool = True

    def __post_init__(self) -> None:
        if not 1 <= self.level <= 4:
            raise ValueError(f"a heading has a level from 1 to 4, not {self.level}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text, indented by two characters unless `indent` is off."""

    inlines: Inlines
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, how its cells are set, and its share of the width."""

    title: str
    align: Align = "left"
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells. A `group` row has one cell, set across the table as a sub-heading."""

    cells: tuple[Inlines, ...]
    group: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. Its head is repeated on every page that it reaches."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, 1):
            wanted = 1 if row.group else len(self.columns)
            if len(row.cells) != wanted:
                raise ValueError(f"row {number} of “{self.caption}” has {len(row.cells)} cells, not {wanted}")


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart (a Vega-Lite specification), one sentence that says what it shows, and the figures behind it."""

    spec: Mapping[str, Any]
    caption: str
    summary: str
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Callout:
    """Something set apart: a `note` or a `warning`."""

    inlines: Inlines
    kind: Literal["note", "warning"] = "note"


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list, numbered or not."""

    items: tuple[Inlines, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Table | ChartBlock | Callout | BulletList | PageBreak


# --- paper -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ref:
    """What a figure rests on: the clause that asks for it, or the fact and its source.

    `quote` is given as the source has it and is never re-set; `mark` is the words of `luming.mark.Mark`.
    """

    id: str
    clause: str = ""
    quote: str = ""
    fact: str = ""
    period: str = ""
    publisher: str = ""
    date: str = ""
    address: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of an office.

    Attributes:
        title: the title, without book-title marks.
        issuer: who signs; stands in the signature block.
        date: the date of the paper; the only date that its files carry.
        masthead: the large red line over a bulletin (such as 工作通报); empty for a letter.
        number: 文号 or issue number; a draft has none.
        subtitle: period or standing, under the title.
        recipient: 主送, without the colon.
        demo: made on invented data; every page says so.
        draft: not yet issued by anybody; the first page says 草拟稿.
        annex: what stands behind the signature, on a new page.
        refs: the references; those that no figure cites are not printed.
        footer: a line under the signature (such as the version of rules and facts).
        single_page: set tightly, for papers that must not pass one page.
        codes: the codes of its figures; those that it prints are listed at its end.
    """

    title: str
    issuer: str
    date: dt.date
    blocks: tuple[Block, ...]
    masthead: str = ""
    number: str = ""
    subtitle: str = ""
    recipient: str = ""
    demo: bool = False
    draft: bool = False
    attachments: tuple[str, ...] = ()
    annex: tuple[Block, ...] = ()
    refs: tuple[Ref, ...] = ()
    footer: str = ""
    single_page: bool = False
    codes: Codes = field(default_factory=Codes)

    def __post_init__(self) -> None:
        ids = [ref.id for ref in self.refs]
        if len(set(ids)) != len(ids):
            raise ValueError("two references share an id")
        missing = sorted(
            {figure.ref for figure in figures((*self.blocks, *self.annex)) if figure.ref} - set(ids)
        )
        if missing:
            raise ValueError(f"figures cite references that the paper does not have: {missing[:5]}")


@dataclass(frozen=True, slots=True)
class Numbered:
    """The references of a paper in the order in which its figures cite them, numbered from 1; and its codes."""

    refs: tuple[Ref, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    codes: Codes = field(default_factory=Codes)


def number_references(paper: Paper) -> Numbered:
    """Number the references by first citation; the uncited are left out."""
    numbers: dict[str, int] = {}
    for figure in figures((*paper.blocks, *paper.annex)):
        if figure.ref:
            numbers.setdefault(figure.ref, len(numbers) + 1)
    by_id = {ref.id: ref for ref in paper.refs}
    return Numbered(tuple(by_id[id] for id in numbers), numbers, paper.codes)


def figures(blocks: Sequence[Block]) -> Iterator[Figure]:
    """All figures of the blocks, in reading order."""
    for inlines in inlines_of(blocks):
        yield from (inline for inline in inlines if isinstance(inline, Figure))


def inlines_of(blocks: Sequence[Block]) -> Iterator[Inlines]:
    """All runs of inlines of the blocks, in reading order."""
    for block in blocks:
        yield from _inlines(block)


def keys_in(inlines: Inlines) -> Iterator[str]:
    """The keys of the proofs of the figures and lights among inlines."""
    for inline in inlines:
        if isinstance(inline, Figure | Reckoned | LightChip) and inline.key:
            yield inline.key


def _inlines(block: Block) -> Iterator[Inlines]:
    if isinstance(block, Paragraph | Callout):
        yield block.inlines
    elif isinstance(block, BulletList):
        yield from block.items
    elif isinstance(block, Table):
        for row in block.rows:
            yield from row.cells
    elif isinstance(block, ChartBlock) and block.table is not None:
        yield from _inlines(block.table)


def plain(inlines: Inlines) -> str:
    """The words of inlines without any dress, as a chat or a test reads them."""
    words = []
    for inline in inlines:
        if isinstance(inline, LightChip):
            words.append(inline.word)
        elif isinstance(inline, LineBreak):
            words.append("\n")
        else:
            words.append(inline.text)
    return "".join(words)
