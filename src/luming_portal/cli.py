"""`luming-portal`: sets an installation up, serves it, looks after it. What it does not know it hands to Django."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import click

# name → module with a click command named `command`; each imports Django itself, when it runs
COMMANDS: dict[str, str] = {
    "appoint": "luming_portal.accounts.appoint",
    "backup": "luming_portal.operations.backup_command",
    "check": "luming_portal.operations.check.command",
    "demo-year": "luming_portal.reporting.demo_year_command",
    "notices": "luming_portal.notices.command",
    "openapi": "luming_portal.api.schema_command",
    "record-lights": "luming_portal.cockpit.record_lights",
    "reindex": "luming_portal.search.reindex",
    "remove-demo": "luming_portal.registers.remove_demo",
    "restore": "luming_portal.operations.restore_command",
    "rights": "luming_portal.accounts.rights_table",
    "tick-cases": "luming_portal.cases.tick_command",
    "webhooks": "luming_portal.api.webhooks.command",
    "worker": "luming_portal.operations.worker_command",
}
_LARGEST_BODY = 64 * 1024 * 1024
"""Bytes beyond which the server itself hangs up; up to here the portal answers, with a sentence."""
WITHOUT_DJANGO = {"check"}
"""Commands that start Django themselves, because they have something to say when it does not start."""


class Commands(click.Group):
    """The commands of this module and of the apps, and behind them Django's own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Ours, in alphabetical order."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Our command, or Django's under the same name."""
        found = super().get_command(ctx, name)
        if found is not None:
            return found
        if name in COMMANDS:
            if name not in WITHOUT_DJANGO:
                start_django()
            command: click.Command = import_module(COMMANDS[name]).command
            return command
        return _django_command(name)


def start_django() -> None:
    """Settings and apps, once."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luming_portal.settings")
    django.setup()


@click.group(cls=Commands)
def main() -> None:
    """鹿鸣门户:安装、运行、维护。"""


@main.command()
@click.option("--demo/--no-demo", default=None, help="是否载入演示数据和演示账号;默认随 LUMING_DEBUG。")
def setup(demo: bool | None) -> None:
    """建立数据库,准备页面文件,载入随软件提供的数据。可重复运行。"""
    start_django()
    from django.conf import settings

    from luming_portal.installation import set_up

    set_up(lambda stage: click.echo(f"… {stage}"), demonstration=settings.DEBUG if demo is None else demo)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="在哪个地址上听;0.0.0.0 表示对外开放。")
@click.option("--port", default=8000, show_default=True, help="端口;0 表示任选一个空闲的。")
@click.option("--threads", default=4, show_default=True, help="线程数。")
@click.option("--worker/--no-worker", default=True, help="是否同时运行一个后台进程;默认运行。")
@click.option("--since", type=float, hidden=True, help="安装开始的时刻,用于报告总用时。")
def serve(host: str, port: int, threads: int, worker: bool, since: float | None) -> None:
    """运行门户(单进程,适合单机;多进程见 docs/guide/operations.md)。"""
    start_django()
    from waitress.server import create_server

    from luming_portal.wsgi import application

    try:
        server: Any = create_server(
            application,
            host=host,
            port=port,
            threads=threads,
            ident="luming",
            max_request_body_size=_LARGEST_BODY,
            **_proxy(),
        )
    except OSError as problem:
        raise click.ClickException(
            f"端口 {port} 不能使用({problem.strerror});请换一个,如 --port {port + 1}。"
        ) from problem
    at = server.effective_port
    took = f",从开始到此用时 {time.time() - since:.0f} 秒" if since else ""
    click.echo(
        f"鹿鸣已在 http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{at}/ 运行{took}。按 Ctrl+C 停止。"
    )
    child = _start_worker() if worker else None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo("已停止。")
    finally:
        if child is not None:
            child.terminate()


def _proxy() -> dict[str, Any]:
    """What waitress believes of a proxy; without LUMING_BEHIND_PROXY it drops what proxies say, as anybody may say it."""
    from luming_portal import environment

    if not environment.flag("LUMING_BEHIND_PROXY"):
        return {}
    return {
        "trusted_proxy": environment.text("LUMING_PROXY", "127.0.0.1"),
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }


def _start_worker() -> subprocess.Popen[bytes]:
    """A worker beside us, in a process of its own; it ends itself when we are gone."""
    return subprocess.Popen(
        [sys.executable, "-m", "luming_portal.cli", "worker", "--parent", str(os.getpid())]
    )


def _django_command(name: str) -> click.Command | None:
    start_django()
    from django.core.management import execute_from_command_line, get_commands

    if name not in get_commands():
        return None

    @click.command(
        name,
        context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
        add_help_option=False,
    )
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    def passed_on(arguments: tuple[str, ...]) -> None:
        execute_from_command_line([Path(sys.argv[0]).name, name, *arguments])

    return passed_on


if __name__ == "__main__":
    main()
