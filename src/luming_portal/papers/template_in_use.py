"""Which template, letterhead and contact a kind of paper has today: what the office has set, else the default, which is ours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from luming.paperwork import KINDS, PaperKind, check_template, default_template
from luming.reporting import default_mark
from luming_portal.chasing.letterheads import NO_ISSUER
from luming_portal.documents.packs import pack_of
from luming_portal.documents.selectors import current_version
from luming_portal.papers.models import TemplateSetting, TemplateVersion

_LAST = 1
"""The last sign of the default mark of reminder letters stands for their kind: 包创办催."""


@dataclass(frozen=True, slots=True)
class TemplateInUse:
    """A template with all that is not of the case.

    Attributes:
        version: None for the template that comes with Luming.
        mark_is_ours: whether the default 机关代字 stands (平台默认口径).
        setting_version: of the office's setting, for the form that changes it; None where nothing is set.
    """

    kind: PaperKind
    version: TemplateVersion | None
    content: bytes
    sha256: str
    used: tuple[str, ...]
    mark: str
    mark_is_ours: bool
    issuer: str
    contact: str
    phone: str
    setting_version: int | None


def template_in_use(kind: PaperKind) -> TemplateInUse:
    """What is used for a kind today."""
    setting = TemplateSetting.objects.select_related("in_use").filter(kind=kind.key).first()
    version = setting.in_use if setting is not None else None
    content, used = content_of(kind, version)
    place, office = _place()
    return TemplateInUse(
        kind=kind,
        version=version,
        content=content,
        sha256=sha256(content).hexdigest(),
        used=used,
        mark=(setting.mark if setting else "") or default_mark(place)[:-_LAST] + kind.sign,
        mark_is_ours=not (setting and setting.mark),
        issuer=(setting.issuer if setting else "") or office or NO_ISSUER,
        contact=setting.contact if setting else "",
        phone=setting.phone if setting else "",
        setting_version=setting.version if setting else None,
    )


def content_of(kind: PaperKind, version: TemplateVersion | None) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of a template and the placeholders that it names."""
    if version is not None:
        return bytes(version.content), tuple(version.used)
    return _default(kind)


@lru_cache(maxsize=len(KINDS))
def _default(kind: PaperKind) -> tuple[bytes, tuple[str, ...]]:
    content = default_template(kind)
    return content, check_template(content, kind).used


def _place() -> tuple[str, str]:
    """The city and the office of the document in force; nothing where none is published."""
    version = current_version()
    if version is None:
        return "", ""
    return version.document.place, pack_of(version).document.office or ""
