"""The interface for programs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """The app of api."""

    name = "luming_portal.api"
    verbose_name = _("接口")
