"""Addresses of search."""

from __future__ import annotations

from django.urls import path

from luming_portal.search import views

app_name = "search"
urlpatterns = [path("", views.search_page, name="search")]
