"""The papers of a case beside the case, as far as the reader's rights reach."""

from __future__ import annotations

from typing import Any

from django import template

from luming_portal.accounts.rights import Action, decide
from luming_portal.cases.models import Case
from luming_portal.papers.models import CasePaper
from luming_portal.papers.selectors import papers_for

register = template.Library()


@register.simple_tag(takes_context=True)
def papers_of(context: Any, case: Case) -> list[CasePaper]:
    """The papers of a case: {% papers_of case as papers %}."""
    return list(papers_for(context["request"].user, case=case)[:50])


@register.simple_tag(takes_context=True)
def kinds_to_make(context: Any, case: Case) -> list[tuple[str, Any]]:
    """The kinds of papers that the reader may make of a case by hand."""
    user = context["request"].user
    if not decide(user, Action.CREATE, "case_paper") or not decide(user, Action.CHANGE, "case", case):
        return []
    return [(str(key), label) for key, label in CasePaper._meta.get_field("kind").choices or ()]
