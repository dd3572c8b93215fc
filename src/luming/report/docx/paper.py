"""A paper as a Word file, in the layout of official documents after GB/T 9704-2012 (see face.py, page.py).

The head (red masthead with number, issuer and date over a red line, or the bare title), the blocks, the signature
with the date to the right, and the references that the bracketed numbers lead to. Same paper, same bytes.
"""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Word

from luming.report import qr
from luming.report.chart import png
from luming.report.code_table import printed_codes
from luming.report.docx.face import (
    BODY,
    HEAD,
    OFFICIAL,
    PLAIN,
    RED,
    SECOND,
    SOFT,
    TIGHT,
    TITLE,
    Sizes,
    font_table,
)
from luming.report.docx.markup import bookmark, set_borders, shade
from luming.report.docx.page import (
    set_foot,
    set_page,
    set_properties,
    set_running_head,
    set_styles,
)
from luming.report.docx.sign import add_sign
from luming.report.docx.table import add_table
from luming.report.docx.words import bookmark_name, write, write_text
from luming.report.model import (
    Block,
    BulletList,
    Callout,
    ChartBlock,
    Heading,
    Inlines,
    Numbered,
    Paper,
    Paragraph,
    Table,
    number_references,
)
from luming.report.packaging import normalise
from luming.report.references import reference_line, reference_table
from luming.report.typeset import typeset
from luming.report.width import TITLE_EM, balanced_lines, imprint_size, width_em
from luming.report.wording import DRAFT_WORD, attachments_line, chinese_date

_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Luming</Application></Properties>"
)


def render(paper: Paper) -> bytes:
    """The paper as a .docx file."""
    paper = typeset(paper)
    numbered = number_references(paper)
    writer = _Writer(docx.Document(), TIGHT if paper.single_page else OFFICIAL, numbered)
    writer.write(paper)
    out = io.BytesIO()
    writer.document.save(out)
    return normalise(out.getvalue(), {"word/fontTable.xml": font_table(), "docProps/app.xml": _APP})


