"""`luming-portal worker`: carries out background jobs."""

from __future__ import annotations

import socket
from datetime import UTC, datetime

import click

from luming.punctuation import full_width
from luming_portal.operations import worker


@click.command()
@click.option("--once", is_flag=True, help="做完在等待的任务就结束。")
@click.option("--is-alive", is_flag=True, help="只问这台机器上有没有后台进程在运行;没有时退出码为1。")
@click.option("--parent", type=int, hidden=True, help="这个进程不在了就停止。")
def command(once: bool, is_alive: bool, parent: int | None) -> None:
    """运行后台任务,直到停止。可以同时开几个。"""
    if is_alive:
        here = [beat for beat in worker.alive(datetime.now(UTC)) if beat.host == socket.gethostname()]
        click.echo(full_width(f"{len(here)}个后台进程在运行。"))
        raise SystemExit(0 if here else 1)
    worker.run_worker(once=once, parent=parent)
