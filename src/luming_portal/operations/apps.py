"""The app of operations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    """The app of operations."""

    name = "luming_portal.operations"
    verbose_name = _("运行维护")