class _Writer:
    """Writes one paper into one Word document, from head to references."""

    def __init__(self, document: Any, sizes: Sizes, numbered: Numbered) -> None:
        self.document = document
        self._sizes = sizes
        self._numbered = numbered

    def write(self, paper: Paper) -> None:
        """Write everything."""
        set_page(self.document, self._sizes)
        set_styles(self.document, self._sizes)
        set_running_head(self.document, paper.demo)
        if not paper.single_page:
            set_foot(self.document, paper.footer, self._sizes.table - 2)
        set_properties(self.document, paper)
        self._head(paper)
        for block in paper.blocks:
            self._block(block)
        self._hold_to_next()
        self._tail(paper)
        self._annex(paper)
        self._references(paper)
        self._codes(paper)

    # --- head ---

    def _head(self, paper: Paper) -> None:
        if paper.draft:
            self._line(DRAFT_WORD, HEAD, 12, WD_ALIGN_PARAGRAPH.RIGHT, colour=SOFT)
        if paper.masthead:
            self._masthead(paper)
        elif paper.number:
            self._line(paper.number, BODY, self._sizes.body, WD_ALIGN_PARAGRAPH.CENTER)
        size = self._sizes.title
        before = 6 if paper.single_page else 22
        title = self._line(
            "\n".join(balanced_lines(paper.title, TITLE_EM)),
            TITLE,
            size,
            WD_ALIGN_PARAGRAPH.CENTER,
            before=before,
            after=4,
        )
        title.paragraph_format.line_spacing = Pt(size * 1.5)
        if paper.subtitle:
            self._line(paper.subtitle, SECOND, self._sizes.body, WD_ALIGN_PARAGRAPH.CENTER, after=6)
        if paper.recipient:
            self._line(
                paper.recipient + "\uff1a", BODY, self._sizes.body, before=0 if paper.single_page else 12
            )

    def _masthead(self, paper: Paper) -> None:
        size = self._sizes.masthead
        head = self._line(paper.masthead, TITLE, size, WD_ALIGN_PARAGRAPH.CENTER, colour=RED, after=6)
        head.paragraph_format.line_spacing = Pt(size * 1.3)
        if paper.number:
            self._line(paper.number, BODY, self._sizes.body, WD_ALIGN_PARAGRAPH.CENTER)
        date = chinese_date(paper.date)
        size, together = imprint_size(paper.issuer, date, self._sizes.body, Mm(self._sizes.width_mm).pt)
        if together:
            line = self._line(f"{paper.issuer}\t{date}", BODY, size)
            line.paragraph_format.tab_stops.add_tab_stop(Mm(self._sizes.width_mm), WD_TAB_ALIGNMENT.RIGHT)
        else:
            self._line(paper.issuer, BODY, size)
            line = self._line(date, BODY, self._sizes.body, WD_ALIGN_PARAGRAPH.RIGHT)
        set_borders(line._p.get_or_add_pPr(), "w:pBdr", bottom=(14, RED))

    # --- blocks ---

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self.document.add_heading(block.text, block.level)
        elif isinstance(block, Paragraph):
            self._paragraph(block.inlines, indent=block.indent)
        elif isinstance(block, Table):
            add_table(self.document, block, self._sizes, self._numbered)
        elif isinstance(block, ChartBlock):
            self._chart(block)
        elif isinstance(block, Callout):
            self._callout(block)
        elif isinstance(block, BulletList):
            self._list(block)
        else:
            self._new_page()

    def _paragraph(self, inlines: Inlines, *, indent: bool) -> Any:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(2 * self._sizes.body)
        write(paragraph, inlines, BODY, self._sizes.body, self._numbered)
        return paragraph

    def _list(self, block: BulletList) -> None:
        size = self._sizes.body
        for number, item in enumerate(block.items, 1):
            paragraph = self.document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            layout = paragraph.paragraph_format
            layout.left_indent, layout.first_line_indent = Pt(3 * size), Pt(-size)
            layout.tab_stops.add_tab_stop(Pt(3 * size))
            write_text(paragraph, f"{number}.\t" if block.numbered else "·\t", BODY, size)
            write(paragraph, item, BODY, size, self._numbered)

    def _callout(self, block: Callout) -> None:
        colour, ground = ("B3261E", "FBEEED") if block.kind == "warning" else ("1F4E8C", "EEF3F9")
        size = self._sizes.body - (2 if self._sizes.body > 12 else 1)
        paragraph = self.document.add_paragraph()
        layout = paragraph.paragraph_format
        layout.left_indent = layout.right_indent = Pt(8)
        layout.space_before = layout.space_after = Pt(6)
        layout.line_spacing = Pt(size * 1.6)
        layout.keep_together = True
        properties = paragraph._p.get_or_add_pPr()
        set_borders(properties, "w:pBdr", left=(24, colour))
        shade(properties, ground)
        write(paragraph, block.inlines, BODY, size, self._numbered)

    def _chart(self, block: ChartBlock) -> None:
        picture = self.document.add_paragraph()
        picture.alignment = WD_ALIGN_PARAGRAPH.CENTER
        picture.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        picture.paragraph_format.keep_with_next = True
        width = Mm(self._sizes.width_mm * self._sizes.chart)
        shape = picture.add_run().add_picture(io.BytesIO(png(block.spec)), width=width)
        shape._inline.docPr.set("descr", block.summary)
        caption = self._line(block.caption, HEAD, self._sizes.table + 1, WD_ALIGN_PARAGRAPH.CENTER)
        caption.paragraph_format.line_spacing = Pt(self._sizes.table * 1.6)
        if self._sizes is not TIGHT:
            caption.paragraph_format.keep_with_next = True
            summary = self._line(block.summary, PLAIN, self._sizes.table, WD_ALIGN_PARAGRAPH.CENTER, after=8)
            summary.paragraph_format.line_spacing = Pt(self._sizes.table * 1.6)
        if block.table is not None:
            add_table(self.document, block.table, self._sizes, self._numbered)

    # --- tail ---

    def _hold_to_next(self) -> None:
        """The last words before the signature go with it, so that it never stands alone on a page."""
        last = self.document.element.body.findall(qn("w:p"))[-2:]
        for element in last:
            layout = Word(element, self.document).paragraph_format
            layout.keep_with_next = layout.keep_together = True

    def _tail(self, paper: Paper) -> None:
        size = self._sizes.body
        if paper.attachments:
            line = self._line(attachments_line(paper.attachments), BODY, size, before=size)
            line.paragraph_format.keep_with_next = not paper.masthead
            line.paragraph_format.left_indent = Pt(2 * size)
        if not paper.masthead:
            self._signature(paper.issuer, chinese_date(paper.date), tight=paper.single_page)
        if paper.footer and paper.single_page:
            line = self._line(paper.footer, PLAIN, self._sizes.table - 1, before=10, colour=SOFT)
            line.paragraph_format.line_spacing = Pt(self._sizes.table * 1.4)
            set_borders(line._p.get_or_add_pPr(), "w:pBdr", top=(4, "999999"))

    def _signature(self, issuer: str, date: str, *, tight: bool) -> None:
        """Issuer over date, centred on each other; the shorter of the two stands four or two characters in."""
        size = self._sizes.body
        first, second = width_em(issuer), width_em(date)
        margin = 4.0 if first <= second else 2.0
        indents = (margin + max(0.0, second - first) / 2, margin + max(0.0, first - second) / 2)
        for at, (words, indent) in enumerate(zip((issuer, date), indents, strict=True)):
            before = (6 if tight else self._sizes.pitch) if at == 0 else 0
            line = self._line(words, BODY, size, WD_ALIGN_PARAGRAPH.RIGHT, before=before)
            line.paragraph_format.right_indent = Pt(indent * size)
            line.paragraph_format.keep_with_next = at == 0

    def _references(self, paper: Paper) -> None:
        if not self._numbered.refs:
            return
        if not paper.single_page:
            self._new_page()
            add_table(
                self.document,
                reference_table(self._numbered.refs),
                self._sizes,
                self._numbered,
                anchored=True,
            )
            return
        for number, ref in enumerate(self._numbered.refs, 1):
            line = self._line(reference_line(number, ref), PLAIN, 9, colour=SOFT)
            line.paragraph_format.line_spacing = Pt(12.5)
            bookmark(line, bookmark_name(number), number)

    def _codes(self, paper: Paper) -> None:
        """The codes and the sign of one figure: a table, or running lines beside the sign on a tight page."""
        printed = printed_codes(paper)
        if printed is None:
            return
        tight = paper.single_page
        if not tight:
            add_table(self.document, printed.table, self._sizes, self._numbered)
        sign_mm, size = (25.0, 8.0) if tight else (32.0, 10.5)
        add_sign(
            self.document,
            qr.png(printed.sign),
            printed.sign_note,
            printed.line if tight else (),
            Mm(sign_mm),
            Mm(self._sizes.width_mm),
            size,
        )

    def _annex(self, paper: Paper) -> None:
        if paper.annex:
            self._new_page()
            for block in paper.annex:
                self._block(block)

    def _new_page(self) -> None:
        """What follows begins on a new page; the paragraph that carries the break is too small to be seen."""
        paragraph = self._line("", PLAIN, 1)
        paragraph.paragraph_format.line_spacing = Pt(1)
        paragraph.paragraph_format.page_break_before = True

    def _line(
        self,
        text: str,
        face: str,
        size: float,
        side: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
        *,
        before: float = 0,
        after: float = 0,
        colour: str = "",
    ) -> Any:
        """A paragraph of one run."""
        paragraph = self.document.add_paragraph()
        paragraph.alignment = side
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = (
            Pt(before),
            Pt(after),
        )
        write_text(paragraph, text, face, size, colour)
        return paragraph
