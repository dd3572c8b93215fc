"""The cockpit for leaders."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CockpitConfig(AppConfig):
    """The app of cockpit."""

    name = "luming_portal.cockpit"
    verbose_name = _("驾驶舱")
