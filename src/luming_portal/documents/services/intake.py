"""A document comes onto the desk: as text, as an archive, or as a version to be revised."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from luming.desk import (
    DeskFaults,
    decompose,
    decomposition_of,
    link_known,
    set_head,
)
from luming.errors import Fault, PackFaults
from luming.pack import Pack, load
from luming_portal.accounts.rights import Action, require
from luming_portal.audit.door import change
from luming_portal.documents.archive import ArchiveFaults, Unpacked
from luming_portal.documents.drafts import in_city, last_year_version
from luming_portal.documents.models import Document, DocumentVersion, Draft
from luming_portal.documents.packs import city_files, pack_of, write_tree
from luming_portal.documents.selectors import latest_version
from luming_portal.documents.services.drafts import head_of, open_draft

_KEY = re.compile(r"[a-z]+\.\d{4}-\d+")


def start_draft(*, by: Any, text: str, key: str, place: str, year: int, head: Mapping[str, str]) -> Draft:
    """Put the text of a new document on the desk.

    Args:
        head: further fields of the head as typed (luming.desk.HEAD_FIELDS).

    Raises:
        Refused: no right to.
        DeskFaults: the key is taken or malformed, or the head has faults.
    """
    require(by, Action.CREATE, "document")
    _refuse_taken(key)
    desk = link_known(in_city(decompose(text, key, place, year)))
    desk = set_head(desk, {name: typed for name, typed in head.items() if typed.strip()})
    with change(_("新建文件分解")) as door:
        _refuse_taken(key)  # again: two officers may start the same document at once
        document = head_of(Document.objects.filter(key=key).first() or Document(key=key), desk)
        previous = last_year_version(document)
        if previous is not None:
            desk = set_head(desk, _taken_over(previous))
        door.save(document)
        return open_draft(door, document, desk, by, None)


def import_draft(unpacked: Unpacked, *, by: Any) -> Draft:
    """Put the files of an archive on the desk: of a new document, or as a revision of one that is there.

    Raises:
        Refused: no right to.
        PackFaults: the files are not a sound pack.
        ArchiveFaults: a draft of that document is open already.
    """
    require(by, Action.IMPORT, "document")
    pack = _loaded(unpacked)
    desk = in_city(decomposition_of(pack))
    with change(_("导入文件数据")) as door:
        document = Document.objects.filter(key=pack.document.id).first()
        if document is not None and document.drafts.filter(state=Draft.State.OPEN).exists():
            found = _("“%s”正在分解中") % document
            raise ArchiveFaults(
                [
                    Fault(
                        "archive.open",
                        pack.document.id,
                        found,
                        _("没有打开的草稿"),
                        _("请先发布或放弃现有的草稿"),
                    )
                ]
            )
        if document is None:
            document = door.save(head_of(Document(key=pack.document.id), desk))
        return open_draft(door, document, desk, by, latest_version(document))


def revise(document: Document, *, by: Any) -> Draft:
    """Put the version in force on the desk again; the open draft, where there is one.

    Raises:
        Refused: no right to.
    """
    require(by, Action.CHANGE, "document", document)
    version = latest_version(document)
    if version is None:
        raise DeskFaults(
            [
                Fault(
                    "desk.no_version",
                    str(document),
                    _("没有发布过的版本"),
                    _("已发布的文件"),
                    _("请回到文件列表"),
                )
            ]
        )
    desk = decomposition_of(pack_of(version))
    desk = desk.changed(document=desk.document.model_copy(update={"draft": True}))
    with change(_("修订文件")) as door:
        Document.objects.select_for_update().get(pk=document.pk)  # two officers at once get the same draft
        present = document.drafts.filter(state=Draft.State.OPEN).first()
        return present or open_draft(door, document, desk, by, version)


def _taken_over(previous: DocumentVersion) -> dict[str, str]:
    """What a new document takes over from last year's: that it succeeds it, and the office that signs."""
    head = pack_of(previous).document
    return {"succeeds": head.id, **({"office": head.office} if head.office else {})}


def _refuse_taken(key: str) -> None:
    if not _KEY.fullmatch(key):
        raise DeskFaults(
            [Fault("desk.key", _("“编号”"), f"“{key}”", _("城市拼音.年份-序号"), _("例如 baotou.2026-3"))]
        )
    document = Document.objects.filter(key=key).first()
    if document is None or not (
        document.versions.exists() or document.drafts.filter(state=Draft.State.OPEN).exists()
    ):
        return
    found = _("“%(key)s”已用于“%(document)s”") % {"key": key, "document": document}
    raise DeskFaults([Fault("desk.key", _("“编号”"), found, _("没有用过的编号"), _("请把末尾的序号改大"))])


def _loaded(unpacked: Unpacked) -> Pack:
    """The pack of an archive; the city's files are those of the archive, else those of the registers."""
    with tempfile.TemporaryDirectory(prefix="luming-import-") as scratch:
        root = Path(scratch)
        write_tree(root, {**city_files(), **unpacked.city})
        write_tree(root / "document", unpacked.own)
        try:
            return load(root / "document")
        except PackFaults as problem:
            shown = [
                replace(one, where=one.where.replace(f"{root / 'document'}/", "")) for one in problem.faults
            ]
            raise PackFaults(shown) from None
