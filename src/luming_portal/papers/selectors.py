"""Reads papers and templates."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from luming.paperwork import KINDS, PaperKind
from luming.proof import typed
from luming_portal.accounts.rights import visible
from luming_portal.cases.models import Case
from luming_portal.papers.models import CasePaper, TemplateSetting, TemplateVersion


def papers_for(
    user: Any, *, words: str = "", kind: str = "", case: Case | None = None
) -> QuerySet[CasePaper]:
    """The papers that a person sees, newest first, without their contents."""
    found = (
        visible(user, CasePaper.objects.all())
        .select_related("case", "withdrawal", "template")
        .defer("content", "template__content")
    )
    if words:
        found = found.filter(
            Q(number__icontains=words)
            | Q(title__icontains=words)
            | Q(recipient__icontains=words)
            | Q(case__number__icontains=words)
        )
    if kind:
        found = found.filter(kind=kind)
    if case is not None:
        found = found.filter(case=case)
    return found


def paper_of_code(code: str) -> CasePaper | None:
    """The paper of a code as somebody typed it, for whoever holds it."""
    meant = typed(code)
    if not meant.isalnum():
        return None
    return CasePaper.objects.filter(code=meant).defer("content").select_related("withdrawal").first()


def versions_of(user: Any, kind: PaperKind) -> QuerySet[TemplateVersion]:
    """The versions of a kind, newest first."""
    found = visible(user, TemplateVersion.objects.filter(kind=kind.key))
    return found.select_related("uploaded_by").defer("content")


def overview(user: Any) -> list[tuple[PaperKind, TemplateSetting | None, int]]:
    """Each kind with what is set for it and how many versions it has."""
    settings = {
        one.kind: one
        for one in visible(user, TemplateSetting.objects.select_related("in_use").defer("in_use__content"))
    }
    counts: dict[str, int] = {}
    for kind in visible(user, TemplateVersion.objects.order_by()).values_list("kind", flat=True):
        counts[kind] = counts.get(kind, 0) + 1
    return [(kind, settings.get(kind.key), counts.get(kind.key, 0)) for kind in KINDS.values()]
