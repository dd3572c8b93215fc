"""Addresses of the peer: the admin over enterprises and facts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.urls import path

from luming_portal.enterprises.models import Enterprise
from luming_portal.indicators.models import Fact
from portal_admin import admin_class


class Site(admin.AdminSite):  # type: ignore[misc]
    """Open to whoever is signed in."""

    def has_permission(self, request: Any) -> bool:
        """Signed in is enough."""
        return bool(request.user.is_authenticated)


site = Site()
site.register(Enterprise, admin_class(("name", "district", "chain", "segment", "revenue", "mark"), ()))
site.register(
    Fact,
    admin_class(
        ("subject", "indicator", "period", "value", "unit", "status", "source", "recorded_on"),
        ("indicator", "source"),
    ),
)
urlpatterns = [path("admin/", site.urls)]
