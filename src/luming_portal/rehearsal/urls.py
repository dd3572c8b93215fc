"""Addresses of rehearsals."""

from __future__ import annotations

from django.urls import path

from luming_portal.rehearsal import views

app_name = "rehearsal"
urlpatterns = [
    path("", views.rule_list, name="list"),
    path("items/<slug:key>/", views.item, name="item"),
    path("standards/<str:name>/", views.standard, name="standard"),
    path("clauses/<slug:measure>/", views.clause, name="clause"),
    path("drafts/<int:pk>/", views.draft, name="draft"),
]
