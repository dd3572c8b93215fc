"""Money that was paid under the clauses of a document, as a table hands it in (payments.csv).

One row is one payment. What is not handed in is unknown: without a table nothing is said to be zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from luming.errors import Fault, UnitMismatch
from luming.evaluation.table_file import Column, TableRow, read_table, repeated
from luming.pack import CommitmentKind, Pack
from luming.unit import convert

COLUMNS = (
    Column("id", "凭证号", "每笔一个,不重复"),
    Column("clause", "条款", "资金条款的编号或名称,见 luming show"),
    Column("payee", "收款单位", "全称"),
    Column("project", "项目", "平台、项目名称;同一对象几笔合并对照上限,不填按收款单位", optional=True),
    Column("district", "旗县区", "旗县区名称,不填按“未填”列出", optional=True),
    Column("size", "规模", "大型、中型、小型、微型", optional=True),
    Column("kind", "类型", "企业、高校院所、服务机构、其他", optional=True),
    Column("amount", "金额", "大于零的数字"),
    Column("unit", "单位", "元、万元、亿元"),
    Column("paid_on", "支付日期", "如 2025-06-30"),
)
SIZES = ("大型", "中型", "小型", "微型")
KINDS = ("企业", "高校院所", "服务机构", "其他")
MONEY_KINDS = (CommitmentKind.SUPPORT_CAP, CommitmentKind.BUDGET)
_ATTRIBUTES = ("district", "size", "kind")


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment.

    Attributes:
        clause: id of the commitment that it was paid under.
        project: what it was paid for; the payee where the table names nothing.
        district, size, kind: of the payee; "" where the table does not say.
        amount: in yuan, above zero.
    """

    id: str
    clause: str
    payee: str
    project: str
    district: str
    size: str
    kind: str
    amount: Decimal
    paid_on: dt.date


def read_payments(path: Path, pack: Pack) -> tuple[tuple[Payment, ...], list[Fault]]:
    """The payments of a table, and every fault found; with faults the payments are not to be used."""
    rows, faults = read_table(path, COLUMNS)
    clauses = _clauses(pack)
    districts = {district.name: district.name for district in pack.districts}
    found = [_payment(row, clauses, districts) for row in rows]
    faults += [fault for row in rows for fault in row.faults]
    faults += repeated(rows, ("id",))
    faults += _unlike(rows)
    return tuple(payment for payment in found if payment is not None), faults


def _clauses(pack: Pack) -> dict[str, str]:
    money = [item for item in pack.commitments if item.kind in MONEY_KINDS]
    return {name: item.id for item in money for name in (item.id, item.label)}


def _payment(row: TableRow, clauses: dict[str, str], districts: dict[str, str]) -> Payment | None:
    payee, id = row.needed("payee"), row.needed("id")
    clause = row.one_of("clause", clauses)
    district = row.one_of("district", districts, empty=True) if districts else row.text("district")
    size = row.one_of("size", {name: name for name in SIZES}, empty=True)
    kind = row.one_of("kind", {name: name for name in KINDS}, empty=True)
    amount, day = _yuan(row), row.day("paid_on")
    if row.faults or day is None:
        return None
    return Payment(id, clause, payee, row.text("project") or payee, district, size, kind, amount, day)


def _yuan(row: TableRow) -> Decimal:
    value, unit = row.amount("amount"), row.text("unit")
    try:
        return convert(value, unit, "元")
    except UnitMismatch:
        row.fault("evaluation.bad_unit", "unit", f"“{unit}”" if unit else "空格", "元、万元或亿元")
        return Decimal(0)


def _unlike(rows: Sequence[TableRow]) -> list[Fault]:
    """A payee that one row puts elsewhere, or into another size or kind, than an earlier row."""
    first: dict[tuple[str, str], TableRow] = {}
    faults = []
    for row in rows:
        for key in _ATTRIBUTES:
            text = row.text(key)
            if not text or not row.text("payee"):
                continue
            before = first.setdefault((row.text("payee"), key), row)
            if before.text(key) != text:
                faults.append(
                    Fault(
                        "evaluation.unlike",
                        row.where(key),
                        f"“{text}”,而第{before.line}行同一单位写作“{before.text(key)}”",
                        "同一单位前后一致",
                        "请核实后改成一样的",
                    )
                )
    return faults
