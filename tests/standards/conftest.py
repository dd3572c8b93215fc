"""Small standards written for a test, read as the packs are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from luming.standards import Assessment, Catalogue, Standard, assess, read_facts, read_standards

DAY = dt.date(2025, 6, 1)
INPUTS = """
inputs:
  staff: {label: 职工总数, label_en: Employees, unit: 人}
  tech: {label: 科技人员数, unit: 人, part_of: staff}
  sales: {label: 营业收入, label_en: Revenue, unit: 万元}
  sales_y2: {label: 上年营业收入, unit: 万元}
  sales_y3: {label: 前年营业收入, unit: 万元}
  rd: {label: 研发费用, unit: 万元}
  profit: {label: 净利润, unit: 万元, min: -1000000}
  patents: {label: 发明专利数, unit: 件}
  certified: {label: 有证书, kind: flag}
  listed: {label: 列入名单, kind: flag}
  trade: {label: 行业, kind: choice, options: [工业, 建筑业, 批发业]}
  founded: {label: 成立日期, kind: date}
  opinion: {label: 专家评分, unit: 分, max: 10}
"""


class Shelf:
    """Writes standards into a folder and reads them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "town"
        (self.folder / "standards" / "inputs").mkdir(parents=True)
        (self.folder / "standards" / "inputs" / "all.yaml").write_text(INPUTS, encoding="utf-8")

    def put(
        self, text: str, key: str = "trial", version: str = "1", force: str = "{from: 2020-01-01}"
    ) -> None:
        """Write one version."""
        file = self.folder / "standards" / key / f"{version}.yaml"
        file.parent.mkdir(exist_ok=True)
        head = f'standard: {key}\nversion: "{version}"\nname: 试行标准\nin_force: {force}\nmark: ours\n'
        file.write_text(head + dedent(text), encoding="utf-8")

    def read(self) -> Catalogue:
        """All of it."""
        return read_standards([self.folder])

    def one(self, text: str) -> Standard:
        """A standard of this text."""
        self.put(text)
        return self.read().versions["trial"][0]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


Judge = Callable[..., Assessment]


def judge(standard: Standard, **row: object) -> Assessment:
    """Assess a firm by what a table would hold."""
    facts, faults = read_facts(row, standard.inputs)
    assert not faults
    return assess(standard, facts, DAY)
