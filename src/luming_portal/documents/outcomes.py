"""Whether last year's targets were reached, as far as the facts on record tell; unknown is an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from luming.monitor import Assessment, assess
from luming.pack import Pack
from luming_portal.indicators.selectors import facts_for


def outcomes(pack: Pack, as_of: dt.date) -> Mapping[str, bool | None]:
    """By id of the commitment: reached, not reached, or not known.

    Not reached is only said of a figure of the whole year; a figure on the way may still rise.
    """
    facts = facts_for([pack.document.place], [item.indicator for item in pack.targets()])
    board = assess(pack, facts, as_of)
    return {one.target.id: _reached(one, pack.document.year) for one in board.assessments}


def _reached(one: Assessment, year: int) -> bool | None:
    standing = one.standing
    if standing.completion is None or standing.latest is None:
        return None
    if standing.completion >= 1 and standing.growth_met is not False:
        return True
    return False if standing.latest.period.end >= dt.date(year, 12, 31) else None
