"""Enterprises."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnterprisesConfig(AppConfig):
    """The app of enterprises."""

    name = "luming_portal.enterprises"
    verbose_name = _("企业")
