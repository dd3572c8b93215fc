"""`luming-portal remove-demo`: takes everything invented out of an installation."""

from __future__ import annotations

import click


@click.command("remove-demo")
@click.option("--yes", is_flag=True, help="不再询问。")
def command(yes: bool) -> None:
    """删除全部演示数据和演示账号;真实数据不动。"""
    from luming_portal.audit.actor import acting_as
    from luming_portal.audit.door import change
    from luming_portal.registers.demonstration import remove_demonstration

    if not yes:
        click.confirm("将删除全部标有“演示数据”的记录和演示账号,真实数据不动。继续?", abort=True)
    counts: dict[str, int] = {}
    with acting_as(None), change("清除演示数据") as changes:
        kept = remove_demonstration(changes, counts.__setitem__)
    for name, count in counts.items():
        click.echo(f"  {name}:{count} 条")
    for sentence in kept:
        click.echo(f"  {sentence}")
    click.echo(f"已删除 {sum(counts.values())} 条演示数据。" if counts else "没有演示数据。")
