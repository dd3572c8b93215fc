"""Mails that wait are sent, outside any transaction of business; what fails is tried again, and given up after a day.

A mail carries no business data: why one is told, and where to read it after signing in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from luming_portal.notices.models import Mail, MailStatus, Notice

Clock = Callable[[], datetime]
Sender = Callable[[str, str, str], None]
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
"""How long a mail waits after its first, second … failure; after the last it is given up."""
MOST_ATTEMPTS = len(BACKOFF) + 1
_MOST_A_RUN = 500
_CLAIMED = timedelta(minutes=5)


@dataclass(slots=True)
class Outcome:
    """What a run did."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0


def send_now(address: str, subject: str, body: str) -> None:
    """Hand a mail to the mail server of the settings.

    Raises:
        SMTPException, OSError: it was not taken.
    """
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [address]).send()


def run(sender: Sender, clock: Clock) -> Outcome:
    """Send what is due."""
    outcome = Outcome()
    due = Mail.objects.filter(status=MailStatus.WAITING, next_attempt_at__lte=clock())
    for mail in due.select_related("notice__recipient")[:_MOST_A_RUN]:
        if _claim(mail, clock()):
            _attempt(mail, sender, clock, outcome)
    return outcome


def _claim(mail: Mail, now: datetime) -> bool:
    """Take an attempt, so that another worker does not make it too; one that dies lets go after five minutes."""
    taken = Mail.objects.filter(
        pk=mail.pk, status=MailStatus.WAITING, attempts=mail.attempts, next_attempt_at__lte=now
    ).update(attempts=F("attempts") + 1, next_attempt_at=now + _CLAIMED)
    mail.attempts += taken
    return bool(taken)


def _attempt(mail: Mail, sender: Sender, clock: Clock, outcome: Outcome) -> None:
    notice = mail.notice
    if not notice.recipient.is_active or not notice.recipient.email:
        _end(mail, MailStatus.GIVEN_UP, _("账号已停用或没有邮箱。"), None)
        outcome.given_up += 1
        return
    try:
        sender(notice.recipient.email, *words_of(notice))
    except (SMTPException, OSError) as problem:
        note = _("没有发出:%s。") % type(problem).__name__
        if mail.attempts >= MOST_ATTEMPTS:
            _end(mail, MailStatus.GIVEN_UP, note, None)
            outcome.given_up += 1
        else:
            mail.next_attempt_at, mail.note = clock() + BACKOFF[mail.attempts - 1], note
            mail.save(update_fields=["next_attempt_at", "note"])
            outcome.failed += 1
        return
    _end(mail, MailStatus.SENT, "", clock())
    outcome.sent += 1


def words_of(notice: Notice) -> tuple[str, str]:
    """Subject and body of the mail about a notice; always in Chinese, as nobody's language is kept."""
    with override("zh-hans"):
        kind = str(notice.get_kind_display())
        where = f"{settings.SITE_ADDRESS}/notices/{notice.pk}/open/" if settings.SITE_ADDRESS else ""
        lines = [f"您在鹿鸣有一条新通知:{kind}。", "为保护信息,邮件不写具体内容,请登录后查看。", where]
        return f"鹿鸣通知:{kind}", "\n".join(line for line in lines if line)


def _end(mail: Mail, status: MailStatus, note: str, sent_at: datetime | None) -> None:
    mail.status, mail.note, mail.sent_at, mail.next_attempt_at = status, note, sent_at, None
    mail.save(update_fields=["status", "note", "sent_at", "next_attempt_at"])
