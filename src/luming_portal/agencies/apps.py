"""科技服务机构: the yearly grade of those in the register."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    """The app of service agencies."""

    name = "luming_portal.agencies"
    verbose_name = _("科技服务机构")

    def ready(self) -> None:
        """Lets cases bring their grades into the register."""
        import_module("luming_portal.agencies.following")
