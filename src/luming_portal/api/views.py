"""Pages around the interface: one's tokens, and the documentation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luming_portal.accounts.rights import Action, Scope, require, scope_of
from luming_portal.api.documentation import documentation
from luming_portal.api.forms import ReasonForm, TokenForm
from luming_portal.api.models import ApiToken
from luming_portal.api.scopes import all_scopes
from luming_portal.api.signed_in import person
from luming_portal.api.tokens import TokenFaulty, issue_token, revoke_token, tokens_revocable, tokens_seen


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's tokens; a new one is shown once, in the answer to the form."""
    require(person(request), Action.VIEW, "token")
    form = TokenForm(person(request), request.POST if request.method == "POST" else None)
    shown, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                _token, shown = issue_token(person(request), given["name"], given["scopes"], given["days"])
                form, status = TokenForm(person(request)), 201
            except TokenFaulty as faulty:
                form.add_error(None, str(faulty))
    return render(
        request, "api/tokens.html", {"form": form, "shown": shown, **_lists(request)}, status=status
    )


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a token worthless."""
    token = get_object_or_404(tokens_revocable(person(request)), pk=pk)
    form = ReasonForm(request.POST)
    revoke_token(person(request), token, form.cleaned_data["reason"] if form.is_valid() else "")
    messages.success(request, _("令牌“%s”已撤销,立即失效。") % token)
    return redirect("api:tokens")


@require_GET
def docs(request: HttpRequest) -> HttpResponse:
    """The documentation of the interface, from its description."""
    return render(request, "api/docs.html", {"docs": documentation(), "scopes": all_scopes()})


def _lists(request: HttpRequest) -> dict[str, object]:
    user = person(request)
    everybody = scope_of(user, Action.DELETE, "token") is Scope.ALL
    others: QuerySet[ApiToken] = ApiToken.objects.none()
    if everybody:
        others = tokens_revocable(user).exclude(owner=user).filter(revoked_at=None)[:200]
    return {"tokens": tokens_seen(user), "others": others, "everybody": everybody}
