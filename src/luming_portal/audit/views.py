"""Pages of the record of changes, for the auditor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luming_portal.accounts.rights import Action, require
from luming_portal.accounts.selectors import signed_in
from luming_portal.audit import exports
from luming_portal.audit.filters import ChangeFilter, read_filter
from luming_portal.audit.governed import Governed
from luming_portal.audit.selectors import changes_seen, entries
from luming_portal.audit.services import record_export
from luming_portal.audit.words import ACTIONS, kind_label
from luming_portal.error_views import bad_request, wants_json

PAGE_SIZE = 50
COUNTED = 10_000
"""Up to here the matches are counted; beyond, the page says “more than”."""
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def change_list(request: HttpRequest) -> HttpResponseBase:
    """The record of changes: page, JSON twin, CSV and workbook of the same filter."""
    require(request.user, Action.VIEW, "audit")
    asked = read_filter(request.GET)
    form = "json" if wants_json(request) else request.GET.get("format", "")
    if form in ("csv", "xlsx"):
        return _export(request, asked, form)
    if form not in ("", "json"):
        return bad_request(request, ValueError(_("format=%s:只有 json、csv、xlsx。") % form[:20]))
    rows = asked.page(changes_seen(request.user), PAGE_SIZE)
    more = len(rows) > PAGE_SIZE
    shown = entries(rows[:PAGE_SIZE], request.user)
    following = asked.query(before=rows[PAGE_SIZE - 1].pk) if more else ""
    if form == "json":
        return _json(
            {
                "results": [exports.as_data(entry) for entry in shown],
                "next": following,
                "faults": asked.faults,
            }
        )
    count = asked.applied(changes_seen(request.user))[: COUNTED + 1].count()
    context = {
        "entries": shown,
        "asked": asked,
        "next": following,
        "count": min(count, COUNTED),
        "more_than": count > COUNTED,
        "actions": [(key, str(label)) for key, label in ACTIONS.items()],
        "kinds": _kinds(),
    }
    return render(request, "audit/list.html", context)


@require_safe
def change_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One entry, before and after side by side."""
    require(request.user, Action.VIEW, "audit")
    found = changes_seen(request.user).select_related("outbox").filter(pk=pk).first()
    if found is None:
        raise Http404
    entry = entries([found], request.user)[0]
    if wants_json(request):
        return _json({**exports.as_data(entry), "digest": found.outbox.digest})
    same = ChangeFilter(kind=found.model, object_id=found.object_id).query() if found.model else ""
    context = {
        "entry": entry,
        "digest": found.outbox.digest,
        "taken_at": found.outbox.taken_at,
        "same_object": same,
        "same_request": ChangeFilter(request=found.request_id).query() if found.request_id else "",
    }
    return render(request, "audit/detail.html", context)


def _export(request: HttpRequest, asked: ChangeFilter, form: str) -> HttpResponseBase:
    require(request.user, Action.EXPORT, "audit")
    changes = asked.applied(changes_seen(request.user))
    count = changes.count()
    if count > exports.LARGEST:
        return bad_request(
            request,
            ValueError(
                _("符合条件的有%(count)d条,一次最多导出%(most)d条。没有导出;请缩短时间范围。")
                % {"count": count, "most": exports.LARGEST}
            ),
        )
    # The newest entry is fixed before the export is itself recorded.
    newest = changes.values_list("pk", flat=True).first() or 0
    changes = changes.filter(pk__lte=newest)
    record_export(by=signed_in(request), asked=asked, form=form, count=count)
    name = f"audit-{timezone.localtime():%Y%m%d-%H%M}.{form}"
    answer: HttpResponse | StreamingHttpResponse
    if form == "csv":
        answer = StreamingHttpResponse(
            exports.as_csv(changes, request.user), content_type="text/csv; charset=utf-8"
        )
    else:
        answer = HttpResponse(exports.as_xlsx(changes, request.user), content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _json(body: Any) -> JsonResponse:
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _kinds() -> Sequence[tuple[str, str]]:
    labels = sorted(model._meta.label_lower for model in apps.get_models() if issubclass(model, Governed))
    return [(label, kind_label(label)) for label in labels]
