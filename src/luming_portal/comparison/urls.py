"""Addresses of the comparison of districts. The demonstration year stands under an address of its own."""

from __future__ import annotations

from django.urls import path

from luming_portal.comparison.views import correction, objections, pages

app_name = "comparison"
urlpatterns = [
    path("", pages.comparison_list, name="list"),
    path("demo-year/", pages.comparison_list, {"demo": True}, name="demo_list"),
    path("current/<slug:target>/", pages.current_page, name="current"),
    path("demo-year/current/<slug:target>/", pages.current_page, {"demo": True}, name="demo_current"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/correct/", correction.correct_page, name="correct"),
    path("<int:pk>/object/", objections.object_page, name="object"),
    path("objections/<int:pk>/withdraw/", objections.withdraw_objection, name="withdraw"),
    path("objections/<int:pk>/decide/", objections.decide_page, name="decide"),
]
