"""“首”字号、“最”字号: claims to be the first or the most, with their evidence."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    """The app of claims."""

    name = "luming_portal.claims"
    verbose_name = _("首最成果")

    def ready(self) -> None:
        """Lets cases bring their claims into the register."""
        import_module("luming_portal.claims.following")
