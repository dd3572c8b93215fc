"""Appoints the first officers of an installation, who then look after all other accounts in the portal."""

from __future__ import annotations

import click

FIRST = ("system", "security", "auditor")


@click.command()
@click.argument("role", type=click.Choice(FIRST))
@click.argument("username")
@click.argument("name")
@click.option("--reason", default="首次任命", show_default=True, help="写进审计日志的理由。")
def command(role: str, username: str, name: str, reason: str) -> None:
    """任命首位系统管理员、安全管理员或审计员,并打印设置密码的链接(24小时内用一次)。

    该角色已有人在任时拒绝:请由在任的安全管理员在网页上授权。
    """
    from luming_portal.accounts.forms import NewAccountForm
    from luming_portal.accounts.models import User
    from luming_portal.accounts.roles import Role
    from luming_portal.accounts.services import make_password_link
    from luming_portal.audit.actor import acting_as
    from luming_portal.audit.door import change

    wanted = Role(role)
    if User.objects.filter(role=wanted, is_active=True, demo=False).exists():
        raise click.ClickException(
            f"已有在任的{wanted.label}。请由安全管理员在网页“账号”中授权。没有更改任何内容。"
        )
    form = NewAccountForm({"username": username, "name": name, "email": ""})
    if not form.is_valid():
        sentences = [str(one) for errors in form.errors.values() for one in errors]
        raise click.ClickException(" ".join(sentences) + " 没有更改任何内容。")
    account = form.save(commit=False)
    account.role = wanted
    account.set_unusable_password()
    with acting_as(None), change(reason) as changes:
        changes.save(account)
        path = make_password_link(account, reason)
    click.echo(
        f"已任命{wanted.label}“{account.username}”。请本人打开本站的这个地址设置密码(24小时内有效,用一次):"
    )
    click.echo(path)


if __name__ == "__main__":
    from luming_portal.cli import start_django

    start_django()
    command()
