"""文书: papers made from templates that officers edit in Word."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    """The app's name, and what it does when a case moves."""

    name = "luming_portal.papers"
    verbose_name = _("文书")

    def ready(self) -> None:
        """Register what the app does for cases."""
        from luming_portal.papers import case_effects  # noqa: F401
