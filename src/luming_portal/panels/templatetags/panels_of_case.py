"""The panels of a case, for its page."""

from __future__ import annotations

from typing import Any

from django import template

from luming_portal.panels.models import Panel
from luming_portal.panels.selectors import panels_for

register = template.Library()


@register.simple_tag(takes_context=True)
def panels_of_case(context: Any, case: Any) -> list[Panel]:
    """The panels of a case that the reader may see, newest first."""
    return list(panels_for(context["request"].user).filter(case=case))
