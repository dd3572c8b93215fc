"""The machine: Python, disk, rights to write, clock."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from luming_portal.operations.check.finding import Finding, fault, fine, warning

OLDEST_PYTHON = (3, 11)
SCARCE, EMPTY = 2_000_000_000, 200_000_000  # bytes free on the disk of the data


def python(now: datetime) -> Iterator[Finding]:
    """The version of Python."""
    version = platform.python_version()
    if tuple(int(part) for part in platform.python_version_tuple()[:2]) < OLDEST_PYTHON:
        yield fault(
            "python",
            "Python",
            _("Python 是 %(version)s,需要 3.11 或更高版本。") % {"version": version},
            _("安装 Python 3.11 后重新安装鹿鸣。"),
        )
    else:
        yield fine("python", "Python", _("Python %s。") % version)


def home(now: datetime) -> Iterator[Finding]:
    """Whether the folder of the data can be written, and has room."""
    folder = Path(settings.HOME)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        yield fault(
            "home",
            _("数据目录"),
            _("不能在 %(folder)s 写入(%(error)s)。") % {"folder": folder, "error": error.strerror},
            _("让运行门户的账号拥有这个目录:chown -R 账号 %(folder)s;或用 LUMING_HOME 另指一个。")
            % {"folder": folder},
        )
        return
    yield fine("home", _("数据目录"), _("%(folder)s 可以写入。") % {"folder": folder})
    yield _room(folder)


def clock(now: datetime) -> Iterator[Finding]:
    """Whether the clock can be right: not before this software was installed, not before the last recorded change."""
    from luming_portal.audit.models import Change

    installed = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    latest = Change.objects.order_by("-at").values_list("at", flat=True).first()
    newest = max(filter(None, (installed, latest)))
    if now < newest - timedelta(minutes=5):
        yield fault(
            "clock",
            _("时钟"),
            _("系统时间 %(now)s 早于最近的记录 %(latest)s,时钟走慢了或被拨回。")
            % {"now": _local(now), "latest": _local(newest)},
            _("用 timedatectl set-ntp true 或单位的时间服务器校准。时限和登记日期都依赖时钟。"),
        )
    else:
        yield fine("clock", _("时钟"), _("系统时间 %(now)s(北京时间)。") % {"now": _local(now)})


def _room(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    told = _("%(folder)s 所在磁盘还有 %(free)s GB。") % {"folder": folder, "free": f"{free / 1e9:.1f}"}
    if free < EMPTY:
        return fault("disk", _("磁盘"), told, _("马上清理磁盘;写不进去时,门户会停止保存。"))
    if free < SCARCE:
        return warning("disk", _("磁盘"), told, _("清理磁盘,或把旧备份移到别处。"))
    return fine("disk", _("磁盘"), told)


def _local(moment: datetime) -> str:
    from django.utils import timezone

    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def is_root() -> bool:
    """Whether this process runs as root."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
