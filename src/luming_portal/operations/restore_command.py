"""`luming-portal restore`: puts a backup in place, and keeps what was there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from luming.punctuation import full_width
from luming_portal.operations import backup, logs
from luming_portal.operations.archive import BackupError


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--sha256", help="备份时打印的 SHA-256,与文件核对。")
@click.option("--yes", is_flag=True, help="不再询问。")
def command(file: Path, sha256: str | None, yes: bool) -> None:
    """恢复一份备份。先停止 serve 和 worker;现有数据库改名保留。"""
    if not yes:
        click.confirm("将用备份替换现有数据库(现有的改名保留)。继续?", abort=True)
    try:
        done = backup.restore(place(), file, datetime.now(UTC), sha256=sha256, known=known_migrations())
    except BackupError as error:
        raise click.ClickException(full_width(str(error))) from None
    logs.event("backup_restored", count=sum(table.rows for table in done.manifest.tables.values()))
    click.echo(full_width(f"已恢复 {done.manifest.made_at[:19]} 的备份,逐表相符。"))
    if done.kept:
        click.echo(full_width(f"原来的数据库改名为 {done.kept},确认无误后可以删除。"))
    if done.replaced:
        click.echo(
            full_width(f"{len(done.replaced)}个上传文件与备份不同,原来的以 .before-restore 结尾留在旁边。")
        )
    click.echo(full_width("请运行 luming-portal setup 更新结构,再启动门户。"))


def place() -> backup.Place:
    """The installation that the settings describe."""
    return backup.place_of(settings.DATABASES["default"], Path(settings.MEDIA_ROOT))


def known_migrations() -> frozenset[str]:
    """The steps of structure that this version knows."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(f"{app}.{name}" for app, name in loader.disk_migrations)
