"""授权查看: a firm lets a bank or guarantee fund see its points, for a time and a purpose."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GrantsConfig(AppConfig):
    """The app's name."""

    name = "luming_portal.grants"
    verbose_name = _("授权查看")
