"""The addresses of version 1 of the interface."""

from __future__ import annotations

from luming_portal.api.routes import addresses

urlpatterns = addresses()
