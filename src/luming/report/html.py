"""A paper as one HTML page: styles and charts inside it, no script, nothing fetched.

It reads at 360 pixels (tables turn into cards) and prints on A4. Headings form one tree, table heads carry their
scope, charts carry their summary, and each reference number leads to its row and back.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from importlib.resources import files

from luming.report import qr
from luming.report.chart import svg
from luming.report.code_table import Printed, printed_codes
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
    LightChip,
    LineBreak,
    Numbered,
    Paper,
    Paragraph,
    Reckoned,
    Row,
    Strong,
    Table,
    number_references,
)
from luming.report.references import reference_table
from luming.report.typeset import typeset
from luming.report.width import TITLE_EM, balanced_lines
from luming.report.wording import DEMO_LINE, DRAFT_WORD, attachments_line, chinese_date

_SVG_SIZE = re.compile(r'(<svg\b[^>]*?) width="([0-9.]+)" height="[0-9.]+"')


def render(paper: Paper) -> str:
    """The paper as a complete HTML document."""
    paper = typeset(paper)
    numbered = number_references(paper)
    seen: set[int] = set()
    body = [_head(paper), *(_block(block, numbered, seen) for block in paper.blocks), _tail(paper)]
    body += [_block(block, numbered, seen) for block in paper.annex]
    if numbered.refs:
        body.append(_references(numbered))
    if (printed := printed_codes(paper)) is not None:
        body.append(_codes(printed, numbered))
    demo = f'<p class="demo" role="note">{escape(DEMO_LINE)}</p>\n' if paper.demo else ""
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(paper.title)}</title>\n<style>\n{_styles()}</style>\n</head>\n<body>\n"
        f"{demo}<main>\n" + "\n".join(filter(None, body)) + "\n</main>\n</body>\n</html>\n"
    )


@lru_cache(maxsize=1)
def _styles() -> str:
    return files("luming.report").joinpath("paper.css").read_text(encoding="utf-8")


def _p(kind: str, text: str) -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if text else ""


def _head(paper: Paper) -> str:
    parts = [_p("draft", DRAFT_WORD if paper.draft else "")]
    if paper.masthead:
        imprint = f"<p>{escape(paper.issuer)}</p><p>{chinese_date(paper.date)}</p>"
        parts += [
            _p("masthead", paper.masthead),
            _p("number", paper.number),
            f'<div class="imprint">{imprint}</div>',
        ]
    else:
        parts.append(_p("number", paper.number))
    lines = "".join(f"<span>{escape(line)}</span>" for line in balanced_lines(paper.title, TITLE_EM))
    parts += [f"<h1>{lines}</h1>", _p("subtitle", paper.subtitle)]
    parts.append(_p("recipient", f"{paper.recipient}\uff1a" if paper.recipient else ""))
    return "\n".join(filter(None, parts))


def _tail(paper: Paper) -> str:
    parts = [_p("indent", attachments_line(paper.attachments))]
    if not paper.masthead:
        parts.append(
            f'<div class="signature"><p>{escape(paper.issuer)}</p><p>{chinese_date(paper.date)}</p></div>'
        )
    parts.append(_p("footer", paper.footer))
    return "\n".join(filter(None, parts))


def _block(block: Block, numbered: Numbered, seen: set[int]) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
    if isinstance(block, Paragraph):
        kind = ' class="indent"' if block.indent else ""
        return f"<p{kind}>{_inlines(block.inlines, numbered, seen)}</p>"
    if isinstance(block, Callout):
        words = _inlines(block.inlines, numbered, seen)
        return f'<div class="callout {block.kind}" role="note"><p>{words}</p></div>'
    if isinstance(block, BulletList):
        tag = "ol" if block.numbered else "ul"
        items = "".join(f"<li>{_inlines(item, numbered, seen)}</li>" for item in block.items)
        return f'<{tag} class="plain">{items}</{tag}>'
    if isinstance(block, Table):
        return _table(block, numbered, seen)
    if isinstance(block, ChartBlock):
        return _chart(block, numbered, seen)
    return ""


def _chart(block: ChartBlock, numbered: Numbered, seen: set[int]) -> str:
    picture = _SVG_SIZE.sub(_fluid, svg(block.spec), count=1)
    label = escape(f"{block.caption}。{block.summary}")
    picture = picture.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
    caption = f"<figcaption>{escape(block.caption)}<p>{escape(block.summary)}</p></figcaption>"
    table = _table(block.table, numbered, seen) if block.table is not None else ""
    return f'<figure><div class="picture">{picture}</div>{caption}</figure>{table}'


def _fluid(match: re.Match[str]) -> str:
    """A picture no wider than drawn, and never so narrow that its words cannot be read."""
    width = float(match[2])
    return f'{match[1]} style="max-width:{width * 1.25:.0f}px;min-width:{width * 0.62:.0f}px"'


def _table(table: Table, numbered: Numbered, seen: set[int], *, anchored: bool = False) -> str:
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    heads = "".join(f'<th scope="col">{escape(column.title)}</th>' for column in table.columns)
    rows = [
        _row(row, table.columns, numbered, seen, number if anchored else 0)
        for number, row in enumerate(table.rows, 1)
    ]
    notes = "".join(f"<p>{escape(note)}</p>" for note in table.notes)
    notes = f'<div class="notes">{notes}</div>' if notes else ""
    body = "\n".join(rows)
    return (
        f'<div class="table"><table class="cards">{caption}<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{body}\n</tbody></table></div>{notes}"
    )


def _row(row: Row, columns: tuple[Column, ...], numbered: Numbered, seen: set[int], anchor: int) -> str:
    if row.group:
        words = _inlines(row.cells[0], numbered, seen)
        return f'<tr class="group"><th scope="rowgroup" colspan="{len(columns)}">{words}</th></tr>'
    cells = []
    for column, cell in zip(columns, row.cells, strict=True):
        words = _inlines(cell, numbered, seen)
        cells.append(
            f'<td class="{column.align}" data-head="{escape(column.title)}"><span>{words}</span></td>'
        )
    if anchor:
        cells[0] = cells[0].replace(
            f"[{anchor}]", f'<a href="#cite-{anchor}" aria-label="回到正文">[{anchor}]</a>'
        )
    mark = f' id="ref-{anchor}"' if anchor else ""
    return f"<tr{mark}>{''.join(cells)}</tr>"


def _references(numbered: Numbered) -> str:
    return _table(reference_table(numbered.refs), numbered, set(), anchored=True)


def _codes(printed: Printed, numbered: Numbered) -> str:
    """The table of codes, and the sign of one figure."""
    sign = (
        f'<div class="sign" role="img" aria-label="{escape(printed.sign_note)}">{qr.svg(printed.sign)}</div>'
    )
    words = f"<p>{escape(printed.sign_note)}</p>"
    return f'<section class="codes">{_table(printed.table, numbered, set())}<div class="scan">{sign}{words}</div></section>'


def _inlines(inlines: Inlines, numbered: Numbered, seen: set[int]) -> str:
    return "".join(_inline(inline, numbered, seen) for inline in inlines)


def _inline(inline: Inline, numbered: Numbered, seen: set[int]) -> str:
    if isinstance(inline, LineBreak):
        return "<br>"
    if isinstance(inline, LightChip):
        shape = f'<span aria-hidden="true">{inline.shape}</span>'
        chip = f'<span class="chip {inline.light.value}">{shape}{inline.word}</span>'
        return _proved(chip, inline.key, numbered)
    if isinstance(inline, Strong):
        return f"<strong>{escape(inline.text)}</strong>"
    if isinstance(inline, CodeMark):
        code = f"<code>{escape(inline.text.strip())}</code>"
        return f' <a class="code" href="{escape(inline.href)}">{code}</a>' if inline.href else f" {code}"
    words = escape(inline.text)
    if isinstance(inline, Figure | Reckoned):
        words = _proved(words, inline.key, numbered)
    if isinstance(inline, Figure) and inline.ref:
        return words + _cite(numbered.numbers[inline.ref], seen)
    return words


def _proved(words: str, key: str, numbered: Numbered) -> str:
    """Words that lead to the chain of their figure, where it has a code."""
    coded = numbered.codes.get(key)
    if coded is None:
        return words
    return f'<a class="proved" href="{escape(coded.href)}" title="核验码 {coded.code}">{words}</a>'


def _cite(number: int, seen: set[int]) -> str:
    """The bracketed number; the first citation is where the reference leads back to."""
    mark = "" if number in seen else f' id="cite-{number}"'
    seen.add(number)
    return f'<sup><a{mark} href="#ref-{number}" aria-label="依据与来源第{number}条">[{number}]</a></sup>'
