"""What would be issued today: the rankings of the cockpit's board, real or of the demonstration year, never both."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from luming.comparison import Frozen, freeze, frozen
from luming.facts import Fact
from luming.monitor import Board, Ranking, figure, not_ranked
from luming.period import Period
from luming_portal.cockpit.boards import SHELF, default_day, demo_day
from luming_portal.documents.models import DocumentVersion


@dataclass(frozen=True, slots=True)
class Current:
    """A ranking that is not issued yet.

    Attributes:
        facts: the figures behind it, as `Comparison.facts` keeps them.
    """

    version: DocumentVersion
    target: str
    label: str
    indicator: str
    unit: str
    period: Period
    as_of: dt.date
    demo: bool
    content: Frozen
    facts: list[dict[str, Any]]

    @property
    def digest(self) -> str:
        """Names what is shown, so that nothing else is issued than what somebody has seen."""
        return hashlib.sha256(json.dumps(freeze(self.content), sort_keys=True).encode()).hexdigest()


def standing_day(version: DocumentVersion, today: dt.date, *, demo: bool) -> dt.date:
    """The day whose knowledge counts, as the cockpit chooses it, but never one to come for real figures."""
    year = version.document.year
    return demo_day(year) if demo else min(default_day(year, today), today)


def board_on(version: DocumentVersion, as_of: dt.date, *, demo: bool) -> Board:
    """The board of the cockpit."""
    return (SHELF.demo(version, as_of) if demo else SHELF.real(version, as_of)).board


def current(version: DocumentVersion, as_of: dt.date, *, demo: bool) -> list[Current]:
    """The rankings of a day, in the order of the document."""
    board = board_on(version, as_of, demo=demo)
    return [_current(version, board, ranking) for ranking in board.rankings]


def current_of(version: DocumentVersion, target: str, as_of: dt.date, *, demo: bool) -> Current | None:
    """The ranking on one target; None where there is none that day."""
    return next((one for one in current(version, as_of, demo=demo) if one.target == target), None)


def left_out(version: DocumentVersion, as_of: dt.date, *, demo: bool) -> list[tuple[str, str]]:
    """The targets on which districts are not ranked: label and reason."""
    return [(target.label, why) for target, why in not_ranked(board_on(version, as_of, demo=demo))]


def _current(version: DocumentVersion, board: Board, ranking: Ranking) -> Current:
    target = next(one for one in board.pack.targets() if one.id == ranking.target)
    wanted = {key for item in ranking.inputs for key in item.facts}
    publishers = {source.id: source.publisher for source in board.pack.sources}
    return Current(
        version=version,
        target=target.id,
        label=target.label,
        indicator=ranking.indicator,
        unit=ranking.unit,
        period=ranking.period,
        as_of=board.as_of,
        demo=board.demo,
        content=frozen(ranking),
        facts=[_fact(one, publishers) for one in board.facts if one.id in wanted],
    )


def _fact(fact: Fact, publishers: dict[str, str]) -> dict[str, Any]:
    return {
        "key": fact.id,
        "subject": fact.subject,
        "period": fact.period.text,
        "value": figure(fact),
        "source": "" if fact.demo else publishers.get(fact.source, fact.source),
        "recorded_on": fact.recorded_on.isoformat(),
    }
