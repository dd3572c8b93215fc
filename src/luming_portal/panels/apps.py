"""专家评审: experts, panels of cases, conflict of interest, independent scores."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PanelsConfig(AppConfig):
    """The app of panels."""

    name = "luming_portal.panels"
    verbose_name = _("专家评审")

    def ready(self) -> None:
        """Lets cases open a panel, and follows them."""
        import_module("luming_portal.panels.effects")
        import_module("luming_portal.panels.following")
