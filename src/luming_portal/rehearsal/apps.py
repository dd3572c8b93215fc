"""推演: what a changed rule or a draft document would do to firms and money, before it is issued."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RehearsalConfig(AppConfig):
    """The app's name."""

    name = "luming_portal.rehearsal"
    verbose_name = _("推演")
