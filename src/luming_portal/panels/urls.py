"""Addresses of panels."""

from __future__ import annotations

from django.urls import path

from luming_portal.panels.views import convening, experts, judging, lists

app_name = "panels"
urlpatterns = [
    path("", lists.panel_list, name="list"),
    path("new/<int:case>/", convening.panel_new, name="new"),
    path("<int:pk>/", lists.panel_page, name="panel"),
    path("<int:pk>/result/", lists.result_paper, name="result"),
    path("<int:pk>/members/", convening.members, name="members"),
    path("<int:pk>/invite/", convening.panel_invite, name="invite"),
    path("<int:pk>/measured/", convening.panel_measured, name="measured"),
    path("<int:pk>/discuss/", convening.panel_discuss, name="discuss"),
    path("<int:pk>/close/", convening.panel_close, name="close"),
    path("<int:pk>/dissolve/", convening.panel_dissolve, name="dissolve"),
    path("seats/<int:pk>/release/", convening.seat_release, name="release"),
    path("seats/<int:pk>/accuse/", convening.seat_accuse, name="accuse"),
    path("findings/<int:pk>/clear/", convening.finding_clear, name="clear"),
    path("<int:pk>/declare/", judging.declaration, name="declare"),
    path("<int:pk>/sheet/", judging.sheet, name="sheet"),
    path("<int:pk>/sheet/paper/", judging.sheet_paper, name="sheet_paper"),
    path("experts/<int:pk>/account/", experts.expert_account, name="account"),
    path("experts/<int:pk>/ties/", experts.tie_add, name="tie_add"),
    path("ties/<int:pk>/remove/", experts.tie_remove, name="tie_remove"),
]
