"""政策评估: a half year or a year of a document looked back on. Nothing is stored; the app has no tables."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    """The app's name."""

    name = "luming_portal.evaluation"
    verbose_name = _("政策评估")
