"""`luming-portal record-lights`: keep the lights of a day, for a monthly timer."""

from __future__ import annotations

import datetime as dt

import click
from django.utils import timezone

from luming_portal.cockpit.boards import default_day
from luming_portal.cockpit.services import record_lights
from luming_portal.documents.selectors import current_version


@click.command("record-lights")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="哪一天的灯;不写就是今天(文件年度已过的,为年末)。"
)
def command(as_of: dt.datetime | None) -> None:
    """把某一天的灯记入亮灯记录(只增不改),供定时任务每月调用。"""
    version = current_version()
    if version is None:
        raise click.ClickException("还没有已发布的文件,没有可记录的灯。")
    today = timezone.localdate()
    day = as_of.date() if as_of else default_day(version.document.year, today)
    click.echo(f"{version} {day}:新记录{record_lights(version, day, today)}项。")
