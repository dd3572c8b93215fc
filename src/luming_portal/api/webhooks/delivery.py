"""The job: takes changes out of the outbox in order, makes messages of them, and sends what is due.

For each webhook the order of changes is kept: while one message waits for another attempt, those behind it wait too.
After eight attempts, in about a day, a message is given up with a note, and the next one goes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from luming_portal.api.idempotency import KEPT as REPLIES_KEPT
from luming_portal.api.models import Delivery, DeliveryStatus, StoredReply, Webhook
from luming_portal.api.settled import complete_until
from luming_portal.api.webhooks.events import message, wanted
from luming_portal.api.webhooks.sender import Sender, SendFailed
from luming_portal.api.webhooks.signature import HEADER, secret_of, signature
from luming_portal.audit.models import Outbox

Clock = Callable[[], datetime]

BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
"""How long a message waits after its first, second … failure; after the last it is given up."""

MOST_ATTEMPTS = len(BACKOFF) + 1
KEPT = timedelta(days=30)
_BATCH = 200
_MOST_A_RUN = 1000


@dataclass(slots=True)
class Outcome:
    """What a run did.

    Attributes:
        taken: changes taken out of the outbox.
        made: messages made of them.
    """

    taken: int = 0
    made: int = 0
    sent: int = 0
    failed: int = 0
    given_up: int = 0


def run(sender: Sender, clock: Clock) -> Outcome:
    """Take up what is new and send what is due."""
    outcome = Outcome()
    tidy(clock())
    take_up(outcome, clock())
    send_due(outcome, sender, clock)
    return outcome


def tidy(now: datetime) -> None:
    """Forget deliveries that are done for a month, and replies to repeated requests that are out of date."""
    done = Delivery.objects.exclude(status=DeliveryStatus.WAITING)
    done.filter(created_at__lt=now - KEPT).delete()
    StoredReply.objects.filter(created_at__lt=now - REPLIES_KEPT).delete()


def take_up(outcome: Outcome, now: datetime) -> None:
    """Make messages of the changes in the outbox, in order. A change is marked in the transaction of its messages."""
    while True:
        with transaction.atomic():
            fresh = Outbox.objects.select_for_update(of=("self",)).filter(sent_at=None)
            until = complete_until()
            if until is not None:
                fresh = fresh.filter(change_id__lte=until)
            rows = list(fresh.select_related("change").order_by("change_id")[:_BATCH])
            if not rows:
                return
            hooks = list(Webhook.objects.filter(owner__is_active=True).select_related("owner"))
            deliveries = [delivery for row in rows for delivery in _deliveries(row, hooks, now)]
            Delivery.objects.bulk_create(deliveries, batch_size=_BATCH)
            Outbox.objects.filter(pk__in=[row.pk for row in rows]).update(sent_at=now)
            outcome.taken += len(rows)
            outcome.made += len(deliveries)


def _deliveries(row: Outbox, hooks: list[Webhook], now: datetime) -> list[Delivery]:
    made = []
    for hook in hooks:
        if row.change.at < hook.created_at:  # what was before it, a webhook learns by a replay alone
            continue
        told = message(row.change, hook.owner)
        if told is not None and wanted(hook.events, told.event):
            made.append(
                Delivery(
                    webhook=hook,
                    key=told.key,
                    event=told.event,
                    change=row.change_id,
                    body=told.body,
                    created_at=now,
                    next_attempt_at=now,
                )
            )
    return made


def send_due(outcome: Outcome, sender: Sender, clock: Clock) -> None:
    """Send what is due, webhook by webhook, in order."""
    for hook in Webhook.objects.filter(active=True, owner__is_active=True):
        for _turn in range(_MOST_A_RUN):
            first = hook.deliveries.filter(status=DeliveryStatus.WAITING).order_by("id").first()
            if first is None or first.next_attempt_at is None or first.next_attempt_at > clock():
                break
            if not _claim(first, clock()):
                break
            _attempt(hook, first, outcome, sender, clock)


def _claim(delivery: Delivery, now: datetime) -> bool:
    """Take an attempt, so that another worker does not make it too; a worker that dies lets go after five minutes."""
    taken = Delivery.objects.filter(
        pk=delivery.pk, status=DeliveryStatus.WAITING, attempts=delivery.attempts, next_attempt_at__lte=now
    ).update(attempts=F("attempts") + 1, next_attempt_at=now + timedelta(minutes=5))
    delivery.attempts += taken
    return bool(taken)


def _attempt(hook: Webhook, delivery: Delivery, outcome: Outcome, sender: Sender, clock: Clock) -> None:
    body = delivery.body.encode()
    at = clock()
    try:
        status = sender(hook.url, body, headers_of(hook, delivery, body, at))
    except SendFailed as failed:
        _failed(delivery, str(failed), outcome, at)
        return
    if 200 <= status < 300:
        delivery.status, delivery.sent_at = DeliveryStatus.SENT, at
        delivery.next_attempt_at, delivery.note = None, _("对方答复%d。") % status
        delivery.save(update_fields=["status", "sent_at", "next_attempt_at", "note"])
        outcome.sent += 1
    else:
        _failed(delivery, _("对方答复%d,不是成功。") % status, outcome, at)


def headers_of(hook: Webhook, delivery: Delivery, body: bytes, at: datetime) -> dict[str, str]:
    """The headers of a message, signed for this attempt."""
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Luming-Webhooks/1",
        "Luming-Event": delivery.event,
        "Luming-Delivery": delivery.key,
        HEADER: signature(secret_of(hook.salt), body, int(at.timestamp())),
    }


def _failed(delivery: Delivery, note: str, outcome: Outcome, now: datetime) -> None:
    if delivery.attempts >= MOST_ATTEMPTS:
        delivery.status, delivery.next_attempt_at = DeliveryStatus.GIVEN_UP, None
        delivery.note = (_("试了%d次,已放弃。") % delivery.attempts + note)[:300]
        outcome.given_up += 1
    else:
        delivery.next_attempt_at = now + BACKOFF[delivery.attempts - 1]
        delivery.note = note[:300]
        outcome.failed += 1
    delivery.save(update_fields=["status", "next_attempt_at", "note"])
