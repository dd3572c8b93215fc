"""`luming-portal webhooks`: sends what waits, for cron; replays from a change."""

from __future__ import annotations

import click
from django.utils import timezone

from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Refused
from luming_portal.api.models import Webhook
from luming_portal.api.webhooks.delivery import run
from luming_portal.api.webhooks.sender import send
from luming_portal.api.webhooks.services import WebhookFaulty, replay
from luming_portal.audit.actor import acting_as


@click.command("webhooks")
@click.option("--replay-from", "since", type=int, help="从这个变更号起重新推送;须同时给出 --to 和 --by。")
@click.option("--to", "hook_id", type=int, help="推送地址的编号。")
@click.option("--by", "username", help="以哪个账号的名义重放;须是系统管理员。")
def command(since: int | None, hook_id: int | None, username: str | None) -> None:
    """推送:取出新的变更,发送到期的消息。可由 cron 每分钟运行一次。"""
    if since is not None:
        click.echo(f"已排入{_replay(since, hook_id, username)}条。")
    outcome = run(send, timezone.now)
    click.echo(
        f"取出变更{outcome.taken}条,生成消息{outcome.made}条,送达{outcome.sent}条,"
        f"待重试{outcome.failed}条,放弃{outcome.given_up}条。"
    )


def _replay(since: int, hook_id: int | None, username: str | None) -> int:
    hook = Webhook.objects.select_related("owner").filter(pk=hook_id or 0).first()
    user = User.objects.filter(username=username or "").first()
    if hook is None or user is None:
        raise click.ClickException("重放须用 --to 给出推送地址的编号,用 --by 给出系统管理员的登录名。")
    try:
        with acting_as(user):
            return replay(user, hook, since, timezone.now())
    except (Refused, WebhookFaulty) as problem:
        raise click.ClickException(str(problem)) from problem
