"""Addresses of counting."""

from __future__ import annotations

from django.urls import path

from luming_portal.counting import views

app_name = "counting"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("entries/<int:pk>/papers/", views.paper_add, name="paper_add"),
    path("papers/<int:pk>/withdraw/", views.paper_withdraw, name="withdraw"),
    path("<slug:key>/", views.indicator_page, name="indicator"),
    path("<slug:key>/duplicates/", views.duplicates, name="duplicates"),
    path("<slug:key>/stand-in/", views.stand_in, name="stand_in"),
]
