"""Pages of accounts: their administration, and the table of rights for everybody who wants to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luming_portal.accounts import rights_table, services
from luming_portal.accounts.forms import NewAccountForm, ReasonForm, RightsForm
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Action, require, scope_of
from luming_portal.accounts.roles import Role
from luming_portal.accounts.selectors import accounts_seen, identities_of, signed_in
from luming_portal.audit.selectors import history_of

PAGE_SIZE = 50


@require_safe
def account_list(request: HttpRequest) -> HttpResponse:
    """All accounts, with search and filters."""
    require(request.user, Action.VIEW, "account")
    given = {name: request.GET.get(name, "").replace("\x00", "")[:64] for name in ("q", "role", "state")}
    found = accounts_seen(request.user, search=given["q"], role=given["role"], state=given["state"])
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "given": given, "roles": Role.choices, "filtered": any(given.values())}
    return render(request, "accounts/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def account_new(request: HttpRequest) -> HttpResponse:
    """Open an account without rights."""
    require(request.user, Action.CREATE, "account")
    form = NewAccountForm(request.POST or None)
    if form.is_valid():
        account = services.open_account(by=signed_in(request), **form.cleaned_data)
        messages.success(
            request,
            _("已开通账号“%(name)s”,目前没有任何权限。请安全管理员授予角色并发放设置密码的链接。")
            % {"name": account.username},
        )
        return redirect("accounts:detail", pk=account.pk)
    return render(request, "accounts/new.html", {"form": form}, status=400 if form.is_bound else 200)


@require_safe
def account_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One account, with what may be done to it and what happened to it."""
    account = _account(request, pk)
    return render(request, "accounts/detail.html", _detail(request, account))


@require_http_methods(["GET", "HEAD", "POST"])
def account_rights(request: HttpRequest, pk: int) -> HttpResponse:
    """Give role and whom the account belongs to."""
    account = _account(request, pk)
    require(request.user, Action.CHANGE, "account", account)
    form = RightsForm(request.POST) if request.method == "POST" else RightsForm.of(account)
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        reason, version = given.pop("reason"), given.pop("version")
        services.give_rights(account, by=signed_in(request), rights=given, reason=reason, version=version)
        messages.success(request, _("已更新“%(name)s”的权限。") % {"name": account})
        return redirect("accounts:detail", pk=account.pk)
    context = {"account": account, "form": form, "own": account.pk == request.user.pk}
    return render(request, "accounts/rights_form.html", context, status=400 if form.is_bound else 200)


@require_POST
def account_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Put out of use."""
    return _deed(request, pk, services.deactivate, _("已停用“%(name)s”,其全部会话已结束。"))


@require_POST
def account_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back into use."""
    return _deed(request, pk, services.reactivate, _("已重新启用“%(name)s”。"))


@require_POST
def account_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody try again who mistyped too often."""
    return _deed(request, pk, services.unlock, _("已解锁“%(name)s”,可立即重新登录。"), reason_needed=False)


@require_POST
def account_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away second factors, so that the person sets them up again."""
    return _deed(
        request, pk, services.reset_second_factor, _("已重置“%(name)s”的两步验证,其全部会话已结束。")
    )


@require_POST
def account_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign somebody out everywhere."""
    return _deed(request, pk, services.end_sessions, _("已结束“%(name)s”的全部会话。"), reason_needed=False)


@sensitive_variables("path")
@never_cache
@require_POST
def account_password_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the link under which a password is set, and show it this one time."""
    account = _account(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _detail_again(request, account, form)
    path = services.password_link(account, by=signed_in(request), reason=form.cleaned_data["reason"])
    context = {"account": account, "link": request.build_absolute_uri(path)}
    return render(request, "accounts/link.html", context)


@require_safe
def rights(request: HttpRequest) -> HttpResponse:
    """Who may see and do what: the table of rights, for people."""
    return render(request, "accounts/rights.html", {"groups": rights_table.groups(), "roles": list(Role)})


@require_safe
def forgotten(request: HttpRequest) -> HttpResponse:
    """What to do without a password. There is often no mail here, so a person helps."""
    return render(request, "account/password_reset.html")


def _account(request: HttpRequest, pk: int) -> User:
    require(request.user, Action.VIEW, "account")
    account: User = get_object_or_404(accounts_seen(request.user), pk=pk)
    return account


def _deed(
    request: HttpRequest, pk: int, deed: Callable[..., Any], done: str, *, reason_needed: bool = True
) -> HttpResponse:
    account = _account(request, pk)
    form = ReasonForm(request.POST)
    form.fields["reason"].required = reason_needed
    if not form.is_valid():
        require(request.user, Action.CHANGE, "account", account)
        return _detail_again(request, account, form)
    deed(account, by=signed_in(request), reason=form.cleaned_data["reason"])
    messages.success(request, done % {"name": account})
    return redirect("accounts:detail", pk=account.pk)


def _detail_again(request: HttpRequest, account: User, form: ReasonForm) -> HttpResponse:
    return render(
        request, "accounts/detail.html", {**_detail(request, account), "faults": form.errors}, status=400
    )


def _detail(request: HttpRequest, account: User) -> dict[str, Any]:
    may_change = scope_of(request.user, Action.CHANGE, "account") == "all"
    own = account.pk == request.user.pk
    return {
        "account": account,
        "own": own,
        "may_change": may_change and not own and not account.demo,
        "security_administrator": may_change,
        "identities": identities_of(account),
        "history": history_of(account, request.user),
        "may_read_history": scope_of(request.user, Action.HISTORY, "account") == "all",
    }
