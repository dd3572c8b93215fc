"""The quarterly field review: rounds, scores, results, corrections."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming_portal import error_views
from luming_portal.accounts.rights import Action, Refused, decide, require, visible
from luming_portal.audit.door import ReasonMissing, StaleVersion
from luming_portal.audit.selectors import history_of
from luming_portal.projects.forms import CorrectionForm, RoundForm, ScoreForm
from luming_portal.projects.models import Reviewed, ReviewRound, ReviewState, RoundSettled
from luming_portal.projects.results import own_lines, own_scores, received, results
from luming_portal.projects.services.review import (
    close_round,
    correct_result,
    give_score,
    open_round,
    prepare_round,
    stands_aside,
)


def _seen(request: HttpRequest, pk: int) -> ReviewRound:
    require(request.user, Action.VIEW, "review")
    found: ReviewRound = get_object_or_404(visible(request.user, ReviewRound.objects.all()).distinct(), pk=pk)
    return found


def _scores_in(request: HttpRequest, item: ReviewRound) -> bool:
    user: Any = request.user
    return user.is_authenticated and item.reviewers.filter(person=user).exists()


def _back(item: ReviewRound) -> HttpResponse:
    return HttpResponseRedirect(reverse("projects:review", args=[item.pk]))


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds that the user may see."""
    require(request.user, Action.VIEW, "review")
    found = visible(request.user, ReviewRound.objects.all()).distinct()
    return render(
        request,
        "projects/reviews.html",
        {"rounds": found, "may_create": decide(request.user, Action.CREATE, "review")},
    )


@require_safe
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A round: before its end one's own scores and how many came in, after it the results."""
    item = _seen(request, pk)
    may_change = decide(request.user, Action.CHANGE, "review", item)
    reviewer = _scores_in(request, item)
    scoring = item.is_open and reviewer
    context = {
        "round": item,
        "criteria": item.measures(),
        "groups": results(item),
        "own": own_lines(item, request.user) if scoring else [],
        "entries": list(item.entries.select_related("project")) if not item.is_closed and not scoring else [],
        "received": received(item) if item.is_open and may_change else None,
        "panel": item.reviewers.count(),
        "may_change": may_change,
        "may_history": decide(request.user, Action.HISTORY, "review", item),
        "history": history_of(item, request.user),
    }
    return render(request, "projects/review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_create(request: HttpRequest) -> HttpResponse:
    """Prepare a round."""
    require(request.user, Action.CREATE, "review")
    return _prepared(request, ReviewRound())


@require_http_methods(["GET", "HEAD", "POST"])
def round_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a round that has not begun."""
    item = _seen(request, pk)
    require(request.user, Action.CHANGE, "review", item)
    if item.state != ReviewState.DRAFT:
        return _conflict(request, RoundSettled(_("评分开始后,指标、项目和评委不再变动。没有保存任何内容。")))
    return _prepared(request, item)


def _prepared(request: HttpRequest, item: ReviewRound) -> HttpResponse:
    form = RoundForm(request.POST or None, instance=item, user=request.user)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            given = form.cleaned_data
            try:
                saved = prepare_round(
                    form.instance,
                    given["projects"],
                    given["people"],
                    by=request.user,
                    reason=given["reason"],
                    expected_version=None if form.adding else given["version"] or 0,
                )
            except (StaleVersion, RoundSettled) as problem:
                form.add_error(None, str(problem))
                status = 409
            else:
                messages.success(request, _("已保存。"))
                return _back(saved)
    return render(request, "projects/review_form.html", {"form": form, "round": item}, status=status)


@require_POST
def round_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the reviewers score."""
    item = _seen(request, pk)
    try:
        open_round(item, by=request.user, expected_version=_version(request))
    except (StaleVersion, RoundSettled) as problem:
        return _conflict(request, problem)
    messages.success(request, _("已开始评分;指标、项目和评委不再变动。"))
    return _back(item)


@require_POST
def round_close(request: HttpRequest, pk: int) -> HttpResponse:
    """End a round for good."""
    item = _seen(request, pk)
    try:
        close_round(
            item,
            by=request.user,
            reason=request.POST.get("reason", ""),
            expected_version=_version(request),
        )
    except ReasonMissing as problem:
        return error_views.bad_request(request, problem)
    except (StaleVersion, RoundSettled) as problem:
        return _conflict(request, problem)
    messages.success(request, _("已结束。结果见下表,不再修改。"))
    return _back(item)


def _version(request: HttpRequest) -> int:
    written = request.POST.get("version", "")
    return int(written) if written.isascii() and written.isdigit() else 0


def _conflict(request: HttpRequest, problem: Exception) -> HttpResponse:
    return error_views.error_page(request, 409, _("现在不能这样做"), str(problem))


@require_http_methods(["GET", "HEAD", "POST"])
def score(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """One's own score of one project."""
    require(request.user, Action.CREATE, "score")
    item = _seen(request, pk)
    found = get_object_or_404(item.entries.select_related("project", "round"), pk=entry)
    if not _scores_in(request, item):
        raise Refused(_("您不是这一轮的评委。"))
    if why_not := stands_aside(request.user, found):
        raise Refused(why_not)
    if not item.is_open:
        return _conflict(request, RoundSettled(_("这一轮不在评分中,没有保存任何内容。")))
    own = own_scores(item, request.user).get(found.pk)
    form = ScoreForm(request.POST or None, item=item, score=own)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                give_score(
                    found,
                    form.points(),
                    form.cleaned_data["remark"],
                    by=request.user,
                    expected_version=form.cleaned_data["version"] or 0,
                )
            except (StaleVersion, RoundSettled) as problem:
                form.add_error(None, str(problem))
                status = 409
            else:
                messages.success(request, _("已保存。评分结束前可以再改,别人看不到。"))
                return _back(item)
    return _score_page(request, item, found, form, status)


def _score_page(
    request: HttpRequest, item: ReviewRound, entry: Reviewed, form: Any, status: int
) -> HttpResponse:
    context = {"round": item, "entry": entry, "form": form}
    return render(request, "projects/review_score.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """Put a result of a closed round right by a new entry."""
    item = _seen(request, pk)
    require(request.user, Action.CHANGE, "review", item)
    found = get_object_or_404(item.entries.select_related("project", "round"), pk=entry)
    if not item.is_closed:
        return _conflict(request, RoundSettled(_("这一轮还没有结束,评委可以自己改分,不用更正。")))
    form = CorrectionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                given = form.cleaned_data
                correct_result(found, given["result"], by=request.user, reason=given["reason"])
            except RoundSettled as problem:
                form.add_error(None, str(problem))
                status = 409
            else:
                messages.success(request, _("已登记更正;原来的评分和结果保留。"))
                return _back(item)
    context = {"round": item, "entry": found, "form": form}
    return render(request, "projects/review_correction.html", context, status=status)
