"""Tags of the register pages: addresses of the same list with one thing changed."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def state_page(context: Any, number: int) -> str:
    """The address of another page of the list."""
    return "?" + (context["state"].query(page=number) or "q=")


@register.simple_tag(takes_context=True)
def state_size(context: Any, size: int) -> str:
    """The address of the list with another number of rows a page."""
    return "?" + (context["state"].query(size=size, page=1) or "q=")
