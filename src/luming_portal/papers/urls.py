"""Addresses of papers and their templates."""

from __future__ import annotations

from django.urls import path

from luming_portal.papers.views import papers, templates

app_name = "papers"
urlpatterns = [
    path("", papers.paper_list, name="list"),
    path("<int:pk>/", papers.paper_page, name="paper"),
    path("<int:pk>/file/<slug:form>/", papers.paper_file, name="file"),
    path("<int:pk>/withdraw/", papers.withdraw, name="withdraw"),
    path("new/<int:case>/<slug:kind>/", papers.paper_new, name="new"),
    path("check/<str:code>/", papers.check, name="check"),
    path("templates/", templates.template_list, name="templates"),
    path("templates/<slug:kind>/", templates.template_page, name="template"),
    path("templates/<slug:kind>/upload/", templates.template_upload, name="upload"),
    path("templates/<slug:kind>/use/", templates.template_use, name="use"),
    path("templates/<slug:kind>/head/", templates.template_head, name="head"),
    path(
        "templates/<slug:kind>/<int:number>/file/<slug:form>/", templates.template_file, name="template_file"
    ),
]
