"""Addresses of the cockpit; it is the home page. The demonstration year stands under an address of its own."""

from __future__ import annotations

from django.urls import path

from luming_portal.cockpit import views

urlpatterns = [
    path("", views.cockpit, name="home"),
    path("targets/<slug:id>/", views.target, name="target"),
    path("papers/<slug:name>/", views.paper_file, name="paper"),
    path("demo-year/", views.cockpit, {"demo": True}, name="demo_year"),
    path("demo-year/targets/<slug:id>/", views.target, {"demo": True}, name="demo_target"),
    path("demo-year/papers/<slug:name>/", views.paper_file, {"demo": True}, name="demo_paper"),
]
