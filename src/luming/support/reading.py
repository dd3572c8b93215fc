"""Reading files of items: every fault of every file is told at once, with its line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Literal, cast

from luming.errors import Fault, UnitMismatch
from luming.standards import ABOUT, Entry, Standard, yuan
from luming.standards import Catalogue as Standards
from luming.support.amount import Money, read_money
from luming.support.compiled import AMOUNT, compiled
from luming.support.item import Cap, FairCompetition, Item, ItemKind, Lane, Receiver, Repeal, Share, Source
from luming.yaml_source import read_yaml

_ITEM = (
    "name", "name_en", "kind", "lane", "lead", "pays", "contact", "share", "in_force", "window", "repealed", "subject",
    "inputs", "condition", "values", "choices", "amount", "decimals", "cap", "group", "difference", "matter", "caps",
    "evidence", "clawback", "assumed", "fair_competition", "caution", "standard", *ABOUT,
)  # fmt: skip
_ASSUMABLE = re.compile(r"[a-z_]+(\.[a-z_]+)?")
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_DAY = dt.timedelta(1)


def read_file(path: Path, owner: str, standards: Standards) -> tuple[list[Item], list[Fault]]:
    """All items of one file, and its faults."""
    source = read_yaml(path)
    if source.tree is None:
        return [], source.faults or [Fault("support.empty", path.name, "空文件", "若干支持事项")]
    top = Entry.of(source, (), source.tree)
    top.only("document", "mark", "note", "in_force", "items")
    top.mark = top.about().mark
    reader = _Reader(top, owner, standards)
    items = [item for key, entry in top.entries("items") if (item := reader.item(key, entry)) is not None]
    if not top.has("items"):
        top.fault("empty", "没有“items”", "至少一项")
    return items, [
        replace(fault, code=fault.code.replace("standard.", "support.", 1)) for fault in source.faults
    ]


class _Reader:
    def __init__(self, top: Entry, owner: str, standards: Standards) -> None:
        self.top = top
        self.owner = owner
        self.standards = standards
        self.source = _source(top.inner("document"))

    def item(self, key: str, entry: Entry) -> Item | None:
        before = len(entry.source.faults)
        if not _KEY.fullmatch(key):
            entry.fault("bad_name", f"“{key}”", "小写字母、数字和下划线组成的名字")
        entry.only(*_ITEM)
        about = entry.about(label=key)
        entry.mark = about.mark
        starts, ends, repeal = self._force(entry)
        cap, at_most = self._cap(entry)
        amount = entry.inner("amount") if entry.has("amount") else None
        money = read_money(amount, self.standards.inputs) if amount is not None else Money()
        kind = ItemKind(entry.word("kind", tuple(ItemKind), "award"))
        standards, amount_key = self._standards(key, entry, money, cap, starts, ends)
        group, difference = entry.text("group", ""), entry.text("difference", "true")
        if kind.pays and not amount_key and not money.of_standard and amount is None:
            entry.fault(
                "money",
                f"{kind.label}没有写金额",
                "写明 amount",
                "只给荣誉或服务的,kind 写 honour 或 service",
            )
        item = Item(
            key, entry.text("name"), entry.text("name_en", ""), about.clause, kind,
            Lane(entry.word("lane", tuple(Lane), "application")),
            Receiver(entry.word("subject", tuple(Receiver), "enterprise")),
            self.source, self.owner, about.mark, about.note, entry.text("caution", ""),
            entry.text("lead", ""), entry.text("pays", ""), entry.text("contact", ""), self._shares(entry),
            starts, ends, self._window(entry), repeal, standards, amount_key, money.at_most or at_most,
            money.instalments, money.not_found, group, difference == "true", entry.text("matter", ""), tuple(self._caps(entry)),
            entry.words("evidence"), entry.words("clawback"), self._assumed(entry), _fair(entry.inner("fair_competition")),
            entry.text("standard", "").partition("@")[0],
        )  # fmt: skip
        return item if len(entry.source.faults) == before and standards else None

    def _force(self, entry: Entry) -> tuple[dt.date | None, dt.date | None, Repeal | None]:
        force = (entry if entry.has("in_force") else self.top).inner("in_force")
        force.only("from", "to")
        starts, ends, repeal = force.date("from"), force.date("to"), None
        if entry.has("repealed"):
            inner = entry.inner("repealed")
            inner.only("on", "by", "why")
            on = inner.date("on")
            if on is None:
                inner.fault("missing_key", "没有写废止日“on”", "写明从哪一天起不再适用")
            else:
                repeal = Repeal(on, inner.text("by", ""), inner.text("why", ""))
                ends = min(ends, on - _DAY) if ends else on - _DAY
        if starts and ends and ends < starts:
            entry.fault("force", f"{starts}至{ends}", "截止日不早于起始日", "", "in_force")
        return starts, ends, repeal

    def _window(self, entry: Entry) -> tuple[dt.date | None, dt.date | None]:
        inner = entry.inner("window")
        inner.only("from", "to")
        return inner.date("from"), inner.date("to")

    def _cap(self, entry: Entry) -> tuple[str, bool]:
        inner = entry.inner("cap")
        inner.only("item", "at_most")
        return inner.text("item", ""), inner.flag("at_most")

    def _standards(
        self, key: str, entry: Entry, money: Money, cap: str, starts: dt.date | None, ends: dt.date | None
    ) -> tuple[tuple[Standard, ...], str]:
        if not entry.has("standard"):
            if money.of_standard:
                entry.fault("money", "写了“of_standard”,没有写“standard”", "写明按哪一项标准", "", "amount")
            if not entry.has("condition"):
                entry.fault("condition", "没有写条件", "写明 condition,或写 standard")
            if money.instalments and cap:
                entry.fault("money", "分期兑付又写了本项上限", "各期金额直接写明", "", "cap")
            force = {
                name: day.isoformat() for name, day in (("from", starts), ("to", ends)) if day is not None
            }
            found = compiled(key, entry, money, cap, force, self.standards)
            return found, AMOUNT if money.formula else ""
        for key_ in ("condition", "values", "choices", "decimals"):
            if entry.has(key_):
                entry.fault("standard", f"同时写了“standard”和“{key_}”", "条件和算法写在标准里", "", key_)
        if money.formula or cap:
            entry.fault(
                "money",
                "依标准判断,又另写了金额或上限",
                "of_standard,上限写在标准里",
                "",
                "amount" if money.formula else "cap",
            )
        name = entry.text("standard")
        versions = self.standards.versions.get(name, ())
        if "@" in name:
            one = self.standards.named(name)
            versions = () if one is None else (one,)
        if not versions:
            entry.fault("standard", f"没有“{name}”这项标准", "已有的标准", "", "standard")
        wrong = [
            item.name for item in versions if money.of_standard not in ("", *(amount.key for amount in item.amounts))
        ]  # fmt: skip
        if wrong:
            entry.fault(
                "money",
                f"{'、'.join(wrong)}没有“{money.of_standard}”这项金额",
                "标准里的一项金额",
                "",
                "amount",
            )
        return tuple(versions), money.of_standard

    def _shares(self, entry: Entry) -> tuple[Share, ...]:
        found = []
        for path, tree in entry.items("share"):
            inner = Entry.of(entry.source, path, tree)
            inner.only("who", "part")
            written = inner.text("part").removesuffix("%")
            try:
                found.append(Share(inner.text("who"), Fraction(written) / 100))
            except ValueError:
                inner.fault("share", f"“{written}”", "百分数,如 50%", "", "part")
        if found and sum(share.part for share in found) != 1:
            entry.fault("share", "各方比例合计不是100%", "合计100%", "", "share")
        return tuple(found)

    def _caps(self, entry: Entry) -> Iterator[Cap]:
        groups = {str(tree.get("group")) for _, tree in entry.items("caps") if isinstance(tree, dict)}
        if len(groups) > 1:
            entry.fault("cap", f"写了{len(groups)}个合计组", "一项只在一个合计组里", "", "caps")
        for path, tree in entry.items("caps"):
            inner = Entry.of(entry.source, path, tree)
            inner.only("scope", "group", "cap")
            scope = inner.word("scope", ("firm_year", "firm_total"), "firm_year")
            written = inner.text("cap")
            try:
                amount = yuan(written)
            except (UnitMismatch, ValueError):
                inner.fault("cap", f"“{written}”", "一笔钱,如 500万元", "", "cap")
                continue
            yield Cap(cast(Literal["firm_year", "firm_total"], scope), inner.text("group"), amount)

    def _assumed(self, entry: Entry) -> tuple[str, ...]:
        found = entry.words("assumed")
        for name in found:
            if not _ASSUMABLE.fullmatch(name) or name.partition(".")[0] not in _ITEM:
                entry.fault("assumed", f"“{name}”", f"本项里的一个键:{'、'.join(_ITEM)}", "", "assumed")
        return found


def _source(entry: Entry) -> Source:
    entry.only("title", "number", "issuer", "issued", "source", "official")
    return Source(
        entry.text("title"), entry.text("number", ""), entry.text("issuer", ""), entry.date("issued"),
        entry.text("source", ""), entry.flag("official"),
    )  # fmt: skip


def _fair(entry: Entry) -> FairCompetition:
    entry.only("flag", "why")
    flag, why = entry.flag("flag"), entry.text("why", "")
    if flag and not why:
        entry.fault("missing_key", "没有写“why”", "写明为什么须经公平竞争审查")
    return FairCompetition(flag, why)
