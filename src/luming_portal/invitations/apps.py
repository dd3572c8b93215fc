"""一次性链接: a contact person without an account fills in a unit's figures, once, by a link or its QR."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InvitationsConfig(AppConfig):
    """The app's name."""

    name = "luming_portal.invitations"
    verbose_name = _("一次性链接")
