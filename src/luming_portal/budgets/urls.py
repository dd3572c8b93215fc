"""Addresses of budgets."""

from __future__ import annotations

from django.urls import path

from luming_portal.budgets.views import allocations, decisions, lines

app_name = "budgets"
urlpatterns = [
    path("", lines.line_list, name="list"),
    path("new/", lines.line_create, name="create"),
    path("<int:pk>/", lines.line_page, name="line"),
    path("<int:pk>/entries/<slug:move>/", decisions.decide, name="decide"),
    path("<int:pk>/pay/", decisions.ask, name="ask"),
    path("<int:pk>/carry/", decisions.carry_over_page, name="carry"),
    path("<int:pk>/caps/", lines.cap_create, name="cap"),
    path("<int:pk>/calls/", allocations.call_create, name="call"),
    path("caps/<int:pk>/end/", lines.cap_end, name="cap-end"),
    path("orders/<int:pk>/", decisions.settle, name="settle"),
    path("calls/<int:pk>/", allocations.call_page, name="allocation"),
    path("calls/<int:pk>/requests/", allocations.request_enter, name="request"),
    path("calls/<int:pk>/decision/", allocations.call_decide, name="decision"),
]
