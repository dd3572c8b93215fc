"""Who filled a figure in by a link, for the sheet of reporting."""

from __future__ import annotations

from typing import Any

from django import template

from luming_portal.invitations.selectors import FilledBy
from luming_portal.invitations.selectors import filled_by as find

register = template.Library()


@register.simple_tag(takes_context=True)
def filled_by(context: Any, parts: Any) -> dict[int, FilledBy]:
    """By key of the report, for the lines of a sheet: {% filled_by parts as filled %}."""
    reports = [line.report for _name, lines in parts for line in lines]
    return find(context["request"].user, reports) if reports else {}
