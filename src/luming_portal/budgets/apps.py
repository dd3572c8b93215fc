"""预算: lines of money with their ledger, payments that two people release, and allocation by a declared method."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetsConfig(AppConfig):
    """The app's name."""

    name = "luming_portal.budgets"
    verbose_name = _("预算")

    def ready(self) -> None:
        """Register what steps of cases do to budgets."""
        from luming_portal.budgets import effects  # noqa: F401
