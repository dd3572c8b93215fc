"""What is read of documents, with the rights of the reader applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from luming_portal.accounts.rights import visible
from luming_portal.documents.models import Document, DocumentVersion, Draft


def documents_for(user: Any) -> QuerySet[Document]:
    """The documents that the user may see."""
    return visible(user, Document.objects.all())


def latest_version(document: Document) -> DocumentVersion | None:
    """The version in force: the last one published."""
    return document.versions.order_by("-number").first()


def own_place() -> str:
    """The city that the portal serves: LUMING_PLACE, else that of the document which was entered first."""
    first = Document.objects.order_by("pk").values_list("place", flat=True).first()
    return str(settings.PLACE or first or "")


def current_version() -> DocumentVersion | None:
    """The version that the cockpit shows: of the own city's latest year whose document is held whole."""
    return (
        DocumentVersion.objects.filter(document__partial=False, document__place=own_place())
        .select_related("document")
        .order_by("-document__year", "-document__key", "-number")
        .first()
    )


def earlier_versions(version: DocumentVersion) -> list[DocumentVersion]:
    """The versions in force of the documents before this one, latest year first."""
    rows = DocumentVersion.objects.filter(
        document__place=version.document.place, document__year__lt=version.document.year
    ).select_related("document")
    newest: dict[int, DocumentVersion] = {}
    for row in rows.order_by("number"):
        newest[row.document_id] = row
    return sorted(newest.values(), key=lambda row: -row.document.year)


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in the list: its version in force and its open draft, as far as the user may see them."""

    document: Document
    version: DocumentVersion | None
    draft: Draft | None


def listed(user: Any) -> list[Listed]:
    """The documents that the user may see, latest year first; those under work stand first in their year."""
    drafts = visible(user, Draft.objects.filter(state=Draft.State.OPEN)).defer("desk")
    versions = DocumentVersion.objects.defer("files").order_by("-number")
    rows = documents_for(user).prefetch_related(
        Prefetch("drafts", queryset=drafts, to_attr="open_drafts"),
        Prefetch("versions", queryset=versions, to_attr="published_versions"),
    )
    found = []
    for document in rows:
        version: Any = next(iter(document.published_versions), None)
        draft: Any = next(iter(document.open_drafts), None)
        if version is not None or draft is not None:
            found.append(Listed(document, version, draft))
    return found
