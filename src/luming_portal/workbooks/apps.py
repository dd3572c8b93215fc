"""旧工作簿: offices' own workbooks, read by a remembered mapping into the book of facts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkbooksConfig(AppConfig):
    """The app's name."""

    name = "luming_portal.workbooks"
    verbose_name = _("旧工作簿")
