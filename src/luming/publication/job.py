"""The main job: pack and facts in, all files of a run out. Nothing is written here and no clock is asked.

The real board and the demonstration year are computed apart, from different facts, into different folders.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from luming.facts import Fact
from luming.monitor import Board, LightRecord, Override, assess, demo_year, month_ends, replay
from luming.pack import Pack
from luming.proof import PROOFS, Book, codes_for, digest_of, make_book, proof_page, to_bytes
from luming.publication.papers import PaperFile, Told, monthly_sheet, paper_files
from luming.report import PROOF_PAGE, Codes, default_desk
from luming.report.board import PaperLink, Site, board_page, landing_page

DEMO = "demo"
REPLAYED = "重算(按当日已知数据和现行规则):"
REPORTED_BY = 15
"""Day of the following month by which a month's figures of the demonstration are in."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is made from.

    Attributes:
        recorded: lights as they were recorded on earlier days.
        earlier: the packs of the documents before this one.
        seed: seed of the demonstration year; None for none.
        demo_as_of: the day on which the demonstration stands; mid-November of its year when not given, when most
            of the year is told and forecasts still matter.
        made_from: digests of pack, facts and code, for the proof files.
        address: where the folder will be found, ending in "/"; "" for nowhere. The signs on paper then open it.
        version: a line that names pack, facts and code, printed at the end of each paper; `demo_version` the same
            for the demonstration, whose facts come from the seed.
    """

    pack: Pack
    facts: tuple[Fact, ...]
    as_of: dt.date
    recorded: tuple[LightRecord, ...] = ()
    overrides: tuple[Override, ...] = ()
    earlier: tuple[Pack, ...] = ()
    seed: int | None = None
    demo_as_of: dt.date | None = None
    made_from: Mapping[str, object] = field(default_factory=dict)
    address: str = ""
    version: str = ""
    demo_version: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The boards and the files of a run, by name."""

    board: Board
    demo: Board | None
    files: dict[str, bytes]


def carry_out(order: Order, told: Told = lambda stage: None) -> Outcome:
    """Compute the boards and make every file. `told` hears each stage as it begins."""
    told("亮灯与预测")
    board = real_board(order)
    real = _Folder("", board, order, told, order.facts)
    if order.seed is None:
        real.page(home="index.html", other="")
        landing = landing_page(Site(board, "board.html", real.links()))
        return Outcome(board, None, {**real.files, "index.html": landing.encode()})
    told("演示年")
    facts = demo_year(order.pack, order.seed)
    demo = demo_board(order, facts)
    shown = _Folder(f"{DEMO}/", demo, order, told, facts, months=_demo_months(order.pack, facts))
    shown.page(home="../index.html", other="../board.html")
    real.page(home="index.html", other=f"{DEMO}/board.html")
    landing = landing_page(
        Site(board, "board.html", real.links()), Site(demo, f"{DEMO}/board.html", shown.links(f"{DEMO}/"))
    )
    return Outcome(board, demo, {**real.files, **shown.files, "index.html": landing.encode()})


def real_board(order: Order) -> Board:
    """The board of the real figures, with the recorded lights, and month-ends before them recomputed."""
    recorded = with_replayed(order.pack, order.facts, order.recorded, order.as_of)
    return assess(
        order.pack,
        order.facts,
        order.as_of,
        recorded=recorded,
        overrides=order.overrides,
        earlier=order.earlier,
    )


def demo_board(order: Order, facts: tuple[Fact, ...]) -> Board:
    """The board of the demonstration year from its invented facts; a demonstration also while there is none of them."""
    as_of = order.demo_as_of or dt.date(order.pack.document.year, 11, REPORTED_BY)
    board = assess(order.pack, facts, as_of, recorded=with_replayed(order.pack, facts, (), as_of))
    return board if facts else replace(board, demo=True)


def with_replayed(
    pack: Pack, facts: Iterable[Fact], recorded: Sequence[LightRecord], as_of: dt.date
) -> tuple[LightRecord, ...]:
    """The recorded lights, preceded by the month-ends before the first of them, recomputed and labelled so."""
    first = min((record.as_of for record in recorded), default=as_of)
    days = [day for day in month_ends(pack.document.date, as_of) if day < first]
    remade = [replace(light, reason=REPLAYED + light.reason) for light in replay(pack, facts, days)]
    return (*remade, *recorded)


def _demo_months(pack: Pack, facts: tuple[Fact, ...]) -> list[Board]:
    year = pack.document.year
    days = [dt.date(year + month // 12, month % 12 + 1, REPORTED_BY) for month in range(1, 13)]
    return [assess(pack, facts, day) for day in days]


def _book(boards: Sequence[Board], order: Order, facts: Sequence[Fact]) -> Book:
    """The proofs of the boards of one folder, each day once."""
    demo = boards[0].demo
    invented = {"seed": order.seed, "facts": digest_of(facts)} if demo else {}
    made_from = dict(order.made_from) | invented
    days = {board.as_of: board for board in reversed(boards)}
    overrides = () if demo else order.overrides
    return make_book(days.values(), facts, overrides, made_from, demo=demo)


class _Folder:
    """The files of one board: its papers, then its page, which links to them."""

    def __init__(
        self,
        prefix: str,
        board: Board,
        order: Order,
        told: Told,
        facts: Sequence[Fact],
        months: Sequence[Board] = (),
    ) -> None:
        self.prefix = prefix
        self.board = board
        self.told = told
        version = order.demo_version if board.demo else order.version
        self._named("数字核验")
        self.book = _book((board, *months), order, facts)
        self.codes = self._codes(board, order)
        desk = replace(default_desk(board), version=version, codes=self.codes)
        self.papers: list[PaperFile] = list(paper_files(board, desk, self._named))
        for month in months:
            self._named(f"逐月调度表 {month.as_of}")
            coded = replace(default_desk(month), version=version, codes=self._codes(month, order))
            self.papers.append(monthly_sheet(month, coded))
        self.files = {prefix + paper.name: paper.content for paper in self.papers}
        self.files[prefix + PROOFS] = to_bytes(self.book)

    def page(self, home: str, other: str) -> None:
        """Make the page of the board."""
        self._named("看板网页")
        papers = [paper.link() for paper in self.papers]
        text = board_page(self.board, papers=papers, home=home, other=other, codes=self.codes)
        self.files[f"{self.prefix}board.html"] = text.encode()
        proofs = tuple(self.book.of_day(self.board.as_of).values())
        self.files[self.prefix + PROOF_PAGE] = proof_page(self.board, proofs, "board.html").encode()

    def _codes(self, board: Board, order: Order) -> Codes:
        proofs = self.book.of_day(board.as_of).values()
        if not order.address:
            return codes_for(proofs)
        page = f"{order.address}{self.prefix}{PROOF_PAGE}"
        return codes_for(proofs, lambda code: f"{page}#{code}")

    def links(self, folder: str = "") -> list[PaperLink]:
        """The papers as links, with the folder before their names."""
        return [replace(paper.link(), href=folder + paper.name) for paper in self.papers]

    def _named(self, stage: str) -> None:
        self.told(f"演示年·{stage}" if self.board.demo else stage)
