"""The table of rights for people to read: as a page, and as docs/reference/rights.md, both made from RIGHTS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import click
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from luming_portal.accounts.rights import NOUN_LABELS, RIGHTS, Scope, level_of
from luming_portal.accounts.roles import STAFF, Level, Role

SCOPE_LABELS = {
    Scope.NONE: _("无"),
    Scope.PUBLISHED: _("已发布"),
    Scope.OWN: _("本人"),
    Scope.DISTRICT: _("本旗县区"),
    Scope.UNIT: _("本单位"),
    Scope.ALL: _("全部"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One action on one kind of object: label and scope for each role, in the order of Role."""

    action: str
    cells: tuple[tuple[Scope, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one kind of object."""

    noun: str
    label: str
    rows: tuple[Row, ...]


def groups() -> list[Group]:
    """The whole table, kind by kind."""
    return [Group(noun, str(NOUN_LABELS[noun]), tuple(_rows(noun))) for noun in RIGHTS]


def levels() -> list[tuple[Role, Level]]:
    """Up to which level each role reads columns of registers that are not its own."""
    return [(role, level_of(_Somebody(role), "person")) for role in Role]


def document() -> str:
    """docs/reference/rights.md."""
    with override("zh-hans"):
        return "\n".join(_document()) + "\n"


@click.command()
def command() -> None:
    """打印权限表(docs/reference/rights.md 的内容)。"""
    click.echo(document(), nl=False)


class _Somebody:
    """Stands in for a signed-in user of a role."""

    is_authenticated = True
    is_active = True

    def __init__(self, role: Role) -> None:
        self.role = role


def _rows(noun: str) -> Iterator[Row]:
    for action, cells in RIGHTS[noun].items():
        scopes = [cells.get(role, Scope.NONE) for role in Role]
        yield Row(action.label, tuple((scope, str(SCOPE_LABELS[scope])) for scope in scopes))


def _document() -> Iterator[str]:
    yield "# 权限表"
    yield ""
    yield "由 `src/luming_portal/accounts/rights.py` 的 `RIGHTS` 生成(`luming-portal rights`),有测试比对;请勿手改。"
    yield "网页版:`/accounts/rights/`。列表、计数、导出、搜索和接口用的是同一张表。"
    yield ""
    yield "格内为可操作的范围:全部、本单位、本旗县区、本人(本企业、本院所)、已发布;`·` 表示没有这项权限。"
    yield "每个账号只有一个角色;业务操作、授权、审计三者分属不同角色(三员分立)。"
    for group in groups():
        yield ""
        yield f"## {group.label}(`{group.noun}`)"
        yield ""
        yield "| 操作 | " + " | ".join(str(role.label) for role in Role) + " |"
        yield "|" + " --- |" * (len(Role) + 1)
        for row in group.rows:
            words = ["·" if scope is Scope.NONE else label for scope, label in row.cells]
            yield f"| {row.action} | " + " | ".join(words) + " |"
    yield ""
    yield "## 栏目级别"
    yield ""
    yield "台账的每一栏有一个级别(公开、内部、企业商业信息、个人信息);各角色最高可读:"
    yield ""
    yield "| 角色 | 可读级别 | 两步验证 |"
    yield "| --- | --- | --- |"
    for role, level in levels():
        yield f"| {role.label} | {level.label} | {'必须' if role in STAFF else '可选'} |"
    yield ""
    yield "企业用户、院所用户对自己的台账记录可读到“企业商业信息”。"


if __name__ == "__main__":
    from luming_portal.cli import start_django

    start_django()
    command()
