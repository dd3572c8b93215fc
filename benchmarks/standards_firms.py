"""Invented firms for the measurement of standards: seeded, every row plainly made up, one in ten with facts missing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from luming.standards import Input, InputKind

SEED = 20260601
ADVERSE = (
    "prohibited",
    "accident",
    "offence",
    "dishonesty",
    "list",
    "violation",
    "no_deduction",
    "recheck",
    "waived",
)
EXPERTS = ("hn_",)


def write_firms(path: Path, inputs: Mapping[str, Input], count: int, seed: int = SEED) -> None:
    """Write a Parquet file of firms that has a column for each fact."""
    columns = ["'演示-' || lpad(i::varchar, 8, '0') AS id"]
    columns += [f"{_column(key, item, at)} AS {key}" for at, (key, item) in enumerate(inputs.items(), 1)]
    connection = duckdb.connect(
        config={"threads": 2, "memory_limit": "1500MB", "preserve_insertion_order": False}
    )
    connection.execute(
        f"CREATE MACRO u(i, k) AS (hash(i * 1009 + k * 7919 + {seed}) % 1000003) / 1000003.0;"
        "CREATE MACRO z(i, k) AS u(i, k) + u(i, k + 500) + u(i, k + 900) + u(i, k + 1300) - 2.0"
    )
    connection.execute(
        f"COPY (SELECT {', '.join(columns)} FROM range({count}) AS r(i)) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 122880)"
    )


def _column(key: str, item: Input, at: int) -> str:
    """A value by the fact's kind; null in some cells of one row in ten, expert points for two firms in five."""
    value = _value(key, item, at)
    if key.startswith(EXPERTS):
        return f"CASE WHEN u(i, 3) < 0.4 THEN {value} END"
    return f"CASE WHEN u(i, 1) < 0.1 AND u(i, {at + 2000}) < 0.04 THEN NULL ELSE {value} END"


def _value(key: str, item: Input, at: int) -> str:
    match item.type:
        case InputKind.FLAG:
            return f"u(i, {at}) < {0.02 if any(word in key for word in ADVERSE) else 0.7}"
        case InputKind.CHOICE:
            options = ", ".join(f"'{option}'" for option in item.options)
            return f"list_extract([{options}], 1 + floor(u(i, {at}) * {len(item.options)})::int)"
        case InputKind.DATE:
            return f"DATE '2026-05-01' - (u(i, {at}) * u(i, {at}) * 9000)::int"
    low, high = item.lowest / item.factor, item.highest / item.factor
    number = _number(key, item, at)
    inside = f"least(greatest({number}, {float(low)}), {float(high)})"
    if not item.decimals:
        return f"round({inside})::bigint"
    return f"round({inside}, 2)::decimal(18, {item.decimals})"


def _number(key: str, item: Input, at: int) -> str:
    size = "exp(6.5 + 3 * z(i, 7))"
    if item.unit == "人":
        people = f"1 + {size} / 60"
        return people if key.startswith("employees") else f"{people} * u(i, {at}) * 0.5"
    if item.unit == "分":
        return f"{float(item.highest)} * (0.4 + 0.6 * u(i, {at}))"
    if item.unit in ("%", "年"):
        return f"{60 if item.unit == '%' else 20} * u(i, {at})"
    if item.unit == "万元":
        for word, share in (
            ("rd", 0.12),
            ("profit", 0.1),
            ("raised", 0.3),
            ("contract", 0.1),
            ("saved", 0.03),
        ):
            if word in key:
                return f"{size} * (u(i, {at}) * {share} - {share / 5 if item.lowest < 0 else 0})"
        return f"{size} * (0.5 + u(i, {at}))"
    return f"floor(12 * u(i, {at}) * u(i, {at}) * u(i, {at}))"
