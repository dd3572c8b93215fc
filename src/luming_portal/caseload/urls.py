"""Addresses of figures of cases."""

from __future__ import annotations

from django.urls import path

from luming_portal.caseload import views

app_name = "caseload"
urlpatterns = [
    path("", views.process_list, name="list"),
    path("<slug:key>/", views.process_page, name="process"),
]
