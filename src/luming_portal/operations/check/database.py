"""The database: reachable, of the right structure, and set so that a power cut loses nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from luming_portal.operations.check.finding import Finding, fault, fine, warning
from luming_portal.operations.health import unapplied_migrations

OLDEST_POSTGRESQL = 140000


def reachable(now: datetime) -> Iterator[Finding]:
    """Whether the database answers and has the structure of this version."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        kind = _("SQLite 数据库文件") if connection.vendor == "sqlite" else "PostgreSQL"
        yield fault(
            "database",
            _("数据库"),
            _("连不上%(kind)s:%(error)s") % {"kind": kind, "error": str(error).strip().splitlines()[0][:160]},
            _remedy(),
        )
        return
    yield fine("database", _("数据库"), _("%(database)s 可以连接。") % {"database": connection.display_name})
    lacking = unapplied_migrations()
    if lacking:
        yield fault(
            "migrations",
            _("数据库结构"),
            _("数据库结构还差%(count)d步,例如 %(first)s。") % {"count": len(lacking), "first": lacking[0]},
            _("先备份,再运行 luming-portal setup。"),
        )
    else:
        yield fine("migrations", _("数据库结构"), _("数据库结构是最新的。"))


def durability(now: datetime) -> Iterator[Finding]:
    """Whether what was answered as saved survives a power cut, and whether readers and writers get on."""
    if connection.vendor == "sqlite":
        yield from _sqlite()
    elif connection.vendor == "postgresql":
        yield from _postgresql()


def leftovers(now: datetime) -> Iterator[Finding]:
    """What an interrupted restore left behind, and old databases that are kept after a restore."""
    if connection.vendor != "sqlite":
        return
    path = Path(settings.DATABASES["default"]["NAME"])
    left = list(path.parent.glob(f"{path.name}.restoring-*")) + list(path.parent.glob(".luming-scratch-*"))
    if left:
        yield warning(
            "leftovers",
            _("恢复残留"),
            _("有%(count)d处中断的恢复留下的文件,现有数据不受影响。") % {"count": len(left)},
            _("重新恢复一次即会清理;或删除它们。"),
        )
    kept = list(path.parent.glob(f"{path.name}.before-restore-*"))
    if kept:
        size = sum(file.stat().st_size for file in kept)
        yield warning(
            "kept",
            _("恢复前的数据库"),
            _("还留着%(count)d份恢复前的数据库,共 %(size)s MB。")
            % {"count": len(kept), "size": f"{size / 1e6:.0f}"},
            _("确认恢复无误后可以删除。"),
        )


def readers(now: datetime) -> Iterator[Finding]:
    """Whether other accounts of the machine can read the database file."""
    if connection.vendor != "sqlite":
        return
    path = Path(settings.DATABASES["default"]["NAME"])
    if (
        os.name != "nt"
        and path.is_file()
        and path.stat().st_mode & 0o007
        and path.parent.stat().st_mode & 0o001
    ):
        yield warning(
            "readers",
            _("数据库权限"),
            _("这台机器上的其他账号也能读数据库文件。"),
            f"chmod o-rwx {path.parent}",
        )


def _sqlite() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        broken = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
    if broken != "ok":
        yield fault(
            "integrity",
            _("数据库完整性"),
            _("数据库文件有损坏:%(broken)s。") % {"broken": broken[:120]},
            _("停止门户,用 luming-portal restore 恢复最近的备份。"),
        )
    wrong = []
    if found["journal_mode"] not in ("wal", "memory"):
        wrong.append(_("日志方式是 %(mode)s,应为 wal") % {"mode": found["journal_mode"]})
    if found["synchronous"] < 2:
        wrong.append(_("synchronous 低于 FULL,断电可能丢失刚保存的内容"))
    if found["foreign_keys"] != 1:
        wrong.append(_("没有检查引用(foreign_keys)"))
    if wrong:
        yield fault(
            "durability",
            _("数据库设置"),
            _(";").join(wrong) + _("。"),
            _("恢复 settings.py 里 DATABASES 的 init_command;数据库不要放在网络盘上。"),
        )
    else:
        yield fine("durability", _("数据库设置"), _("WAL 日志、FULL 同步、检查引用,都已打开。"))


def _postgresql() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit'), "
                       "current_setting('server_encoding'), current_setting('server_version_num')::int")  # fmt: skip
        fsync, commit, encoding, version = cursor.fetchone()
    if encoding != "UTF8":
        yield fault(
            "encoding",
            _("数据库编码"),
            _("数据库的编码是 %(encoding)s,应为 UTF8。") % {"encoding": encoding},
            _("新建 UTF8 编码的数据库,再恢复备份。"),
        )
    if fsync != "on" or commit == "off":
        yield fault(
            "durability",
            _("数据库设置"),
            _("fsync=%(fsync)s、synchronous_commit=%(commit)s,断电可能丢失刚保存的内容。")
            % {"fsync": fsync, "commit": commit},
            _("在 postgresql.conf 里把两项都设为 on。"),
        )
    elif version < OLDEST_POSTGRESQL:
        yield warning(
            "durability",
            _("数据库版本"),
            _("PostgreSQL %(version)s 已停止维护。") % {"version": version // 10000},
            _("升级到仍在维护的版本。"),
        )
    else:
        yield fine(
            "durability",
            _("数据库设置"),
            _("PostgreSQL %(version)s,fsync 和 synchronous_commit 已打开。") % {"version": version // 10000},
        )


def _remedy() -> str:
    if connection.vendor == "sqlite":
        return _("运行 luming-portal setup;检查数据目录的权限。")
    return _("检查 DATABASE_URL 里的主机、端口、账号、密码和库名,以及数据库是否在运行。")
