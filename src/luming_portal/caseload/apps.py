"""办件统计: figures of the cases of each process."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseloadConfig(AppConfig):
    """The app's name."""

    name = "luming_portal.caseload"
    verbose_name = _("办件统计")
