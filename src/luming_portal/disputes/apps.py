"""申诉: units contest lights, the office decides."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisputesConfig(AppConfig):
    """The app's name."""

    name = "luming_portal.disputes"
    verbose_name = _("亮灯申诉")
