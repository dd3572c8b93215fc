"""One click per role, in the demonstration only."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from luming_portal.accounts.demonstration import LENDER, name_of
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Refused
from luming_portal.accounts.roles import Role
from luming_portal.accounts.sign_in import BACKEND


@csrf_exempt
def enter(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in with the demonstration account of a role; as a visitor, sign out. Without DEBUG there is no such page.

    So the token of the form is asked for only after that, in `_enter`.
    """
    if not settings.DEBUG or role not in (*Role.values, LENDER):
        raise Http404
    return _enter(request, role)


@require_POST
@csrf_protect
def _enter(request: HttpRequest, role: str) -> HttpResponse:
    logout(request)
    if role == Role.VISITOR:
        return redirect("home")
    user = User.objects.filter(username=name_of(role), demo=True).first()
    if user is None:
        raise Refused(_("演示账号还没有建立。请运行 luming-portal setup --demo。"))
    login(request, user, backend=BACKEND)
    return redirect("home")
