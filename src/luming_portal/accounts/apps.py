"""Accounts: who people are, and what they may do."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """The app of people and rights."""

    name = "luming_portal.accounts"
    verbose_name = _("账号与权限")

    def ready(self) -> None:
        """Listen to what happens around sign-in; watch for demonstration accounts where there must be none."""
        from luming_portal.accounts import events
        from luming_portal.accounts.checks import demonstration_accounts

        events.connect()
        checks.register(demonstration_accounts, checks.Tags.database)
