"""Registers: one page pattern for all lists of records."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    """The app of registers."""

    name = "luming_portal.registers"
    verbose_name = _("台账")
