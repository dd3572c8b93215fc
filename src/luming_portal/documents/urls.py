"""Addresses of documents. The desk's sentences are named by where they begin in the text."""

from __future__ import annotations

from django.urls import path

from luming_portal.documents.views import desk, intake, publication, reading

app_name = "documents"
urlpatterns = [
    path("", reading.document_list, name="list"),
    path("new/", intake.new, name="new"),
    path("import/", intake.take_in, name="import"),
    path("<int:pk>/", reading.detail, name="detail"),
    path("<int:pk>/versions/", reading.versions, name="versions"),
    path("<int:pk>/versions/<int:number>/", reading.detail, name="version"),
    path("<int:pk>/versions/<int:number>/download/", reading.download, name="download"),
    path("<int:pk>/difference/", reading.difference, name="difference"),
    path("<int:pk>/comparison/", reading.comparison, name="comparison"),
    path("<int:pk>/revise/", publication.revise, name="revise"),
    path("<int:pk>/desk/", desk.desk, name="desk"),
    path("<int:pk>/desk/head/", desk.head, name="head"),
    path("<int:pk>/desk/steps/", desk.steps, name="steps"),
    path("<int:pk>/desk/undo/", desk.take_back, name="undo"),
    path("<int:pk>/desk/export/", reading.export_draft, name="export"),
    path("<int:pk>/desk/publish/", publication.publish, name="publish"),
    path("<int:pk>/desk/discard/", publication.discard, name="discard"),
    path("<int:pk>/desk/sentence/<int:start>/", desk.sentence, name="sentence"),
    path("<int:pk>/desk/measure/<slug:measure>/", desk.measure, name="measure"),
]
