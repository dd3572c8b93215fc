"""Addresses of standards: the start, one firm, its facts, declarations of completeness."""

from __future__ import annotations

from django.urls import path

from luming_portal.standards.views import complete, facts, firm, ladder, lists, runs, what_if

app_name = "standards"
urlpatterns = [
    path("", firm.home, name="home"),
    path("ladder/", ladder.ladder_page, name="ladder"),
    path("complete/", complete.complete_list, name="complete"),
    path("complete/<int:pk>/withdraw/", complete.complete_withdraw, name="complete_withdraw"),
    path("facts/import/", facts.facts_import, name="facts_import"),
    path("runs/", runs.run_list, name="runs"),
    path("runs/new/", runs.run_create, name="run_create"),
    path("runs/<int:pk>/", runs.run_page, name="run"),
    path("runs/<int:pk>/export/", runs.run_export, name="run_export"),
    path("runs/<int:pk>/again/", runs.run_again, name="run_again"),
    path("runs/<int:pk>/stop/", runs.run_stop, name="run_stop"),
    path("runs/<int:pk>/against/<int:other>/", runs.run_against, name="run_against"),
    path("runs/<int:pk>/list/<slug:standard>/", lists.list_create, name="list_create"),
    path("lists/", lists.publicity_lists, name="lists"),
    path("lists/<int:pk>/", lists.publicity_list, name="list"),
    path("lists/<int:pk>/freeze/", lists.list_freeze, name="list_freeze"),
    path("lists/<int:pk>/off/<int:firm>/", lists.list_take_off, name="list_take_off"),
    path("firms/<int:pk>/", firm.firm_page, name="firm"),
    path("firms/<int:pk>/what-if/", what_if.what_if, name="what_if"),
    path("firms/<int:pk>/facts/", facts.facts_page, name="facts"),
    path("firms/<int:pk>/<slug:standard>/", firm.explain_page, name="explain"),
]
