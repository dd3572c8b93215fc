"""达标与阶梯: facts of firms, assessment by the standards, runs over many firms, the ladder."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    """The app's name."""

    name = "luming_portal.standards"
    verbose_name = _("达标与阶梯")
