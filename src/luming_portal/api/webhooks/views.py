"""The pages of webhooks, for the system administrator."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luming_portal.accounts.rights import Action, require
from luming_portal.api.forms import ReasonForm, ReplayForm, WebhookForm
from luming_portal.api.models import Webhook
from luming_portal.api.signed_in import person
from luming_portal.api.webhooks import services
from luming_portal.api.webhooks.hosts import allowed_hosts
from luming_portal.api.webhooks.tasks import deliver_webhooks

_SHOWN = 100


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """All webhooks, and a form for another one whose secret is shown once."""
    require(person(request), Action.VIEW, "webhook")
    form = WebhookForm(request.POST if request.method == "POST" else None)
    shown, status = "", 200
    if request.method == "POST":
        require(person(request), Action.CREATE, "webhook")
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                _hook, shown = services.create_webhook(
                    person(request), given["name"], given["url"], given["events"]
                )
                form, status = WebhookForm(), 201
            except services.WebhookFaulty as faulty:
                form.add_error(None, str(faulty))
    context = {
        "form": form,
        "shown": shown,
        "hooks": [(hook, services.waiting(hook)) for hook in services.webhooks_seen(person(request))],
        "hosts": allowed_hosts(),
    }
    return render(request, "api/webhooks.html", context, status=status)


@login_required
@never_cache
@require_GET
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """One webhook with its last deliveries."""
    hook = get_object_or_404(services.webhooks_seen(person(request)), pk=pk)
    return _page(request, hook)


@login_required
@never_cache
@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Something done to a webhook."""
    hook = get_object_or_404(services.webhooks_seen(person(request)), pk=pk)
    if act not in _ACTS:
        raise Http404(act)
    return _ACTS[act](request, hook)


def _reason(request: HttpRequest) -> str:
    form = ReasonForm(request.POST)
    return str(form.cleaned_data["reason"]) if form.is_valid() else ""


def _stop(request: HttpRequest, hook: Webhook) -> HttpResponse:
    services.set_active(person(request), hook, False, _reason(request))
    messages.success(request, _("已停用;新的消息留在队列里。"))
    return redirect("api:webhook", hook.pk)


def _start(request: HttpRequest, hook: Webhook) -> HttpResponse:
    services.set_active(person(request), hook, True, _reason(request))
    messages.success(request, _("已启用。"))
    return redirect("api:webhook", hook.pk)


def _secret(request: HttpRequest, hook: Webhook) -> HttpResponse:
    return _page(request, hook, shown=services.renew_secret(person(request), hook, _reason(request)))


def _test(request: HttpRequest, hook: Webhook) -> HttpResponse:
    services.try_webhook(person(request), hook, timezone.now())
    deliver_webhooks.enqueue()
    messages.success(request, _("试发的消息已排入队列,稍后刷新本页看结果。"))
    return redirect("api:webhook", hook.pk)


def _replay(request: HttpRequest, hook: Webhook) -> HttpResponse:
    form = ReplayForm(request.POST)
    if not form.is_valid():
        return _page(request, hook, form=form)
    try:
        queued = services.replay(person(request), hook, form.cleaned_data["since"], timezone.now())
    except services.WebhookFaulty as faulty:
        form.add_error("since", str(faulty))
        return _page(request, hook, form=form)
    deliver_webhooks.enqueue()
    messages.success(request, _("已排入%d条。") % queued)
    return redirect("api:webhook", hook.pk)


def _delete(request: HttpRequest, hook: Webhook) -> HttpResponse:
    services.delete_webhook(person(request), hook, _reason(request))
    messages.success(request, _("推送地址“%s”已删除。") % hook)
    return redirect("api:webhooks")


_ACTS: Mapping[str, Callable[[HttpRequest, Webhook], HttpResponse]] = {
    "stop": _stop,
    "start": _start,
    "secret": _secret,
    "test": _test,
    "replay": _replay,
    "delete": _delete,
}


def _page(
    request: HttpRequest, hook: Webhook, *, shown: str = "", form: ReplayForm | None = None
) -> HttpResponse:
    context = {
        "hook": hook,
        "shown": shown,
        "form": form or ReplayForm(),
        "deliveries": hook.deliveries.order_by("-id")[:_SHOWN],
        "waiting": services.waiting(hook),
    }
    return render(request, "api/webhook.html", context, status=422 if form is not None else 200)
