"""事项办理: whatever moves through offices as a declared process."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """The app's name."""

    name = "luming_portal.cases"
    verbose_name = _("事项办理")

    def ready(self) -> None:
        """Register the effects that cases carry out themselves."""
        import_module("luming_portal.cases.notices")
        import_module("luming_portal.cases.tasks")
