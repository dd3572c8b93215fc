"""The catalogue of the packs, and small items written for a test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from luming.standards import Fact, read_facts
from luming.support import Catalogue, read_support

PACKS = Path(__file__).parents[2] / "packs"
DAY = dt.date(2025, 6, 1)
INPUTS = """
inputs:
  here: {label: 在本市, kind: flag}
  certified: {label: 有证书, kind: flag}
  listed: {label: 列入失信名单, kind: flag}
  big: {label: 规模以上, kind: flag}
  grade: {label: 考核等次, kind: choice, options: [优秀, 良好, 不合格]}
  cost: {label: 实际投资, unit: 万元}
  rd: {label: 研发费用, unit: 万元}
  rd_before: {label: 上年研发费用, unit: 万元}
  stations: {label: 工作站, unit: 个}
  founded: {label: 成立日期, kind: date}
"""
HEAD = """
document: {title: 试行办法, number: 试〔2025〕1号, issuer: 本市, official: true}
mark: ours
in_force: {from: 2025-01-01, to: 2027-12-31}
items:
"""


class Shelf:
    """Writes items into a folder and reads them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "town"
        (self.folder / "standards" / "inputs").mkdir(parents=True)
        (self.folder / "support").mkdir()
        (self.folder / "standards" / "inputs" / "all.yaml").write_text(INPUTS, encoding="utf-8")

    def read(self, items: str, head: str = HEAD) -> Catalogue:
        """The items of this text."""
        text = head + "\n".join("  " + line for line in dedent(items).splitlines())
        (self.folder / "support" / "trial.yaml").write_text(text, encoding="utf-8")
        return read_support([self.folder])


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture(scope="session")
def packs() -> Catalogue:
    return read_support(path for path in sorted(PACKS.iterdir()) if path.is_dir())


Known = Callable[..., dict[str, Fact]]


def known(catalogue: Catalogue, **row: object) -> dict[str, Fact]:
    """Facts as a table would hold them."""
    facts, faults = read_facts(row, catalogue.inputs)
    assert not faults
    assert set(row) <= set(catalogue.inputs)
    return facts
