"""Addresses of the registers."""

from __future__ import annotations

from django.urls import path

from luming_portal.registers.views import bulk, details, editing, imports, lists, saved

app_name = "registers"
urlpatterns = [
    path("<slug:slug>/", lists.record_list, name="list"),
    path("<slug:slug>/filters/", lists.record_filters, name="filters"),
    path("<slug:slug>/new/", editing.record_create, name="create"),
    path("<slug:slug>/bulk/", bulk.record_bulk, name="bulk"),
    path("<slug:slug>/import/", imports.record_import, name="import"),
    path("<slug:slug>/import/template/", imports.import_template, name="import_template"),
    path("<slug:slug>/import/<int:pk>/", imports.import_preview, name="import_preview"),
    path("<slug:slug>/import/<int:pk>/faults/", imports.import_faults, name="import_faults"),
    path("<slug:slug>/views/", saved.view_save, name="view_save"),
    path("<slug:slug>/views/<int:pk>/delete/", saved.view_delete, name="view_delete"),
    path("<slug:slug>/usual-columns/", saved.usual_columns, name="usual_columns"),
    path("<slug:slug>/all-columns/", saved.all_columns, name="all_columns"),
    path("<slug:slug>/<int:pk>/", details.record_detail, name="detail"),
    path("<slug:slug>/<int:pk>/change/", editing.record_change, name="change"),
    path("<slug:slug>/<int:pk>/delete/", editing.record_delete, name="delete"),
]
