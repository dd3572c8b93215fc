"""The app of proofs."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProofsConfig(AppConfig):
    """Proofs of printed figures."""

    name = "luming_portal.proofs"
    verbose_name = _("数字核验")
