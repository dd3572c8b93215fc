"""Addresses of standards: the start, one firm, its facts, declarations of completeness."""

from __future__ import annotations

from django.urls import path

from luming_portal.standards.views import complete, facts, firm

app_name = "standards"
urlpatterns = [
    path("", firm.home, name="home"),
    path("complete/", complete.complete_list, name="complete"),
    path("complete/<int:pk>/withdraw/", complete.complete_withdraw, name="complete_withdraw"),
    path("facts/import/", facts.facts_import, name="facts_import"),
    path("firms/<int:pk>/", firm.firm_page, name="firm"),
    path("firms/<int:pk>/what-if/", firm.what_if, name="what_if"),
    path("firms/<int:pk>/facts/", facts.facts_page, name="facts"),
    path("firms/<int:pk>/<slug:standard>/", firm.explain_page, name="explain"),
]
