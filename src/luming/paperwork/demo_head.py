"""演示数据 over every page of a paper that was made on invented data, whatever its template has there."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt, RGBColor

from luming.report import DEMO_LINE

_RED = "C8102E"


def put_demo_head(document: Any) -> None:
    """Put the line into all headers of all sections."""
    for section in document.sections:
        heads = [section.header]
        if section.different_first_page_header_footer:
            heads.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            heads.append(section.even_page_header)
        for head in heads:
            if section is not document.sections[0] and head.is_linked_to_previous:
                continue
            first = head.paragraphs[0]
            line = first.insert_paragraph_before() if first.text else first
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run = line.add_run(DEMO_LINE)
            run.font.size, run.font.color.rgb = Pt(10.5), RGBColor.from_string(_RED)
