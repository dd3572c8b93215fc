"""Tags of the pages of sign-in."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from luming_portal.accounts.demonstration import LENDER
from luming_portal.accounts.roles import Role

register = template.Library()


@register.simple_tag
def demonstration_roles() -> list[tuple[str, str]]:
    """The roles that the demonstration offers by one click, with their names; a bank's person among them."""
    return [*((role.value, str(role.label)) for role in Role), (LENDER, _("银行经办人"))]
