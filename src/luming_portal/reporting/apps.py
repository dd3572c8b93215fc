"""报送: the month's figures, from the departments to publication."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """The app's name."""

    name = "luming_portal.reporting"
    verbose_name = _("报送")
