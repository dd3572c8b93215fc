"""From the portal's figures and the tables handed in to the report: what `luming evaluate` does with files."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luming.errors import Fault, FaultyInput
from luming.evaluation import (
    CONSEQUENCE,
    TABLES,
    Evaluation,
    Material,
    Span,
    demo_material,
    evaluate,
)
from luming.pack import Pack
from luming.report import compose_evaluation, default_desk, docx, html, pdf
from luming_portal.cockpit.boards import DEMO_SEED
from luming_portal.documents.models import DocumentVersion
from luming_portal.documents.packs import pack_of
from luming_portal.documents.selectors import earlier_versions
from luming_portal.indicators.selectors import facts_for

DEMO_DAYS = 45
"""Days after the span on which the demonstration stands, when its last month has been reported."""

FORMATS = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Drafted:
    """The report as a file."""

    name: str
    content: bytes
    content_type: str


def real_evaluation(
    version: DocumentVersion, span: Span, as_of: dt.date, tables: Mapping[str, bytes]
) -> Evaluation:
    """The evaluation from the published figures and the tables; a table that is not given is not an empty one.

    Raises:
        FaultyInput: every fault of every table.
    """
    pack = pack_of(version)
    subjects = [pack.document.place, *(district.name for district in pack.districts)]
    given = _read(tables, pack)
    return evaluate(
        Material(
            pack=pack,
            facts=facts_for(subjects, [indicator.id for indicator in pack.indicators]),
            span=span,
            as_of=as_of,
            earlier=_earlier(version),
            tasks=given.get("tasks"),
            payments=given.get("payments"),
            answers=given.get("satisfaction"),
            repeals=given.get("repeals"),
        )
    )


def demo_evaluation(version: DocumentVersion, span: Span) -> Evaluation:
    """The evaluation of the demonstration year, of whose figures and tables none is real."""
    day = span.end + dt.timedelta(days=DEMO_DAYS)
    return evaluate(demo_material(pack_of(version), span, day, DEMO_SEED, _earlier(version)))


def drafted(evaluation: Evaluation, form: str) -> Drafted:
    """The report in one of FORMATS."""
    paper = compose_evaluation(evaluation, default_desk(evaluation.board))
    if form == "html":
        content = html.render(paper).encode()
    else:
        content = docx.render(paper) if form == "docx" else pdf.render(paper)
    standing = "演示_" if evaluation.demo else ""
    name = f"{standing}政策评估报告_{evaluation.span.label()}.{form}"
    return Drafted(name, content, FORMATS[form])


def _earlier(version: DocumentVersion) -> tuple[Pack, ...]:
    return tuple(pack_of(one) for one in earlier_versions(version))


def _read(tables: Mapping[str, bytes], pack: Pack) -> dict[str, tuple[Any, ...]]:
    """The rows of the tables, by name. They lie in a folder only while they are read."""
    found: dict[str, tuple[Any, ...]] = {}
    faults: list[Fault] = []
    with tempfile.TemporaryDirectory(prefix="luming-evaluation-") as scratch:
        for key, content in tables.items():
            file = Path(scratch) / f"{TABLES[key].label}.csv"
            file.write_bytes(content)
            rows, wrong = TABLES[key].read(file, pack)
            found[key] = rows
            faults += wrong
    if faults:
        raise FaultyInput(faults, CONSEQUENCE)
    return found


def empty_table(name: str) -> Drafted:
    """A table with its heads and nothing else, to be filled in; KeyError for a name that is none."""
    table = TABLES[name]
    text = "\ufeff" + ",".join(column.label for column in table.columns) + "\r\n"
    return Drafted(f"{table.label}.csv", text.encode(), "text/csv; charset=utf-8")
