"""Addresses of the calendar."""

from __future__ import annotations

from django.urls import path

from luming_portal.deadlines import views

app_name = "deadlines"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("<int:pk>/revoke/", views.revoke, name="revoke"),
    path("feed/<str:secret>.ics", views.feed, name="feed"),
]
