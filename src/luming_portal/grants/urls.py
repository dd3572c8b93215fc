"""Addresses of grants."""

from __future__ import annotations

from django.urls import path

from luming_portal.grants import views

app_name = "grants"
urlpatterns = [
    path("", views.grant_list, name="list"),
    path("new/", views.grant_create, name="create"),
    path("<int:pk>/", views.grant_detail, name="detail"),
    path("<int:pk>/sight/", views.grant_sight, name="sight"),
    path("<int:pk>/revoke/", views.grant_revoke, name="revoke"),
]
