"""What every change of a draft shares: the draft held until the transaction ends, and the row of its document."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from luming.desk import Decomposition, DeskFaults
from luming.errors import Fault
from luming_portal.audit.door import ChangeSet
from luming_portal.documents.drafts import put
from luming_portal.documents.models import Document, DocumentVersion, Draft


def locked(draft: Draft) -> Draft:
    """The draft as it stands now, held until the transaction ends.

    Raises:
        DeskFaults: it is no longer open.
    """
    held: Draft = Draft.objects.select_for_update(of=("self",)).select_related("document").get(pk=draft.pk)
    if held.state != Draft.State.OPEN:
        found = _("草稿%s") % held.get_state_display()
        raise DeskFaults(
            [Fault("desk.closed", str(held.document), found, _("打开的草稿"), _("请回到文件列表"))]
        )
    return held


def open_draft(
    door: ChangeSet, document: Document, desk: Decomposition, by: Any, base: DocumentVersion | None
) -> Draft:
    """Open a draft of a document; `base` is the version that it revises."""
    draft = Draft(document=document, base=base, made_by=by.username)
    put(draft, desk)
    made: Draft = door.save(draft)
    return made


def head_of(document: Document, desk: Decomposition) -> Document:
    """The row of a document brought to what its head says."""
    head = desk.document
    document.number, document.title, document.place = head.number[:80], head.title[:300], head.place[:60]
    document.year, document.date, document.partial = head.year, head.date, head.partial
    return document
