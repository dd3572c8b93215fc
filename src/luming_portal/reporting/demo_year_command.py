"""`luming-portal demo-year`: the demonstration year through the real cycle, and its twelve bulletins as files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
from django.conf import settings

from luming.monitor import Light
from luming.publication import REPORTED_BY
from luming_portal.cockpit.boards import DEMO_SEED, SHELF
from luming_portal.cockpit.papers import PAPERS, paper
from luming_portal.documents.models import Document, DocumentVersion
from luming_portal.documents.selectors import current_version, latest_version
from luming_portal.reporting.demo_year import MonthTold, run_demonstration_year
from luming_portal.reporting.models import ReportingMonth
from luming_portal.reporting.services import MonthRefused

WRITTEN = ("bulletin", "bulletin-pdf", "monthly-sheet", "chat")
"""Papers of each month, by name."""


@click.command("demo-year")
@click.option("--document", "key", default="", help="哪一份文件(编号);不写就是驾驶舱上的那一份。")
@click.option("--seed", default=DEMO_SEED, show_default=True, help="演示数由它生成;同一种子得同样的数。")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out/demo-year"),
    show_default=True,
    help="每月的通报和调度表写到哪里。",
)
@click.option("--papers/--no-papers", default=True, help="是否写出各月的通报和调度表。")
def command(key: str, seed: int, out: Path, papers: bool) -> None:
    """演示年:十二期报送真实走一遍(开启、填报、审核、汇总、核定、发布、退回、修订),并出每月通报。数字全是虚构的。"""
    if not settings.DEBUG:
        raise click.ClickException(
            "演示年要建立演示账号,只能在演示模式下运行:LUMING_DEBUG=1 luming-portal demo-year。没有写入任何内容。"
        )
    version = _version(key)
    click.echo(f"演示年 {version.document.year},{version.document.number or version.document}。")
    try:
        told = run_demonstration_year(version, seed, _tell)
    except MonthRefused as refused:
        raise click.ClickException(str(refused)) from refused
    for one in told if papers else ():
        click.echo(f"  {_name(one.month)} 通报:{_write(version, one.month, out)}")
    click.echo("驾驶舱的“演示年”现在显示这些数据。删除:luming-portal remove-demo。")


def _version(key: str) -> DocumentVersion:
    if not key:
        version = current_version()
    else:
        document = Document.objects.filter(key=key).first()
        if document is None:
            known = "、".join(Document.objects.order_by("key").values_list("key", flat=True))
            raise click.ClickException(f"没有编号为“{key}”的文件。现有:{known or '无'}。")
        version = latest_version(document)
    if version is None:
        raise click.ClickException("还没有已发布的文件,没有可以演示的目标。先运行 luming-portal setup。")
    return version


def _name(month: ReportingMonth) -> str:
    return f"{month.year}-{month.month:02d}"


def _tell(one: MonthTold) -> None:
    click.echo(
        f"  {_name(one.month)} 要报{one.asked}项,逾期{one.late},退回{one.returned},按期发布{one.published}。"
    )


def _write(version: DocumentVersion, month: ReportingMonth, out: Path) -> str:
    """The papers of a month as it stood on the fifteenth of the next; its lights in words."""
    day = dt.date(month.year + month.month // 12, month.month % 12 + 1, REPORTED_BY)
    board = SHELF.demo(version, day).board
    folder = out / _name(month)
    folder.mkdir(parents=True, exist_ok=True)
    for name in WRITTEN:
        (folder / f"{name}.{PAPERS[name].extension}").write_bytes(paper(name, board).content)
    counts = board.counts()
    lights = "".join(f"{light.label}{counts.get(light, 0)}" for light in Light)
    return f"{lights},与上次相比变化{len(board.changes)}项;已写入 {folder}。"
