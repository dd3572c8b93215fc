"""The office's papers out of a board, one at a time, as downloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from luming.monitor import Board
from luming.report import (
    Codes,
    Desk,
    ReportedProgress,
    compose_brief,
    compose_bulletin,
    compose_chat,
    compose_monthly_sheet,
    default_desk,
    docx,
    pdf,
    xlsx,
)

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Kind:
    """A paper that can be asked for by name.

    Attributes:
        tells_progress: whether what units told of the measures in words goes into it.
    """

    name: str
    label: object
    title: str
    extension: str
    content_type: str
    make: Callable[[Board, Desk], bytes]
    tells_progress: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A paper as a file."""

    content: bytes
    content_type: str
    disposition: str


PAPERS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "brief",
            _("一页简报(PDF)"),
            "一页简报",
            "pdf",
            "application/pdf",
            lambda b, d: pdf.render(compose_brief(b, d)),
        ),
        Kind(
            "monthly-sheet",
            _("月调度表(Excel)"),
            "月调度表",
            "xlsx",
            _XLSX,
            lambda b, d: xlsx.render(compose_monthly_sheet(b, d)),
        ),
        Kind(
            "bulletin",
            _("季度通报(Word)"),
            "季度通报",
            "docx",
            _DOCX,
            lambda b, d: docx.render(compose_bulletin(b, d)),
            tells_progress=True,
        ),
        Kind(
            "bulletin-pdf",
            _("季度通报(PDF)"),
            "季度通报",
            "pdf",
            "application/pdf",
            lambda b, d: pdf.render(compose_bulletin(b, d)),
            tells_progress=True,
        ),
        Kind(
            "chat",
            _("群消息文字"),
            "群消息",
            "txt",
            "text/plain; charset=utf-8",
            lambda b, d: compose_chat(b, d).encode("utf-8-sig"),
        ),
    )
}


def paper(
    name: str,
    board: Board,
    codes: Codes | None = None,
    remarks: Mapping[str, str] | None = None,
    progress: Sequence[ReportedProgress] = (),
) -> Made:
    """The paper of a board; KeyError for a name that PAPERS does not hold.

    Args:
        codes: of its figures, where their proofs are stored.
        remarks: what stands under a target's light in the monthly sheet, by target.
        progress: what the leading units told of the measures, for the papers that tell it.
    """
    kind = PAPERS[name]
    standing = "演示_" if board.demo else ""
    file = f"{standing}{kind.title}_{board.as_of.isoformat()}.{kind.extension}"
    disposition = f"attachment; filename=\"{kind.name}.{kind.extension}\"; filename*=UTF-8''{quote(file)}"
    desk = replace(default_desk(board), codes=codes or Codes(), remarks=remarks or {}, progress=progress)
    return Made(kind.make(board, desk), kind.content_type, disposition)
