"""Documents, decomposed (文件分解)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """The app of documents."""

    name = "luming_portal.documents"
    verbose_name = _("文件分解")
