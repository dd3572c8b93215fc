"""Pages of disputes: the list, filing one about a light on a board, one dispute with its decision."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming.dispute import DisputeMove, DisputeState, contestants
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.accounts.selectors import signed_in
from luming_portal.cockpit.asked import board_of, day_asked, standing_on, version_asked
from luming_portal.disputes.forms import DisputeForm, EndForm
from luming_portal.disputes.models import LightDispute
from luming_portal.disputes.selectors import disputes_for
from luming_portal.disputes.services import DisputeRefused, end_dispute, file_dispute, moves_for
from luming_portal.error_views import wants_json
from luming_portal.library_words import word
from luming_portal.registers.table_file import FORMS, table_file

PAGE_SIZE = 50
LARGEST_EXPORT = 10_000


@require_safe
def dispute_list(request: HttpRequest) -> HttpResponse:
    """The disputes, newest first, with search; as JSON, workbook and CSV too."""
    require(request.user, Action.VIEW, "dispute")
    words = request.GET.get("q", "").strip()[:100]
    state = request.GET.get("state", "")
    state = state if state in {one.value for one in DisputeState} else ""
    found = disputes_for(request.user, words=words, state=state)
    form = request.GET.get("format", "")
    if form in FORMS:
        require(request.user, Action.EXPORT, "dispute")
        name = _("亮灯申诉-%s") % timezone.localdate().isoformat()
        return table_file(name, _heads(), [_row(one) for one in found[:LARGEST_EXPORT]], form)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    if wants_json(request):
        told = {"count": page.paginator.count, "disputes": [_json(one) for one in page]}
        return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    context = {
        "page": page,
        "given": {"q": words, "state": state},
        "filtered": bool(words or state),
        "states": [(one.value, word(one.label)) for one in DisputeState],
        "query": request.GET.urlencode(),
    }
    return render(request, "disputes/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def dispute_new(request: HttpRequest) -> HttpResponse:
    """Contest the light of ?target= on the board of ?document=, ?as_of= and ?demo=1."""
    require(request.user, Action.CREATE, "dispute")
    demo = request.GET.get("demo") == "1"
    version = version_asked(request)
    if version is None:
        raise Http404
    day, _fault = day_asked(request.GET, version, demo=demo)
    shown = board_of(version, day, demo=demo)
    item = standing_on(shown.board, request.GET.get("target", "")[:80])
    if signed_in(request).unit not in contestants(item):
        raise Refused(
            _("这项目标的灯只能由牵头单位或数据归口单位申诉:“%(units)s”。您的单位是“%(unit)s”。")
            % {
                "units": _("、").join(contestants(item)) or _("未填"),
                "unit": signed_in(request).unit or _("未填"),
            }
        )
    form = DisputeForm(request.POST or None, initial={"light": item.light.light.value})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            if given.pop("light") != item.light.light.value:
                form.add_error(None, _("这盏灯在您填写的时候变了,没有提交。请看新的灯,再决定是否申诉。"))
                status = 409
            else:
                try:
                    filed = file_dispute(shown, item, by=request.user, **given)
                except DisputeRefused as refused:
                    form.add_error(None, str(refused))
                    status = 409
                else:
                    messages.success(request, _("已提交申诉,由领导小组办公室裁定。"))
                    return redirect("disputes:detail", filed.pk)
    context = {
        "form": form,
        "item": item,
        "document": version.document,
        "demo_year": demo,
        "as_of": shown.board.as_of,
        "light_page": light_page(version.document_id, item.target.id, shown.board.as_of, demo=demo),
    }
    return render(request, "disputes/new.html", context, status=status)


@require_safe
def dispute_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One dispute."""
    return _dispute_page(request, _dispute(request, pk))


def _dispute_page(
    request: HttpRequest, dispute: LightDispute, problem: str = "", status: int = 200
) -> HttpResponse:
    moves = moves_for(dispute, request.user)
    context = {
        "dispute": dispute,
        "withdraws": DisputeMove.WITHDRAW in moves,
        "decisions": [one for one in moves if one.needs_reason],
        "written": request.POST.get("reason", ""),
        "problem": problem,
        "light_page": light_page(dispute.document_id, dispute.target, dispute.as_of, demo=dispute.demo),
    }
    return render(request, "disputes/detail.html", context, status=status)


@require_POST
def dispute_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw or decide a dispute."""
    dispute = _dispute(request, pk)
    require(request.user, Action.CHANGE, "dispute", dispute)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _dispute_page(request, dispute, _("没有选择怎样办理,或内容太长,没有保存。"), 400)
    given = form.cleaned_data
    try:
        end_dispute(
            dispute,
            DisputeMove(given["move"]),
            by=request.user,
            reason=given["reason"],
            expected_version=given["version"],
        )
    except DisputeRefused as refused:
        fresh = _dispute(request, pk)
        return _dispute_page(request, fresh, str(refused), 400 if fresh.at.is_open else 409)
    messages.success(request, _("已办结:%s。") % dispute.get_state_display())
    return redirect("disputes:detail", dispute.pk)


def light_page(document: int, target: str, as_of: dt.date, *, demo: bool) -> str:
    """Where the cockpit shows the light, on the day it was contested."""
    base = "/demo-year/" if demo else "/"
    return f"{base}targets/{target}/?{urlencode({'document': str(document), 'as_of': as_of.isoformat()})}"


def _dispute(request: HttpRequest, pk: int) -> LightDispute:
    require(request.user, Action.VIEW, "dispute")
    return get_object_or_404(disputes_for(request.user), pk=pk)


def _heads() -> list[str]:
    return [
        _("目标"),
        _("申诉单位"),
        _("看板日期"),
        _("申诉的灯"),
        _("当时的数"),
        _("申诉理由"),
        _("依据"),
        _("申诉日期"),
        _("状态"),
        _("裁定理由"),
        _("办结日期"),
        _("文件"),
        _("数据性质"),
    ]


def _row(one: LightDispute) -> list[str | int | dt.date | None]:
    return [
        one.target_label,
        one.unit,
        one.as_of,
        one.get_light_display(),
        one.figure,
        one.reason,
        one.evidence,
        one.filed_on,
        one.get_state_display(),
        one.decision,
        one.decided_on,
        str(one.document),
        _("演示数据") if one.demo else "",
    ]


def _json(one: LightDispute) -> dict[str, Any]:
    return {
        "id": one.pk,
        "document": one.document.key,
        "target": one.target,
        "label": one.target_label,
        "as_of": one.as_of,
        "light": one.light,
        "figure": one.figure,
        "unit": one.unit,
        "reason": one.reason,
        "evidence": one.evidence,
        "filed_on": one.filed_on,
        "state": one.state,
        "decision": one.decision,
        "decided_on": one.decided_on,
        "demo": one.demo,
    }
