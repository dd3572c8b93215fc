"""Pages of the comparison of districts: the list, a ranking before issue and after it, as a page or a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luming.comparison import Frozen
from luming_portal import error_views
from luming_portal.accounts.rights import Action, Refused, decide, require
from luming_portal.audit.selectors import history_of
from luming_portal.comparison.current import Current, current, current_of, left_out, standing_day
from luming_portal.comparison.export import Paper, as_json, csv_file, workbook
from luming_portal.comparison.models import Objection, Settled
from luming_portal.comparison.selectors import (
    LISTED,
    comparisons_for,
    fact_addresses,
    findings_of,
    listed,
    objections_for,
    reads_evidence,
    sees_current,
)
from luming_portal.comparison.services import (
    issue,
    why_closed,
)
from luming_portal.comparison.table import SORTS, groups, sort_of
from luming_portal.comparison.twin import comparison_json, objection_json
from luming_portal.comparison.views.reach import conflict, seen
from luming_portal.documents.models import DocumentVersion
from luming_portal.documents.selectors import current_version

_EARLIEST = dt.date(2000, 1, 1)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def comparison_list(request: HttpRequest, *, demo: bool = False) -> HttpResponse:
    """What would be issued today, for officers; what was issued, for everybody."""
    require(request.user, Action.VIEW, "comparison")
    version = current_version()
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    issued = list(listed(request.user, demo=demo, words=words))
    if error_views.wants_json(request):
        return _json({"issued": [comparison_json(one) for one in issued]})
    context: dict[str, Any] = {"demo_year": demo, "issued": issued, "words": words, "most": LISTED}
    if version is not None and sees_current(request.user):
        day, fault = _day(request, version, demo=demo)
        taken = {
            (one.target, one.period): one
            for one in comparisons_for(request.user).filter(
                document=version.document, demo=demo, correction=None
            )
        }
        rows = current(version, day, demo=demo)
        context |= {
            "sees_current": True,
            "current": [(one, taken.get((one.target, one.period.text))) for one in rows],
            "left_out": left_out(version, day, demo=demo),
            "as_of": day,
            "fault": fault,
        }
    return render(request, "comparison/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def current_page(request: HttpRequest, target: str, *, demo: bool = False) -> HttpResponse:
    """A ranking that is not issued yet; the office issues it here."""
    require(request.user, Action.VIEW, "comparison")
    if not sees_current(request.user):
        raise Refused(_("还没有公布的比较只对工作人员开放。"))
    if request.method == "POST":
        require(request.user, Action.PUBLISH, "comparison")
    version = current_version()
    if version is None:
        raise Http404
    day, fault = _day(request, version, demo=demo)
    item = current_of(version, target, day, demo=demo)
    if item is None:
        raise Http404
    if request.method == "POST":
        return _issue(request, item)
    paper = Paper(
        _("%(label)s旗县区比较(%(period)s)") % {"label": item.label, "period": item.period.label()},
        version.document.place,
        item.unit,
        _("未公布,数据截至%s。") % item.as_of,
        item.as_of,
        item.demo,
    )
    if (file := _file(request, paper, item.content, {}, f"current-{target}")) is not None:
        return file
    context = _table(request, item.content, item.unit, item.facts, {}, demo=demo) | {
        "item": item,
        "title": paper.title,
        "document": version.document,
        "period": item.period.label(),
        "taken": comparisons_for(request.user)
        .filter(document=version.document, target=target, period=item.period.text, demo=demo, correction=None)
        .first(),
        "may_issue": decide(request.user, Action.PUBLISH, "comparison"),
        "fault": fault,
    }
    return render(request, "comparison/current.html", context)


def _issue(request: HttpRequest, item: Current) -> HttpResponse:
    if request.POST.get("digest") != item.digest:
        return conflict(request, _("数据在您打开页面以后变了,没有公布。请重新打开这一页,核对后再公布。"))
    try:
        made = issue(item, by=request.user)
    except Settled as refused:
        return conflict(request, str(refused))
    messages.success(request, _("已公布。旗县区可在异议期内提出异议。"))
    return redirect("comparison:detail", made.pk)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """An issued comparison with what was said against it."""
    item = seen(request, pk)
    objections = objections_for(request.user, item)
    content = item.frozen()
    window, today = item.window(), timezone.localdate()
    standing = _("%s公布。") % item.issued_on
    if window.last_day is not None:
        standing += _("异议截止日%s。") % window.last_day
    if item.superseded_by is not None:
        standing += _("已被更正,以更正后的为准。")
    paper = Paper(str(item), item.document.place, item.unit, standing, item.as_of, item.demo)
    if error_views.wants_json(request):
        told = [objection_json(one) for rows in objections.values() for one in rows]
        return _json(comparison_json(item) | as_json(content) | {"facts": item.facts, "objections": told})
    if (file := _file(request, paper, content, objections, str(item.pk))) is not None:
        return file
    user: Any = request.user
    district = getattr(user, "district", "")
    may_object = decide(user, Action.CREATE, "objection") and content.input_of(district) is not None
    context = _table(request, content, item.unit, item.facts, objections, demo=item.demo) | {
        "comparison": item,
        "title": str(item),
        "document": item.document,
        "period": item.period_words,
        "window": window,
        "is_over": window.is_over(today),
        "district": district if may_object else "",
        "closed": why_closed(item, today) if may_object else "",
        "reads_evidence": reads_evidence(user),
        "may_decide": decide(user, Action.PUBLISH, "comparison"),
        "to_correct": item.superseded_by is None and bool(findings_of(item)),
        "may_history": decide(user, Action.HISTORY, "comparison", item),
        "history": history_of(item, user),
    }
    return render(request, "comparison/detail.html", context)


def _day(request: HttpRequest, version: DocumentVersion, *, demo: bool) -> tuple[dt.date, str]:
    """The day whose knowledge counts, and a sentence where the one asked for cannot be used."""
    latest = standing_day(version, timezone.localdate(), demo=demo)
    written = (request.POST if request.method == "POST" else request.GET).get("as_of", "").strip()
    if not written:
        return latest, ""
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        return latest, _("日期“%s”不能识别,应为 2025-06-30 这样的写法;现按默认日期显示。") % written[:20]
    last = dt.date(version.document.year, 12, 31) if demo else timezone.localdate()
    if not _EARLIEST <= day <= last:
        return latest, _("日期“%s”超出范围;现按默认日期显示。") % written[:20]
    return day, ""


def _table(
    request: HttpRequest,
    content: Frozen,
    unit: str,
    facts: list[dict[str, Any]],
    objections: Mapping[str, Sequence[Objection]],
    *,
    demo: bool,
) -> dict[str, Any]:
    sort = sort_of(request.GET.get("sort", ""))
    addresses = {} if demo else fact_addresses(request.user, (fact["key"] for fact in facts))
    kept = request.GET.copy()
    for name in ("sort", "format", "open"):
        kept.pop(name, None)
    rest = kept.urlencode()
    return {
        "groups": groups(content, unit, facts, sort=sort, objections=objections, addresses=addresses),
        "unit": unit,
        "demo_year": demo,
        "formula": content.formula,
        "sort": sort,
        "sorts": {
            name: {
                "query": f"?sort={'-' if sort == name else ''}{name}" + (f"&{rest}" if rest else ""),
                "aria": {name: "ascending", f"-{name}": "descending"}.get(sort, ""),
            }
            for name in SORTS
        },
        "tail": f"&{rest}" if rest else "",
        "opened": request.GET.get("open") == "1",
    }


def _file(
    request: HttpRequest,
    paper: Paper,
    content: Frozen,
    objections: Mapping[str, Sequence[Objection]],
    name: str,
) -> HttpResponse | None:
    """The file that is asked for by ?format=; None where a page is."""
    wanted = request.GET.get("format", "")
    if not wanted:
        return None
    require(request.user, Action.EXPORT, "comparison")
    if wanted == "xlsx":
        answer = HttpResponse(workbook(paper, content, objections), content_type=_XLSX)
    elif wanted == "csv":
        answer = HttpResponse(csv_file(paper, content, objections), content_type="text/csv; charset=utf-8")
    elif wanted == "json":
        return _json({"title": paper.title, "as_of": paper.as_of, "demo": paper.demo} | as_json(content))
    else:
        return error_views.bad_request(
            request, ValueError(_("format 只能是 xlsx、csv 或 json。没有导出任何内容。"))
        )
    standing = "演示_" if paper.demo else ""
    header = content_disposition_header(True, f"{standing}{paper.title}_{paper.as_of}.{wanted}")
    answer["Content-Disposition"] = header or f"attachment; filename={name}.{wanted}"
    return answer


def _json(told: Any) -> JsonResponse:
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
