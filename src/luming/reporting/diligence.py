"""How a unit reports: shares late, returned and changed after publication. They show, side by side with their counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of one figure asked of a unit.

    Attributes:
        submitted_on: day of the first submission; None while nothing came.
        returns: how often it was sent back.
        revisions: how often it was changed after publication.
    """

    unit: str
    due_on: dt.date
    submitted_on: dt.date | None
    returns: int = 0
    revisions: int = 0
    published: bool = False


@dataclass(frozen=True, slots=True)
class Diligence:
    """Counts of one unit; a share is None where there is nothing to count it of.

    Attributes:
        asked: figures whose due day has come.
        late: of those, came after the due day or not at all.
        came: figures that were submitted at least once.
        returned: of those, sent back at least once.
        published: figures that were published at least once.
        revised: of those, changed afterwards.
    """

    unit: str
    asked: int
    late: int
    came: int
    returned: int
    published: int
    revised: int

    @property
    def late_share(self) -> Fraction | None:
        """迟报率."""
        return _share(self.late, self.asked)

    @property
    def returned_share(self) -> Fraction | None:
        """退回率."""
        return _share(self.returned, self.came)

    @property
    def revised_share(self) -> Fraction | None:
        """发布后修订率."""
        return _share(self.revised, self.published)


def diligence_of(handled: Iterable[Handled], today: dt.date) -> tuple[Diligence, ...]:
    """One line a unit, in the order of names. What is not due yet and has not come is not counted as asked."""
    by_unit: dict[str, list[Handled]] = {}
    for one in handled:
        by_unit.setdefault(one.unit, []).append(one)
    return tuple(_of_unit(unit, ones, today) for unit, ones in sorted(by_unit.items()))


def _of_unit(unit: str, ones: Iterable[Handled], today: dt.date) -> Diligence:
    ones = list(ones)
    asked = [one for one in ones if one.submitted_on is not None or one.due_on < today]
    came = [one for one in ones if one.submitted_on is not None]
    published = [one for one in ones if one.published]
    return Diligence(
        unit=unit,
        asked=len(asked),
        late=sum(one.submitted_on is None or one.submitted_on > one.due_on for one in asked),
        came=len(came),
        returned=sum(one.returns > 0 for one in came),
        published=len(published),
        revised=sum(one.revisions > 0 for one in published),
    )


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
