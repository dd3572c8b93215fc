"""Addresses of audit."""

from __future__ import annotations

from django.urls import URLPattern, path

from luming_portal.audit import views

app_name = "audit"
urlpatterns: list[URLPattern] = [
    path("", views.change_list, name="list"),
    path("<int:pk>/", views.change_detail, name="detail"),
]
