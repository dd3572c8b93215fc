"""The job as a background task."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from luming_portal.api.webhooks.delivery import run
from luming_portal.api.webhooks.sender import send


@task()
def deliver_webhooks() -> dict[str, int]:
    """Take up what is new, send what is due; what was done, in numbers."""
    outcome = run(send, timezone.now)
    return {
        "taken": outcome.taken,
        "made": outcome.made,
        "sent": outcome.sent,
        "failed": outcome.failed,
        "given_up": outcome.given_up,
    }
