"""`luming-portal tick-cases`: automatic steps and overdue clocks of all cases, for a timer."""

from __future__ import annotations

import click

from luming.punctuation import full_width
from luming_portal.cases.ticking import tick_all


@click.command("tick-cases")
def command() -> None:
    """办理到期的自动步骤,登记超期升级;后台进程每一刻钟也自动做一次。"""
    found = tick_all()
    click.echo(
        full_width(f"在办事项{found.seen}件:自动办理{found.moved}件,新登记超期升级{found.escalated}次。")
    )
    for sentence in found.failed:
        click.echo(full_width(f"  没有办成:{sentence}"))
    if found.failed:
        raise SystemExit(1)
