"""惠企政策: the public calculator, items of support, what a firm is entitled to, the lane without application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    """The app's name."""

    name = "luming_portal.support"
    verbose_name = _("惠企政策")

    def ready(self) -> None:
        """Register what steps of cases do to support, and the days on which items end."""
        from luming_portal.support import days, effects  # noqa: F401
