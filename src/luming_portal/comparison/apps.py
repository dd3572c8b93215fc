"""旗县区比较: rankings of districts as the office issues them, and objections to them."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComparisonConfig(AppConfig):
    """The app's name."""

    name = "luming_portal.comparison"
    verbose_name = _("旗县区比较")
