"""What somebody has typed into a form of a case and not sent: kept, shown again, gone once it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from luming.cases import Form
from luming_portal.audit.door import change
from luming_portal.cases.files import attach
from luming_portal.cases.models import Case, CaseDraft
from luming_portal.cases.typed import PREFIX, kind_of
from luming_portal.uploads import UploadRefused


def draft_of(case: Case, transition: str, user: Any) -> dict[str, Any]:
    """What the person has typed into a form so far; else what a colleague has, since a firm fills one form."""
    rows = CaseDraft.objects.filter(case=case, transition=transition).order_by("-updated_at")
    found = (
        rows.filter(user=user).first()
        or rows.filter(user__enterprise_id__isnull=False, user__enterprise_id=user.enterprise_id).first()
    )
    return dict(found.data) if found is not None else {}


def keep_draft(case: Case, transition: str, typed: Mapping[str, Any], *, by: Any) -> None:
    """Keep what was typed."""
    with change(_("存草稿")) as changes:
        found = CaseDraft.objects.filter(case=case, transition=transition, user=by).first()
        item = found or CaseDraft(case=case, transition=transition, user=by, demo=case.demo)
        item.data = dict(typed)
        changes.save(item)


def take_files(
    case: Case, form: Form, sent: Any, typed: dict[str, Any], before: Mapping[str, Any], *, by: Any
) -> dict[str, list[str]]:
    """Keep the files of a form and enter their keys into what was typed; what was refused, in sentences by field."""
    refused: dict[str, list[str]] = {}
    for name, spec in form.properties.items():
        kind = kind_of(spec)
        if kind not in ("file", "files"):
            continue
        inner = spec.get("items", {}) if kind == "files" else spec
        accept = tuple(spec.get("x-accept") or inner.get("x-accept") or ("pdf", "jpg", "png"))
        held: list[str] = []
        for upload in sent.getlist(PREFIX + name):
            try:
                held.append(str(attach(case, name, upload, accept, by=by).pk))
            except UploadRefused as problem:
                refused.setdefault(name, []).append(str(problem))
        if held:
            typed[name] = held if kind == "files" else held[-1]
        elif before.get(name):
            typed[name] = before[name]
    return refused
