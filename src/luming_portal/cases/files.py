"""Files handed in with a form: told by their content, kept for the case, taken back only while nothing was sent."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Refused
from luming_portal.attached.answer import file_answer
from luming_portal.attached.preparing import LARGEST, Prepared, laid_down, prepare
from luming_portal.audit.door import change
from luming_portal.cases.models import Case, CaseFile, CaseFileKind
from luming_portal.uploads import UploadRefused

MOST_FILES = 60
"""Of one case."""
_LARGEST_UNPACKED = 200 * 1024 * 1024
_PARTS = {CaseFileKind.BOOK: "xl/workbook.xml", CaseFileKind.TEXT: "word/document.xml"}
_KINDS = {
    "pdf": CaseFileKind.PAPER,
    "jpg": CaseFileKind.PHOTO,
    "jpeg": CaseFileKind.PHOTO,
    "png": CaseFileKind.PHOTO,
    "webp": CaseFileKind.PHOTO,
    "xlsx": CaseFileKind.BOOK,
    "docx": CaseFileKind.TEXT,
}
_TYPES = {
    CaseFileKind.BOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CaseFileKind.TEXT: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_ENDINGS = {CaseFileKind.BOOK: "xlsx", CaseFileKind.TEXT: "docx"}


def prepared(upload: UploadedFile, accept: Sequence[str]) -> tuple[CaseFileKind, Prepared]:
    """What a file is by its content, and what is kept of it.

    Raises:
        UploadRefused: it is empty, too large, not readable, or not of a kind that the field takes.
    """
    wanted = {_KINDS[one] for one in accept if one in _KINDS} or {CaseFileKind.PAPER, CaseFileKind.PHOTO}
    if not upload.size:
        raise UploadRefused(_("文件是空的,没有保存。"))
    head = upload.read(4)
    upload.seek(0)
    if head.startswith(b"PK\x03\x04"):
        kind, kept = _office(upload)
    else:
        kept = prepare(upload)
        kind = CaseFileKind(kept.kind.value)
    if kind not in wanted:
        raise UploadRefused(
            _("按内容看,这个文件是%(kind)s;这一栏只收 %(accept)s。没有保存。")
            % {"kind": kind.label, "accept": "、".join(accept)}
        )
    return kind, kept


def _office(upload: UploadedFile) -> tuple[CaseFileKind, Prepared]:
    if upload.size is None or upload.size > LARGEST:
        raise UploadRefused(_("文件太大,最大%dMB,没有保存。") % (LARGEST // 1024 // 1024), too_large=True)
    content = upload.read(LARGEST + 1)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = set(parts.namelist())
            unpacked = sum(one.file_size for one in parts.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        names, unpacked = set(), 0
    if unpacked > _LARGEST_UNPACKED:
        raise UploadRefused(_("文件解开后太大,没有保存。"))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UploadRefused(_("文件里有宏,没有保存。请另存为不含宏的 docx 或 xlsx。"))
    for kind, part in _PARTS.items():
        if part in names and "[Content_Types].xml" in names:
            return kind, Prepared(kind, content)  # type: ignore[arg-type]
    raise UploadRefused(_("这个文件不是能读的 Word 或 Excel 文件(按内容判断,不看文件名),没有保存。"))


def attach(case: Case, field: str, upload: UploadedFile, accept: Sequence[str], *, by: Any) -> CaseFile:
    """Keep a file for a field of a form that is not sent yet.

    Raises:
        UploadRefused: see `prepared`.
        Refused: the case has files enough.
    """
    kind, kept = prepared(upload, accept)
    if case.files.count() >= MOST_FILES:  # type: ignore[attr-defined]
        raise Refused(_("一件事项最多附%d个文件,没有保存。") % MOST_FILES)
    caption = " ".join(str(upload.name or "").split())[:200] or str(kind.label)
    item = CaseFile(case=case, field=field, caption=caption, sent_by=by, demo=case.demo)
    with laid_down(item, kept), change(_("上传材料")) as changes:
        changes.save(item)
    return item


def files_named(case: Case) -> dict[str, CaseFile]:
    """The files of a case by key."""
    return {str(item.pk): item for item in CaseFile.objects.filter(case=case)}


def case_file_answer(request: HttpRequest, found: CaseFile) -> HttpResponse:
    """The file, handed out; nothing in it may run."""
    answer = file_answer(request, found)
    if found.kind in _TYPES:
        kind = CaseFileKind(found.kind)
        answer["Content-Type"] = _TYPES[kind]
        name = (
            found.caption
            if found.caption.lower().endswith(_ENDINGS[kind])
            else f"{found.caption}.{_ENDINGS[kind]}"
        )
        answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
