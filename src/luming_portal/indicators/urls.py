"""Addresses of figures beside those of every register: their correction."""

from __future__ import annotations

from django.urls import path

from luming_portal.indicators import views

app_name = "indicators"
urlpatterns = [path("facts/<int:pk>/correct/", views.fact_correct, name="correct")]
