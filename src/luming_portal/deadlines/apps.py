"""日程: one calendar of everything that concerns a firm or an officer."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeadlinesConfig(AppConfig):
    """The app's name, and the kinds of days that it knows."""

    name = "luming_portal.deadlines"
    verbose_name = _("日程")

    def ready(self) -> None:
        """Register the days of the apps that were there before this one."""
        from luming_portal.deadlines import own_days  # noqa: F401
