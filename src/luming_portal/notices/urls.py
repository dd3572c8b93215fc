"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from luming_portal.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="list"),
    path("read/", views.read, name="read"),
    path("preference/", views.preference, name="preference"),
    path("<int:pk>/open/", views.open_notice, name="open"),
]
