"""催报: who owes figures, what was done about it, reminder letters."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChasingConfig(AppConfig):
    """The app's name."""

    name = "luming_portal.chasing"
    verbose_name = _("催报")
