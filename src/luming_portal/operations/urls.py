"""Addresses of operations."""

from __future__ import annotations

from django.urls import path

from luming_portal.operations import views

app_name = "operations"
urlpatterns = [
    path("jobs/", views.job_list, name="jobs"),
    path("jobs/<uuid:pk>/", views.job_detail, name="job"),
    path("jobs/<uuid:pk>/cancel/", views.job_cancel, name="job_cancel"),
    path("jobs/<uuid:pk>/file/", views.job_file, name="job_file"),
    path("check/", views.check, name="check"),
    path("backup/", views.back_up, name="backup"),
]
