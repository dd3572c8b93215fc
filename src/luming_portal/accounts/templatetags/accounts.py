"""Tags of the pages of sign-in."""

from __future__ import annotations

from django import template

from luming_portal.accounts.roles import Role

register = template.Library()


@register.simple_tag
def demonstration_roles() -> list[tuple[str, str]]:
    """The roles that the demonstration offers by one click, with their names."""
    return [(role.value, str(role.label)) for role in Role]
