"""The board of the demonstration year is one of the demonstration whatever it holds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from luming.monitor import demo_year
from luming.pack import load
from luming.publication import Order, demo_board
from luming.report import compose_bulletin, default_desk


@pytest.mark.parametrize("told", [True, False])
def test_a_demonstration_without_any_figure_yet_is_marked_as_one(root: Path, told: bool) -> None:
    pack = load(root / "packs" / "baotou" / "2025-1")
    facts = demo_year(pack, 2025) if told else ()
    board = demo_board(Order(pack, (), dt.date(2025, 11, 15)), facts)
    assert board.demo
    assert compose_bulletin(board, default_desk(board)).demo
