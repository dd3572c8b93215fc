"""The boards that the cockpit shows: the real one, and the demonstration year. Never mixed.

The demonstration is told from a seed until `luming-portal demo-year` has run it through the cycle of reporting; then it is
told from the invented figures that this published.

A board is a pure function of document, facts and day; the shelf keeps the last few, by the number of the last change
that could matter.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from luming.facts import Fact as FactValue
from luming.monitor import Board, Light, LightRecord, demo_year
from luming.pack import Pack
from luming.publication import REPORTED_BY, Order, demo_board, real_board
from luming_portal.audit.stamp import last_change
from luming_portal.cockpit.models import RecordedLight
from luming_portal.documents.models import CityFile, Document, DocumentVersion
from luming_portal.documents.packs import pack_of
from luming_portal.documents.selectors import earlier_versions
from luming_portal.indicators.models import Fact, Indicator, Source
from luming_portal.indicators.selectors import facts_for
from luming_portal.reporting.models import ReportingMonth

DEMO_SEED = 2025
_KEPT = 24
_MATTERS = (Fact, Indicator, Source, CityFile, Document, DocumentVersion, RecordedLight)


@dataclass(frozen=True, slots=True)
class Shown:
    """A board with what it was made from.

    Attributes:
        stamp: number of the last change that it knows of; for ETags.
    """

    board: Board
    version: DocumentVersion
    stamp: int


class BoardShelf:
    """The last boards asked for, the least used dropped first."""

    def __init__(self, size: int = _KEPT) -> None:
        self._size = size
        self._boards: OrderedDict[tuple[object, ...], Board] = OrderedDict()
        self._lock = Lock()

    def real(self, version: DocumentVersion, as_of: dt.date) -> Shown:
        """The board of the published figures as they were known on a day."""
        stamp = last_change(*_MATTERS)
        key = ("real", version.pk, as_of, stamp)
        board = self._kept(key)
        if board is None:
            board = self._put(key, real_board(_order(version, as_of)))
        return Shown(board, version, stamp)

    def demo(self, version: DocumentVersion, as_of: dt.date) -> Shown:
        """The board of the demonstration year, of whose figures none is real."""
        stamp = last_change(Indicator, Source, CityFile, Document, DocumentVersion, ReportingMonth, Fact)
        key = ("demo", version.pk, as_of, stamp)
        board = self._kept(key)
        if board is None:
            pack = pack_of(version)
            facts = demonstration_facts(version, pack)
            board = self._put(key, demo_board(Order(pack, facts, as_of, demo_as_of=as_of), facts))
        return Shown(board, version, stamp)

    def forget(self) -> None:
        """Drop every board, where the numbers of changes may begin again: a restored database, the next test."""
        with self._lock:
            self._boards.clear()

    def _kept(self, key: tuple[object, ...]) -> Board | None:
        with self._lock:
            if key not in self._boards:
                return None
            self._boards.move_to_end(key)
            return self._boards[key]

    def _put(self, key: tuple[object, ...], board: Board) -> Board:
        with self._lock:
            self._boards[key] = board
            while len(self._boards) > self._size:
                self._boards.popitem(last=False)
        return board


SHELF = BoardShelf()
"""The shelf of this process."""


def demonstration_facts(version: DocumentVersion, pack: Pack) -> tuple[FactValue, ...]:
    """The invented figures: those that the cycle published where the demonstration year was run, else those of the seed."""
    if ReportingMonth.objects.filter(document=version.document_id, demo=True).exists():
        return facts_for(*_asked_of(pack), demo=True)
    return demo_year(pack, DEMO_SEED)


def facts_of(shown: Shown) -> tuple[FactValue, ...]:
    """The figures that a board is told from, as they are entered now."""
    if shown.board.demo:
        return demonstration_facts(shown.version, shown.board.pack)
    return facts_for(*_asked_of(shown.board.pack))


def default_day(year: int, today: dt.date) -> dt.date:
    """Today while the document's year runs, else the last day of that year."""
    return min(max(today, dt.date(year, 1, 1)), dt.date(year, 12, 31))


def demo_day(year: int) -> dt.date:
    """Mid-November: most of the demonstration year is told, and forecasts still matter."""
    return dt.date(year, 11, REPORTED_BY)


def recorded_lights(document: Document) -> tuple[LightRecord, ...]:
    """The lights of a document as they were recorded."""
    return tuple(
        LightRecord(
            target=row.target,
            as_of=row.as_of,
            light=Light(row.light),
            reason=row.reason,
            rule=row.rule,
            inputs=tuple(row.inputs),
            override_by=row.override_by,
            override_until=row.override_until,
            recorded_on=row.recorded_on,
        )
        for row in RecordedLight.objects.filter(document=document).order_by("as_of", "id")
    )


def _order(version: DocumentVersion, as_of: dt.date) -> Order:
    pack = pack_of(version)
    recorded = tuple(light for light in recorded_lights(version.document) if light.as_of <= as_of)
    earlier: list[Pack] = [pack_of(one) for one in earlier_versions(version)]
    return Order(pack, facts_for(*_asked_of(pack)), as_of, recorded=recorded, earlier=tuple(earlier))


def _asked_of(pack: Pack) -> tuple[list[str], list[str]]:
    """The subjects and indicators that a board reads."""
    subjects = [pack.document.place, *(district.name for district in pack.districts)]
    return subjects, [indicator.id for indicator in pack.indicators]
