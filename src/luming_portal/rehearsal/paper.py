"""A rehearsal as a paper of the office, and as a table of firms."""

from __future__ import annotations

import datetime as dt

from luming.budget import in_words
from luming.rehearsal import ChangedNumber, ItemRehearsal, Moved, Rehearsal
from luming.report import (
    Block,
    BulletList,
    Callout,
    Column,
    Heading,
    Inlines,
    Paper,
    Paragraph,
    Row,
    Table,
    Text,
)
from luming.support import Money
from luming_portal.rehearsal.trying import Tried

LISTS = (
    ("gained", "新增可享受"),
    ("lost", "不再可享受"),
    ("opened", "变为尚不能判断"),
    ("closed", "变为不符合"),
    ("dearer", "金额增加"),
    ("cheaper", "金额减少"),
)
CAUTION = (
    "本推演按台账现有事实和现行规则测算,不是决定。未掌握的事实按最少和最多两头计;"
    "“最高”按零到上限计;未扣除此前已兑付(平台默认口径)。"
)
MOST = 500
"""Firms that a paper lists by name in one table; the rest is counted."""


def span(money: Money) -> str:
    """A sum from low to high in words."""
    return in_words(money.low) if money.known else f"{in_words(money.low)}至{in_words(money.high)}"


def signed_span(money: Money) -> str:
    """A difference from low to high, with its signs."""

    def one(fen: int) -> str:
        return f"增加{in_words(fen)}" if fen > 0 else f"减少{in_words(-fen)}" if fen else "不变"

    return one(money.low) if money.known else f"{one(money.low)}至{one(money.high)}"


def moved(found: Rehearsal) -> list[tuple[str, str, Moved]]:
    """Every firm that moves: item or standard, list, firm."""
    rows = [
        (one.item.name, label, firm)
        for one in found.items
        for name, label in LISTS
        for firm in getattr(one, name)
    ]
    for standard in found.standards:
        for label, firms in (
            ("新达到", standard.gained),
            ("不再达到", standard.lost),
            ("判断改变", standard.unsure),
        ):
            rows += [(standard.label, label, firm) for firm in firms]
    return rows


def compose(title: str, tried: Tried, issuer: str, *, demo: bool, today: dt.date) -> Paper:
    """The paper: what changes, beside its clause; firms; money; departments and targets."""
    found = tried.found
    blocks: list[Block] = [Callout(_t(CAUTION), "warning"), Heading("总体影响")]
    blocks.append(
        Paragraph(
            _t(
                f"以{found.as_of:%Y-%m-%d}为准,对台账{found.firms}家企业测算。涉及{len(found.items)}个支持事项、{len(found.standards)}项标准。"
                f"所涉事项合计由{span(found.before)}变为{span(found.after)},{signed_span(found.difference)}。"
            )
        )
    )
    for change in tried.changes:
        blocks.append(Paragraph(_t(_change(change))))
    for item in found.items:
        blocks += _item(item)
    for standard in found.standards:
        blocks += [
            Heading(standard.label, 2),
            Paragraph(
                _t(
                    f"达到的企业由{standard.passing[0]}家变为{standard.passing[1]}家:新达到{len(standard.gained)}家,不再达到{len(standard.lost)}家,判断改变{len(standard.unsure)}家。"
                )
            ),
        ]
    if tried.clauses:
        blocks.append(Heading("所涉条款、部门和目标"))
    for clause in tried.clauses:
        lead = "、".join(clause.lead) or "未明确"
        blocks += [
            Heading(f"{clause.measure.number}{clause.measure.title}", 2),
            Paragraph(_t(clause.text)),
            BulletList(
                (
                    _t(f"牵头:{lead}" + (f";配合:{'、'.join(clause.support)}" if clause.support else "")),
                    *(
                        _t(f"{one.label}:{one.quote or one.value}{'' if one.quote else one.unit}")
                        for one in clause.targets
                    ),
                )
            ),
        ]
    rows = moved(found)
    if rows:
        blocks += [Heading("变动企业"), _firms(rows)]
    return Paper(title, issuer, today, tuple(blocks), subtitle="政策推演", demo=demo, draft=True)


def _change(change: ChangedNumber) -> str:
    old, new, items = change.old, change.new, change.items
    if new is None:
        return f"“{old.label}”({old.value}{old.unit})在新的文字里已没有,按原数测算。"
    follows = f",随之改变的支持事项{len(items)}个" if items else ",没有支持事项引用这个数"
    return f"“{old.label}”由{old.value}{old.unit}改为{new.value}{new.unit}{follows}。"


def _item(one: ItemRehearsal) -> list[Block]:
    blocks: list[Block] = [Heading(f"{one.item.name}({one.item.article})", 2)]
    if one.counted:
        parts = [f"{label}{len(getattr(one, name))}家" for name, label in LISTS if getattr(one, name)]
        told = (
            f"可享受的企业由{one.entitled[0]}家变为{one.entitled[1]}家,尚不能判断的由{one.unknown[0]}家变为{one.unknown[1]}家。"
            f"金额由{span(one.before)}变为{span(one.after)}。{','.join(parts) or '没有企业变动'}。"
        )
        if one.unbounded:
            told += f"其中{one.unbounded}家缺少计算金额的数,最多的一头说不准。"
    else:
        told = f"台账里没有这类对象,有多少个申请不知道;每个由{span(one.each[0])}变为{span(one.each[1])}。"
    return [*blocks, Paragraph(_t(told))]


def _firms(rows: list[tuple[str, str, Moved]]) -> Table:
    columns = (
        Column("企业", width=2),
        Column("旗县区"),
        Column("事项或标准", width=2),
        Column("变动"),
        Column("原来"),
        Column("改后"),
        Column("金额变化", "right", 1.5),
    )
    told = tuple(
        Row(
            tuple(
                _t(cell)
                for cell in (
                    one.firm.name,
                    one.firm.district,
                    label,
                    what,
                    one.before,
                    one.after,
                    signed_span(Money(min(one.low, one.high), max(one.low, one.high))),
                )
            )
        )
        for label, what, one in rows[:MOST]
    )
    notes = (f"另有{len(rows) - MOST}条未列出,见附表。",) if len(rows) > MOST else ()
    return Table(columns, told, notes=notes)


def _t(words: str) -> Inlines:
    return (Text(words),)
