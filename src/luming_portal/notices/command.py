"""`luming-portal notices`: reminds of deadlines and sends mail that waits, for cron."""

from __future__ import annotations

import click
from django.utils import timezone

from luming_portal.notices.mailing import run, send_now
from luming_portal.notices.of_cases import remind


@click.command("notices")
def command() -> None:
    """通知:提醒一天内到期的待办,发送排队的邮件。可由 cron 每小时运行一次,重复运行不会重复提醒。"""
    told = remind(timezone.now())
    outcome = run(send_now, timezone.now)
    click.echo(f"新提醒{told}条,邮件发出{outcome.sent}封,待重试{outcome.failed}封,放弃{outcome.given_up}封。")
