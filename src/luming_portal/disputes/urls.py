"""Addresses of disputes."""

from __future__ import annotations

from django.urls import path

from luming_portal.disputes import views

app_name = "disputes"
urlpatterns = [
    path("", views.dispute_list, name="list"),
    path("new/", views.dispute_new, name="new"),
    path("<int:pk>/", views.dispute_page, name="detail"),
    path("<int:pk>/end/", views.dispute_end, name="end"),
]
