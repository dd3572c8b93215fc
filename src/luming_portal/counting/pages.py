"""What an entry's page shows beside its columns: its papers, who may withdraw them, and who else counts the same one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from luming_portal.accounts.rights import Action, decide
from luming_portal.counting.forms import PaperForm
from luming_portal.counting.models import CountedEntry
from luming_portal.counting.services import counted_elsewhere
from luming_portal.counting.values import rules


def entry_context(request: HttpRequest, record: CountedEntry) -> dict[str, Any]:
    """The context of an entry's page."""
    rule = rules().get(record.indicator.key)
    return {
        "rule": rule,
        "papers": list(record.papers.all()),
        "may_paper": decide(request.user, Action.CHANGE, "counted_entry", record),
        "paper_form": PaperForm(),
        "elsewhere": counted_elsewhere(record, rule) if rule is not None else None,
    }
