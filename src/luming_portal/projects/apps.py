"""Projects."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    """The app of projects."""

    name = "luming_portal.projects"
    verbose_name = _("项目")
