"""Addresses of old workbooks and their remembered mappings."""

from __future__ import annotations

from django.urls import path

from luming_portal.workbooks import views

app_name = "workbooks"
urlpatterns = [
    path("", views.workbook_list, name="list"),
    path("<int:pk>/", views.workbook, name="workbook"),
    path("<int:pk>/load/", views.load, name="load"),
    path("mappings/import/", views.mapping_import, name="mapping_import"),
    path("mappings/<int:pk>/", views.mapping, name="mapping"),
    path("mappings/<int:pk>/file/", views.mapping_file, name="mapping_file"),
]
