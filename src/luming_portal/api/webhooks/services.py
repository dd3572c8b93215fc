"""Webhooks set up, changed, removed, tried and replayed; each through the audit door."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Action, require, visible
from luming_portal.api.models import Delivery, DeliveryStatus, Webhook
from luming_portal.api.webhooks.events import all_events, message, test_message, wanted
from luming_portal.api.webhooks.hosts import HostRefused, check_url
from luming_portal.api.webhooks.signature import secret_of
from luming_portal.audit.door import change
from luming_portal.audit.models import Change

MOST_REPLAYED = 10_000
_MOST_WEBHOOKS = 50
_BATCH = 500


class WebhookFaulty(ValueError):
    """A webhook that cannot be set up; the sentence says why."""


def create_webhook(
    by: User, name: str, url: str, events: Sequence[str], reason: str = ""
) -> tuple[Webhook, str]:
    """Set a webhook up.

    Returns:
        The webhook and its secret, which is shown once.

    Raises:
        Refused; WebhookFaulty: no name, a host that is not allowed, an unknown event, too many webhooks.
    """
    require(by, Action.CREATE, "webhook")
    name = name.strip()
    if not name or len(name) > 80:
        raise WebhookFaulty(_("请写明用途,80个字以内。"))
    try:
        check_url(url)
    except HostRefused as refused:
        raise WebhookFaulty(str(refused)) from refused
    check_events(events)
    if Webhook.objects.count() >= _MOST_WEBHOOKS:
        raise WebhookFaulty(_("推送地址最多%d个。") % _MOST_WEBHOOKS)
    hook = Webhook(
        name=name, url=url, events=list(dict.fromkeys(events)), owner=by, salt=secrets.token_hex(16)
    )
    with change(reason.strip() or _("设立推送地址")) as changes:
        changes.save(hook)
    return hook, secret_of(hook.salt)


def check_events(events: Sequence[str]) -> None:
    """Refuse events that there are not.

    Raises:
        WebhookFaulty: with the unknown ones.
    """
    if not events:
        raise WebhookFaulty(_("请至少选一种事件;* 表示全部。"))
    known = {*all_events(), *(f"{event.partition('.')[0]}.*" for event in all_events()), "*"}
    unknown = [event for event in events if event not in known]
    if unknown:
        raise WebhookFaulty(_("没有这些事件:%s。") % _("、").join(event[:40] for event in unknown[:5]))


def set_active(by: User, hook: Webhook, active: bool, reason: str = "") -> None:
    """Let a webhook rest, or wake it; what waits for it is kept.

    Raises:
        Refused.
    """
    require(by, Action.CHANGE, "webhook", hook)
    hook.active = active
    with change(reason.strip() or (_("启用推送") if active else _("停用推送"))) as changes:
        changes.save(hook, expected_version=hook.version)


def renew_secret(by: User, hook: Webhook, reason: str = "") -> str:
    """Another secret in the place of one that was lost or seen.

    Raises:
        Refused.
    """
    require(by, Action.CHANGE, "webhook", hook)
    hook.salt = secrets.token_hex(16)
    with change(reason.strip() or _("更换推送密钥")) as changes:
        changes.save(hook, expected_version=hook.version)
    return secret_of(hook.salt)


def delete_webhook(by: User, hook: Webhook, reason: str = "", expected_version: int | None = None) -> None:
    """Remove a webhook with its deliveries.

    Raises:
        Refused, StaleVersion.
    """
    require(by, Action.DELETE, "webhook", hook)
    with change(reason.strip() or _("删除推送地址")) as changes:
        Delivery.objects.filter(webhook=hook).delete()
        changes.delete(hook, expected_version=expected_version)


def try_webhook(by: User, hook: Webhook, now: datetime) -> Delivery:
    """Put a message in line that only tries the way.

    Raises:
        Refused.
    """
    require(by, Action.CHANGE, "webhook", hook)
    told = test_message(now.isoformat())
    with change() as changes:
        changes.event("webhook.tried", item=hook)
        return Delivery.objects.create(
            webhook=hook,
            key=told.key,
            event=told.event,
            change=0,
            body=told.body,
            created_at=now,
            next_attempt_at=now,
        )


def replay(by: User, hook: Webhook, since: int, now: datetime) -> int:
    """Put everything from a change on in line again; how many messages. Each gets a new number.

    Args:
        since: number of the first change that is told again.

    Raises:
        Refused; WebhookFaulty: too many at once.
    """
    require(by, Action.CHANGE, "webhook", hook)
    rows = Change.objects.filter(id__gte=since).order_by("id")
    if rows.count() > MOST_REPLAYED:
        raise WebhookFaulty(_("一次最多重放%d条变更,请从较晚的变更号开始。") % MOST_REPLAYED)
    with change() as changes:
        changes.event("webhook.replayed", item=hook, since=since)
        made = 0
        for row in rows.iterator(chunk_size=_BATCH):
            told = message(row, hook.owner)
            if told is not None and wanted(hook.events, told.event):
                Delivery.objects.create(
                    webhook=hook,
                    key=told.key,
                    event=told.event,
                    change=row.pk,
                    body=told.body,
                    created_at=now,
                    next_attempt_at=now,
                )
                made += 1
    return made


def webhooks_seen(user: User) -> QuerySet[Webhook]:
    """The webhooks that the person may see."""
    return visible(user, Webhook.objects.select_related("owner"))


def waiting(hook: Webhook) -> int:
    """How many messages wait."""
    return hook.deliveries.filter(status=DeliveryStatus.WAITING).count()
