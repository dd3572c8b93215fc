"""Addresses of reporting."""

from __future__ import annotations

from django.urls import path

from luming_portal.reporting import book_views, file_views, views

app_name = "reporting"
urlpatterns = [
    path("", views.month_list, name="list"),
    path("open/", views.month_open, name="open"),
    path("<int:pk>/", views.month_detail, name="month"),
    path("<int:pk>/sheet/", views.sheet, name="sheet"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/workbook/", book_views.download, name="book"),
    path("<int:pk>/workbook/upload/", book_views.upload, name="book_upload"),
    path("<int:pk>/workbook/<int:staged_pk>/", book_views.preview, name="book_preview"),
    path("<int:pk>/workbook/<int:staged_pk>/marked/", book_views.marked, name="book_marked"),
    path("reports/<int:pk>/save/", views.save, name="save"),
    path("reports/<int:pk>/files/", file_views.attach, name="attach"),
    path("files/<str:name>", file_views.read, name="file"),
    path("files/<str:name>/remove/", file_views.remove, name="file_remove"),
]
