"""Addresses of proofs."""

from __future__ import annotations

from django.urls import path

from luming_portal.proofs import views

app_name = "proofs"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("<str:code>/", views.proof, name="proof"),
]
