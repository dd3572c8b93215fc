"""Addresses of links: the officer's pages here; the page of a link itself stands at /i/…, short for the QR."""

from __future__ import annotations

from django.urls import path

from luming_portal.invitations import views

app_name = "invitations"
urlpatterns = [
    path("months/<int:month>/", views.link_list, name="list"),
    path("months/<int:month>/new/", views.link_make, name="make"),
    path("<int:pk>/withdraw/", views.link_withdraw, name="withdraw"),
]
