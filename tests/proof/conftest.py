"""The books of Baotou's real figures and of the demonstration year, with the boards they were made from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from luming.facts import Dictionary, Fact, read_csv
from luming.monitor import Board, demo_year
from luming.pack import Pack, load
from luming.proof import Book, codes_for, make_book
from luming.publication import Order, demo_board, real_board
from luming.report import Desk, default_desk

AS_OF = dt.date(2025, 12, 31)


@dataclass(frozen=True)
class Proved:
    """A board with its facts, its book and a desk that knows the codes."""

    board: Board
    facts: tuple[Fact, ...]
    book: Book
    desk: Desk


def proved(board: Board, facts: tuple[Fact, ...]) -> Proved:
    book = make_book([board], facts, made_from={"pack": board.pack.sha256}, demo=board.demo)
    return Proved(board, facts, book, replace(default_desk(board), codes=codes_for(book.proofs)))


@pytest.fixture(scope="session")
def pack(root: Path) -> Pack:
    return load(root / "packs" / "baotou" / "2025-1")


@pytest.fixture(scope="session")
def order(pack: Pack) -> Order:
    dictionary = Dictionary(pack.indicators, (source.id for source in pack.sources))
    return Order(pack, read_csv(pack.city / "facts.csv", dictionary), AS_OF)


@pytest.fixture(scope="session")
def real(order: Order) -> Proved:
    return proved(real_board(order), order.facts)


@pytest.fixture(scope="session")
def demo(order: Order, pack: Pack) -> Proved:
    facts = demo_year(pack, 2025)
    return proved(demo_board(order, facts), facts)


@pytest.fixture(params=["real", "demo"])
def either(request: pytest.FixtureRequest) -> Proved:
    made: Proved = request.getfixturevalue(request.param)
    return made
