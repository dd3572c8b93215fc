"""How the letters of a document's city are headed: what the office has set, else the default, which is ours."""

from __future__ import annotations

from dataclasses import dataclass

from luming.reporting import default_mark
from luming_portal.chasing.models import LetterHead
from luming_portal.documents.models import Document
from luming_portal.documents.packs import pack_of
from luming_portal.documents.selectors import latest_version

NO_ISSUER = "(发文单位待填)"


@dataclass(frozen=True, slots=True)
class Head:
    """A letterhead.

    Attributes:
        version: of the office's setting; None where nothing is set and the default stands.
    """

    place: str
    mark: str
    issuer: str
    version: int | None

    @property
    def is_ours(self) -> bool:
        """Whether the default stands (平台默认口径)."""
        return self.version is None


def head_for(document: Document) -> Head:
    """The letterhead for letters under a document."""
    kept = LetterHead.objects.filter(place=document.place).first()
    if kept is not None:
        return Head(document.place, kept.mark, kept.issuer, kept.version)
    version = latest_version(document)
    office = pack_of(version).document.office if version is not None else ""
    return Head(document.place, default_mark(document.place), office or NO_ISSUER, None)
