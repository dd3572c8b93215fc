"""The address of policy evaluation."""

from __future__ import annotations

from django.urls import path

from luming_portal.evaluation import views

app_name = "evaluation"
urlpatterns = [path("", views.evaluation_page, name="page")]
