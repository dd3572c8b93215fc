"""A whole table of firms gets what each firm gets by itself."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import duckdb
import pytest

from luming.errors import LumingError
from luming.standards import Standard, read_facts
from luming.support import Catalogue, Receiver, entitle_table, entitlements
from standards.columns_and_cells import write_table
from standards.random_standards import constants, firms
from support.conftest import DAY, Shelf

STACKED = """
small:
  {name: 小额, kind: award, lane: automatic, condition: {all: [here, certified]}, amount: {fixed: 20万元}, group: title, matter: certificate_no}
large:
  {name: 大额, kind: award, lane: automatic, condition: {all: [here, big]}, amount: {fixed: 50万元}, group: title, matter: certificate_no}
ceiling:
  {name: 上限, kind: project, lane: application, condition: here, amount: {fixed: 30万元}, cap: {at_most: true}}
share:
  name: 投资补助
  kind: investment
  lane: application
  condition: {all: [here, "cost >= 10万元"]}
  amount: {share: {of: cost, rate: 20%, cap: 500万元}}
  caps: [{scope: firm_year, group: both, cap: 60万元}]
growth:
  name: 研发增量
  kind: post_subsidy
  lane: fast
  condition: {all: [here, {not: listed}]}
  amount: {increment: {of: rd, before: rd_before, rate: 10%}}
  caps: [{scope: firm_year, group: both, cap: 60万元}]
yearly:
  {name: 分年, kind: award, lane: automatic, condition: big, amount: {instalments: [10万元, 20万元, 30万元]}, matter: firm}
honour:
  {name: 荣誉, kind: honour, lane: application, condition: certified}
"""


def _rows(catalogue: Catalogue, day: dt.date, seed: int, count: int) -> tuple[Any, list[dict[str, Any]]]:
    items = catalogue.in_force(day, Receiver.ENTERPRISE)
    standards = [found for item in items if (found := item.standard_on(day)) is not None]
    asked = {key: item for standard in standards for key, item in standard.inputs.items()}
    together = cast(Standard, SimpleNamespace(inputs=asked, split={}, scores=(), wholes={}))
    edges = [
        edge / one.inputs[key].factor
        for one in standards
        for key, found in one.split.items()
        for edge in found
    ]
    drawn = [*constants([float(edge) for edge in edges]), *constants("10 50 60 100 300 3000")]
    return together, firms(random.Random(seed), together, drawn, count)


def _both(catalogue: Catalogue, day: dt.date, folder: Path, seed: int, count: int = 150) -> None:
    together, rows = _rows(catalogue, day, seed, count)
    write_table(together, rows, folder / "firms.parquet")
    entitle_table(catalogue, folder / "firms.parquet", folder / "out.parquet", day)
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT * FROM '{folder / 'out.parquet'}' ORDER BY id")
        names = [column[0] for column in found.description]
        written = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    assert len(written) == len(rows)
    for row, said in zip(rows, written, strict=True):
        facts, _ = read_facts(row, catalogue.inputs)
        alone = entitlements(catalogue, facts, day, receiver=Receiver.ENTERPRISE)
        expected: dict[str, Any] = {
            "id": said["id"],
            "total_low": alone.total.low,
            "total_high": alone.total.high,
        }
        for one in alone.all:
            key = one.item.key
            expected |= {
                f"{key}_verdict": one.verdict.value,
                f"{key}_low": one.amount.low,
                f"{key}_high": one.amount.high,
            }
        assert {key: said[key] for key in expected} == expected, row


@pytest.mark.parametrize("seed", range(3))
def test_stacks_caps_ceilings_and_instalments(shelf: Shelf, tmp_path: Path, seed: int) -> None:
    _both(shelf.read(STACKED), DAY, tmp_path, seed)


@pytest.mark.parametrize("day", [dt.date(2024, 6, 1), dt.date(2025, 6, 1), dt.date(2026, 6, 1)])
def test_the_items_of_the_packs(packs: Catalogue, tmp_path: Path, day: dt.date) -> None:
    _both(packs, day, tmp_path, day.year, 60)


def test_a_day_without_any_item_is_told(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(LumingError, match="没有适用的支持条款"):
        entitle_table(shelf.read(STACKED), tmp_path / "firms.csv", tmp_path / "out.csv", dt.date(1999, 1, 1))
