"""Pages of counting: all counted indicators, one of them, its duplicates; entering, and withdrawing evidence."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming.counting import WhyLeft
from luming_portal.accounts.rights import Action, Refused, decide, require, visible
from luming_portal.counting.forms import EntryForm, PaperForm, WithdrawForm
from luming_portal.counting.models import CountedEntry, EntryPaper
from luming_portal.counting.planning import plan_entries
from luming_portal.counting.selectors import (
    Standing,
    alike_for,
    clause_words,
    default_year,
    left_for,
    made_under_another_secret,
    pairs_for,
    standings,
    withdrawals_of,
)
from luming_portal.counting.services import (
    CountingRefused,
    Paper,
    add_entry,
    add_paper,
    counted_elsewhere,
    let_typed_stand,
    use_entries,
    withdraw_paper,
)
from luming_portal.counting.values import rules
from luming_portal.error_views import wants_json
from luming_portal.indicators.models import Indicator
from luming_portal.registers.catalog import register_or_404
from luming_portal.registers.reading import Row, Table

_EARLIEST, _LATEST = 2000, 2100


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every counted indicator: from entries, typed, the difference, what waits."""
    require(request.user, Action.VIEW, "counted_entry")
    today = timezone.localdate()
    year = _year(request, today)
    found = standings(year, today)
    if wants_json(request):
        return _json({"year": year, "indicators": [_standing_json(one) for one in found]})
    context = {
        "year": year,
        "years": range(default_year(today) - 2, today.year + 1),
        "found": found,
        "may_create": decide(request.user, Action.CREATE, "counted_entry"),
        "strangers": made_under_another_secret(),
        "register": register_or_404("counted"),
    }
    return render(request, "counting/overview.html", context)


@require_safe
def indicator_page(request: HttpRequest, key: str) -> HttpResponse:
    """One counted indicator: the number, how it comes about, what does not count and why; also as known on a past day."""
    require(request.user, Action.VIEW, "counted_entry")
    today = timezone.localdate()
    year, known, problem = _year(request, today), today, ""
    if request.GET.get("known"):
        try:
            known = min(dt.date.fromisoformat(request.GET["known"]), today)
        except ValueError:
            problem = _("“%s”不是日期,下面是今天所知;日期应写成 2025-06-30。") % request.GET["known"][:40]
    one = _standing(key, year, today, known)
    if wants_json(request):
        return _json(_standing_json(one) | {"year": year, "known_on": known})
    count = one.counted
    context = {
        "one": one,
        "year": year,
        "years": range(default_year(today) - 2, today.year + 1),
        "known": known,
        "today": today,
        "problem": problem,
        "clause": clause_words(one.rule),
        "reasons": [(why.label, count.left_for(why)) for why in WhyLeft if count.left_for(why)],
        "left": left_for(request.user, count),
        "waiting": pairs_for(request.user, count)[1],
        "alike": alike_for(request.user, count)[1],
        "withdrawals": withdrawals_of(request.user, one.indicator, demo=one.demo),
        "register": register_or_404("counted"),
        "query": urlencode({"indicator": one.indicator.label}),
        "may_create": decide(request.user, Action.CREATE, "counted_entry"),
        "may_import": decide(request.user, Action.IMPORT, "counted_entry"),
        "may_decide": decide(request.user, Action.PUBLISH, "counted_entry"),
    }
    return render(request, "counting/indicator.html", context, status=400 if problem else 200)


