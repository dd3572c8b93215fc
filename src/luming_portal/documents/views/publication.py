"""From the desk to the public: publish, revise, give up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luming.desk import DeskFaults
from luming.errors import FaultyInput
from luming_portal.accounts.rights import Action, require
from luming_portal.audit.door import ReasonMissing
from luming_portal.documents import services
from luming_portal.documents.selectors import documents_for
from luming_portal.documents.views.page import DeskPage
from luming_portal.error_views import bad_request


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """What still stands in the way, and the button."""
    page = DeskPage(request, pk)
    require(request.user, Action.PUBLISH, "document", page.draft.document)
    faults: tuple[object, ...] = ()
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        try:
            version = services.publish(page.draft, by=request.user, reason=reason)
        except FaultyInput as problem:
            faults = problem.faults
        except ReasonMissing:
            faults = (_("请写明这次发布的说明，例如：首次发布，已与印发本核对。"),)
        else:
            messages.success(request, _("已发布第%d版。") % version.number)
            return HttpResponseRedirect(version.document.get_absolute_url())
    starts = {one.id: one.start for one in page.desk.sentences()}
    points = [(point, starts.get(point.anchor)) for point in page.points]
    context = page.context(
        blockers=[one for one in points if one[0].blocks],
        reminders=[one for one in points if not one[0].blocks],
        faults=faults,
        reason=reason,
        next_number=page.draft.document.versions.count() + 1,
    )
    return render(request, "documents/publish.html", context, status=422 if faults else 200)


@require_POST
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the version in force on the desk."""
    document = get_object_or_404(documents_for(request.user), pk=pk)
    try:
        services.revise(document, by=request.user)
    except DeskFaults as problem:
        return bad_request(request, problem)
    return HttpResponseRedirect(reverse("documents:desk", args=[pk]))


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the draft up."""
    page = DeskPage(request, pk)
    services.discard(page.draft, by=request.user, reason=request.POST.get("reason", ""))
    messages.success(request, _("草稿已放弃，操作记录仍可查。"))
    return HttpResponseRedirect(reverse("documents:list"))
