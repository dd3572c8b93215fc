"""Audit: every change with who, when, why, before and after."""

from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The app of the record of changes."""

    name = "luming_portal.audit"
    verbose_name = _("变更记录")

    def ready(self) -> None:
        """Watch every save."""
        from luming_portal.audit.governed import guard_save

        pre_save.connect(guard_save, dispatch_uid="luming.guard_save")