@require_safe
def duplicates(request: HttpRequest, key: str) -> HttpResponse:
    """The same one counted twice, and those who may be the same."""
    require(request.user, Action.VIEW, "counted_entry")
    today = timezone.localdate()
    year = _year(request, today)
    one = _standing(key, year, today, today)
    pairs, pairs_there = pairs_for(request.user, one.counted)
    likenesses, alike_there = alike_for(request.user, one.counted)
    context = {
        "one": one,
        "year": year,
        "pairs": pairs,
        "pairs_there": pairs_there,
        "likenesses": likenesses,
        "alike_there": alike_there,
    }
    return render(request, "counting/duplicates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_create(request: HttpRequest) -> HttpResponse:
    """Enter a person or thing; the row is checked by the planner that takes in tables."""
    require(request.user, Action.CREATE, "counted_entry")
    initial = {"indicator": request.GET.get("indicator", "")[:80]}
    form = EntryForm(request.POST or None, user=request.user, initial=initial)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid() and (entry := _entered(request, form)) is not None:
            _told(request, entry)
            return HttpResponseRedirect(register_or_404("counted").address_of(entry.pk))
    return render(request, "counting/entry_form.html", {"form": form}, status=status)


def _entered(request: HttpRequest, form: EntryForm) -> CountedEntry | None:
    """The entry; None with the form's faults noted."""
    cells = form.cells()
    plan = plan_entries(Table(tuple(cells), 0, (Row(1, cells),)), request.user)
    for problem in plan.problems:
        form.add_error(problem.column if problem.column in form.fields else None, problem.sentence)
    if plan.unchanged:
        form.add_error(None, _("本单位已登记过同一个,没有重复登记。"))
    if not form.is_valid():
        return None
    given = plan.new[0].item
    try:
        return add_entry(given.entry, given.paper, by=request.user)
    except (CountingRefused, Refused) as refused:
        form.add_error(None, str(refused))
        return None


def _told(request: HttpRequest, entry: CountedEntry) -> None:
    messages.success(request, _("已登记“%s”。") % entry)
    other = counted_elsewhere(entry, rules()[entry.indicator.key])
    if other is not None:
        messages.warning(
            request,
            _("%(unit)s已登记同一个,计入日期%(day)s;两条只计一次,先登记的计入。")
            % {"unit": other.unit, "day": other.counted_on.isoformat()},
        )
    if entry.evidence_state == "none":
        messages.warning(request, _("还没有依据,这一条暂不计入。"))


@require_POST
def paper_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an entry a further paper."""
    require(request.user, Action.CHANGE, "counted_entry")
    entry = get_object_or_404(visible(request.user, CountedEntry.objects.all()), pk=pk)
    form = PaperForm(request.POST)
    if not form.is_valid():
        return render(request, "counting/paper_form.html", {"form": form, "entry": entry}, status=400)
    given = form.cleaned_data
    paper = Paper(
        given["evidence_kind"],
        given["evidence_number"],
        given["evidence_issued_on"],
        given["evidence_valid_until"],
    )
    add_paper(entry, paper, by=request.user)
    messages.success(request, _("已补充依据。"))
    return HttpResponseRedirect(register_or_404("counted").address_of(entry.pk))


@require_http_methods(["GET", "HEAD", "POST"])
def paper_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a paper, with a reason; says from which count to which."""
    require(request.user, Action.CHANGE, "counted_entry")
    papers = visible(request.user, EntryPaper.objects.select_related("entry__indicator"))
    paper = get_object_or_404(papers, pk=pk)
    form = WithdrawForm(request.POST or None, initial={"version": paper.version})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            try:
                done = withdraw_paper(
                    paper,
                    withdrawn_on=given["withdrawn_on"],
                    reason=given["reason"],
                    by=request.user,
                    expected_version=given["version"],
                )
            except (CountingRefused, Refused) as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(
                    request,
                    _("已撤回依据。%(label)s的台账计数由%(before)d变为%(after)d。")
                    % {
                        "label": paper.entry.indicator.label,
                        "before": done.count_before or 0,
                        "after": done.count_after or 0,
                    },
                )
                return HttpResponseRedirect(register_or_404("counted").address_of(paper.entry_id))
    return render(request, "counting/withdraw.html", {"form": form, "paper": paper}, status=status)


@require_POST
def stand_in(request: HttpRequest, key: str) -> HttpResponse:
    """Let a typed total stand in although there are entries, or take the figure from the entries again."""
    require(request.user, Action.PUBLISH, "counted_entry")
    indicator = get_object_or_404(Indicator, key=key if key in rules() else "")
    if request.POST.get("do") == "entries":
        use_entries(indicator, by=request.user)
        messages.success(request, _("已改用台账计数。"))
    else:
        try:
            let_typed_stand(indicator, request.POST.get("reason", ""), by=request.user)
        except Refused as refused:
            messages.error(request, refused.reason)
        else:
            messages.success(request, _("台账补齐以前,报送用手填数暂代,并注明。"))
    return redirect("counting:indicator", key)


def _standing(key: str, year: int, today: dt.date, known: dt.date) -> Standing:
    found = standings(year, today, known, key)
    if not found:
        raise Http404(key)
    return found[0]


def _year(request: HttpRequest, today: dt.date) -> int:
    written = request.GET.get("year", "")
    if written.isascii() and written.isdigit() and _EARLIEST <= int(written[:5]) <= _LATEST:
        return int(written)
    return default_year(today)


def _json(told: Any) -> JsonResponse:
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _standing_json(one: Standing) -> dict[str, Any]:
    count = one.counted
    return {
        "indicator": one.indicator.key,
        "label": one.indicator.label,
        "unit": one.indicator.unit,
        "period": count.period.text,
        "entries": count.entries,
        "number": count.number,
        "denominator": count.whole,
        "value": None if one.value is None else str(one.value),
        "sum_of_categories": count.sum_of_categories,
        "by_category": dict(count.by_category),
        "duplicates": len(count.duplicates),
        "left_out": {why.value: count.left_for(why) for why in WhyLeft if count.left_for(why)},
        "published": None if one.typed is None else str(one.typed.value),
        "published_from_entries": one.from_entries is not None,
        "to_revise": one.to_revise,
        "typed_stands_in": not one.uses_entries,
        "demo": one.demo,
        "page": reverse("counting:indicator", args=[one.indicator.key]),
    }
