"""通知: what a person is told: inbox, mail, webhooks."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """The app's name, and what it listens to."""

    name = "luming_portal.notices"
    verbose_name = _("通知")

    def ready(self) -> None:
        """Register what the app does for cases."""
        from luming_portal.notices import of_cases  # noqa: F401
