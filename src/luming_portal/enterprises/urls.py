"""Addresses of enterprises beside those of every register: their qualifications."""

from __future__ import annotations

from django.urls import path

from luming_portal.enterprises import views

app_name = "enterprises"
urlpatterns = [
    path(
        "enterprises/<int:firm>/qualifications/new/", views.qualification_create, name="qualification_create"
    ),
    path(
        "enterprises/<int:firm>/qualifications/<int:pk>/",
        views.qualification_change,
        name="qualification_change",
    ),
]
