"""人才服务卡: cards by numbered class, and the benefits that go with them."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TalentsConfig(AppConfig):
    """The app of talent cards."""

    name = "luming_portal.talents"
    verbose_name = _("人才服务卡")

    def ready(self) -> None:
        """Lets cases bring their cards into the register."""
        import_module("luming_portal.talents.following")
