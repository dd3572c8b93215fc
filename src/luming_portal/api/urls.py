"""Addresses of the pages around the interface, and of the interface itself."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from luming_portal.api import views
from luming_portal.api.webhooks import views as webhook_views

app_name = "api"
urlpatterns = [
    path("accounts/tokens/", views.tokens, name="tokens"),
    path("accounts/tokens/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("webhooks/", webhook_views.webhooks, name="webhooks"),
    path("webhooks/<int:pk>/", webhook_views.webhook, name="webhook"),
    path("webhooks/<int:pk>/<slug:act>/", webhook_views.act, name="webhook-act"),
    path("api/v1/docs/", views.docs, name="docs"),
    path("api/v1/docs", RedirectView.as_view(pattern_name="api:docs")),
]
