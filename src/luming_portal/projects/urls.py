"""Addresses of projects beside those of their register: progress, evidence, districts, field review."""

from __future__ import annotations

from django.urls import path

from luming_portal.projects.views import evidence, progress, review

app_name = "projects"
urlpatterns = [
    path("", progress.districts, name="districts"),
    path("<int:project>/milestones/new/", progress.milestone_create, name="milestone_create"),
    path("<int:project>/milestones/<int:pk>/", progress.milestone_change, name="milestone_change"),
    path("<int:project>/investment/new/", progress.investment_create, name="investment_create"),
    path("<int:project>/investment/<int:pk>/", progress.investment_change, name="investment_change"),
    path("<int:project>/evidence/new/", evidence.evidence_create, name="evidence_create"),
    path("<int:project>/evidence/<int:pk>/", evidence.evidence_change, name="evidence_change"),
    path("evidence/<str:name>", evidence.evidence_file, name="evidence_file"),
    path("reviews/", review.rounds, name="reviews"),
    path("reviews/new/", review.round_create, name="review_create"),
    path("reviews/<int:pk>/", review.round_detail, name="review"),
    path("reviews/<int:pk>/change/", review.round_change, name="review_change"),
    path("reviews/<int:pk>/open/", review.round_open, name="review_open"),
    path("reviews/<int:pk>/close/", review.round_close, name="review_close"),
    path("reviews/<int:pk>/entries/<int:entry>/score/", review.score, name="review_score"),
    path("reviews/<int:pk>/entries/<int:entry>/correction/", review.correction, name="review_correction"),
]
