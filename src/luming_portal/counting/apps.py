"""计数台账: targets that count people or things, from single entries with evidence."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CountingConfig(AppConfig):
    """The app's name."""

    name = "luming_portal.counting"
    verbose_name = _("计数台账")
