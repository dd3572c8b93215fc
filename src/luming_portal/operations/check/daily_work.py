"""What must go on from day to day: the worker, and backups."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from luming_portal.operations import backup, worker
from luming_portal.operations.archive import BackupError
from luming_portal.operations.check.finding import Finding, fault, fine, warning
from luming_portal.operations.models import Job, State
from luming_portal.operations.postgresql_store import find_tool

BACKUP_AGE_WARNING, BACKUP_AGE_FAULT = timedelta(days=2), timedelta(days=7)
WAITED_TOO_LONG = timedelta(minutes=10)


def worker_alive(now: datetime) -> Iterator[Finding]:
    """Whether a worker shows signs of life, and whether jobs wait."""
    living = worker.alive(now)
    waiting = Job.objects.filter(state=State.WAITING)
    if not living:
        told = (
            _("后台进程没有运行,有%(count)d个任务在等待。") % {"count": waiting.count()}
            if waiting.exists()
            else _("后台进程没有运行。")
        )
        report = fault if waiting.exists() else warning
        yield report(
            "worker", _("后台进程"), told, _("运行 luming-portal worker,并设为开机启动(见运维手册)。")
        )
        return
    late = waiting.filter(created_at__lt=now - WAITED_TOO_LONG).count()
    if late:
        yield warning(
            "worker",
            _("后台进程"),
            _("有%(count)d个任务等了10分钟以上。") % {"count": late},
            _("看后台任务页面里有没有长时间的任务;可以多开一个 worker。"),
        )
    else:
        yield fine("worker", _("后台进程"), _("%(count)d个后台进程在运行。") % {"count": len(living)})


def backups(now: datetime) -> Iterator[Finding]:
    """How old the newest backup is, and whether one could be made."""
    folder = Path(settings.BACKUPS)
    remedy = _("运行 luming-portal backup,并设为每天自动运行(见运维手册)。备份放在 %(folder)s。") % {
        "folder": folder
    }
    found = backup.list_backups(folder)
    made = backup.made_at(found[0]) if found else None
    if made is None:
        report = warning if settings.DEBUG else fault
        yield report("backup", _("备份"), _("还没有备份。"), remedy)
    elif now - made > BACKUP_AGE_WARNING:
        report = fault if now - made > BACKUP_AGE_FAULT else warning
        yield report(
            "backup", _("备份"), _("最近的备份是%(days)d天前的。") % {"days": (now - made).days}, remedy
        )
    else:
        yield fine(
            "backup",
            _("备份"),
            _("最近的备份是%(hours)s小时前的,共%(count)d份。")
            % {"hours": f"{(now - made).total_seconds() / 3600:.0f}", "count": len(found)},
        )
    if connection.vendor == "postgresql":
        yield from _tools()


def room_for_backup(now: datetime) -> Iterator[Finding]:
    """Whether the disk of the backups has room for another two."""
    found = backup.list_backups(Path(settings.BACKUPS))
    if found:
        size, free = found[0].stat().st_size, shutil.disk_usage(settings.BACKUPS).free
        if free < 2 * size:
            yield warning(
                "backup_room",
                _("备份空间"),
                _("备份所在磁盘只剩 %(free)s MB,一份备份是 %(size)s MB。")
                % {"free": f"{free / 1e6:.0f}", "size": f"{size / 1e6:.0f}"},
                _("用 backup --keep 少留几份,或换一块磁盘。"),
            )


def _tools() -> Iterator[Finding]:
    try:
        find_tool("pg_dump")
        find_tool("pg_restore")
    except BackupError as error:
        yield fault(
            "backup_tools",
            _("备份工具"),
            str(error),
            _("例如 apt-get install postgresql-client,版本不低于服务器。"),
        )
