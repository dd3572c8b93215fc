"""Addresses. One folder of addresses for each noun; what is unknown ends in our own page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path

from luming_portal.invitations.public_views import link


def nowhere(request: HttpRequest) -> HttpResponse:
    """An address that leads nowhere."""
    raise Http404


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("luming_portal.cockpit.urls")),
    path("documents/", include("luming_portal.documents.urls")),
    path("workbooks/", include("luming_portal.workbooks.urls")),
    path("reporting/", include("luming_portal.reporting.urls")),
    path("counting/", include("luming_portal.counting.urls")),
    path("chasing/", include("luming_portal.chasing.urls")),
    path("disputes/", include("luming_portal.disputes.urls")),
    path("invitations/", include("luming_portal.invitations.urls")),
    path("i/<str:token>/", link, name="invitation"),
    path("comparison/", include("luming_portal.comparison.urls")),
    path("evaluation/", include("luming_portal.evaluation.urls")),
    path("", include("luming_portal.cases.urls")),
    path("grants/", include("luming_portal.grants.urls")),
    path("rehearsal/", include("luming_portal.rehearsal.urls")),
    path("budgets/", include("luming_portal.budgets.urls")),
    path("standards/", include("luming_portal.standards.urls")),
    path("panels/", include("luming_portal.panels.urls")),
    path("support/", include("luming_portal.support.urls")),
    path("office-papers/", include("luming_portal.papers.urls")),
    path("notices/", include("luming_portal.notices.urls")),
    path("caseload/", include("luming_portal.caseload.urls")),
    path("calendar/", include("luming_portal.deadlines.urls")),
    path("registers/", include("luming_portal.enterprises.urls")),
    path("registers/", include("luming_portal.indicators.urls")),
    path("registers/", include("luming_portal.registers.urls")),
    path("projects/", include("luming_portal.projects.urls")),
    path("proofs/", include("luming_portal.proofs.urls")),
    path("search/", include("luming_portal.search.urls")),
    path("audit/", include("luming_portal.audit.urls")),
    path("accounts/", include("luming_portal.accounts.urls")),
    path("", include("luming_portal.api.urls")),
    path("operations/", include("luming_portal.operations.urls")),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/v1/", include("luming_portal.api.v1_urls")),
    re_path(r"^[\s\S]*$", nowhere),
]

handler400 = "luming_portal.error_views.bad_request"
handler403 = "luming_portal.error_views.forbidden"
handler404 = "luming_portal.error_views.not_found"
handler500 = "luming_portal.error_views.server_error"
handler429 = "luming_portal.error_views.too_many"
