"""Institutions."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstitutionsConfig(AppConfig):
    """The app of institutions."""

    name = "luming_portal.institutions"
    verbose_name = _("机构")
