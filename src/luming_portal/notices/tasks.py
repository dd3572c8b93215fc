"""Sending mail as a background task."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from luming_portal.notices.mailing import run, send_now


@task()
def send_mails() -> dict[str, int]:
    """Send what is due; what was done, in numbers."""
    outcome = run(send_now, timezone.now)
    return {"sent": outcome.sent, "failed": outcome.failed, "given_up": outcome.given_up}
