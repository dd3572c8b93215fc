"""`luming-portal reindex`: makes the search index anew."""

from __future__ import annotations

import time

import click


@click.command("reindex")
def command() -> None:
    """重建全站搜索索引。平时不需要;索引随每次修改同步更新。"""
    from luming_portal.search.index import rebuild

    start = time.monotonic()
    total = rebuild(lambda kind, count: click.echo(f"  {kind}:{count} 条"))
    click.echo(f"已重建 {total} 条,用时 {time.monotonic() - start:.1f} 秒。")
