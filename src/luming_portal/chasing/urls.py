"""Addresses of chasing."""

from __future__ import annotations

from django.urls import path

from luming_portal.chasing.views import escalation, letters

app_name = "chasing"
urlpatterns = [
    path("", escalation.escalation_list, name="list"),
    path("<int:pk>/", escalation.month_page, name="month"),
    path("<int:pk>/remind/", escalation.remind, name="remind"),
    path("<int:pk>/letter/", letters.issue, name="issue"),
    path("letters/", letters.letter_list, name="letters"),
    path("letters/<int:pk>/", letters.letter_page, name="letter"),
    path("letters/<int:pk>/withdraw/", letters.withdraw, name="withdraw"),
    path("letters/<int:pk>/answer/", letters.answer, name="answer"),
    path("letters/<int:pk>/file/<slug:kind>/", letters.letter_file, name="file"),
    path("letterhead/", letters.letterhead, name="letterhead"),
]
