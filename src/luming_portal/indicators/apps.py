"""Indicators, their facts and sources."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    """The app of indicators."""

    name = "luming_portal.indicators"
    verbose_name = _("指标与数据")
