"""`luming-portal backup`: makes an archive while the portal runs, and checks one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from django.conf import settings

from luming.punctuation import full_width
from luming_portal.operations import backup, logs
from luming_portal.operations.archive import BackupError
from luming_portal.operations.restore_command import known_migrations, place


@click.group(invoke_without_command=True)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="放在哪个目录;默认 LUMING_BACKUPS。",
)
@click.option("--keep", type=click.IntRange(min=1), help="只留最新的几份。")
@click.pass_context
def command(context: click.Context, folder: Path | None, keep: int | None) -> None:
    """备份数据库和上传的文件,门户可以照常运行。"""
    if context.invoked_subcommand is not None:
        return
    started = datetime.now(UTC)
    try:
        made = backup.make(place(), folder or Path(settings.BACKUPS), started, keep=keep)
    except BackupError as error:
        raise click.ClickException(full_width(str(error))) from None
    seconds = (datetime.now(UTC) - started).total_seconds()
    size = made.file.stat().st_size
    logs.event("backup_made", bytes=size, seconds=round(seconds, 1), count=made.rows)
    click.echo(made.file)
    click.echo(
        full_width(
            f"{len(made.manifest.tables)}张表,{made.rows}行,{size / 1e6:.1f} MB,用时 {seconds:.1f} 秒。"
        )
    )
    click.echo(f"SHA-256: {made.sha256}")


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--sha256", help="备份时打印的 SHA-256,与文件核对。")
def verify(file: Path, sha256: str | None) -> None:
    """核对一份备份:在临时库里恢复,查完整性,逐表比对。不改动现有数据。"""
    try:
        read = backup.verify(place(), file, sha256=sha256, known=known_migrations())
    except BackupError as error:
        raise click.ClickException(full_width(str(error))) from None
    click.echo(
        full_width(
            f"备份完好:{read.manifest.made_at[:19]} 制作,{len(read.manifest.tables)}张表,{read.rows}行,逐表相符。"
        )
    )
