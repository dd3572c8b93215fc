"""A document beside last year's: what is new, dropped, raised, lowered, and what is asked again because it failed.

重复提出而上年未完成 needs last year's assessment; where that is not known, the answer is unknown, not no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from luming.pack import Change, Commitment, Pack, compare


@dataclass(frozen=True, slots=True)
class YearRow:
    """One commitment in both years.

    Attributes:
        fulfilled: whether last year's was reached; None where that is not known or there was none.
    """

    change: Change
    fulfilled: bool | None

    @property
    def item(self) -> Commitment:
        """This year's commitment, or last year's where it was dropped."""
        found = self.change.new or self.change.old
        assert found is not None
        return found

    @property
    def is_repeated(self) -> bool:
        """Whether both years ask for it."""
        return self.change.old is not None and self.change.new is not None

    @property
    def repeated_unfulfilled(self) -> bool | None:
        """Whether it is asked again after it was not reached; None where last year's outcome is not known."""
        if not self.is_repeated:
            return False
        return None if self.fulfilled is None else not self.fulfilled

    @property
    def note(self) -> str:
        """What an officer should know about it beside the change itself."""
        if self.repeated_unfulfilled:
            return "重复提出,上年未完成"
        if self.change.kind == "dropped" and self.fulfilled is False:
            return "上年未完成,今年不再提出"
        if self.is_repeated and self.fulfilled is None:
            return "上年完成情况不明"
        return ""


@dataclass(frozen=True, slots=True)
class YearTable:
    """All rows, in the order of the new document; what it dropped comes last."""

    rows: tuple[YearRow, ...]

    def count(self, kind: str) -> int:
        """How many commitments changed in that way (see `Change.kind`)."""
        return sum(row.change.kind == kind for row in self.rows)

    @property
    def repeated_unfulfilled(self) -> tuple[YearRow, ...]:
        """What is asked again after it was not reached."""
        return tuple(row for row in self.rows if row.repeated_unfulfilled)

    @property
    def unknown_outcomes(self) -> int:
        """How many commitments are asked again without anybody knowing whether last year's was reached."""
        return sum(row.repeated_unfulfilled is None for row in self.rows)


def year_table(old: Pack, new: Pack, fulfilled: Mapping[str, bool | None]) -> YearTable:
    """The new document beside the old.

    Args:
        fulfilled: by id of the old commitment: reached, not reached, or None; absent means not known.
    """
    rows = [
        YearRow(change, fulfilled.get(change.old.id) if change.old is not None else None)
        for change in compare(old, new)
    ]
    return YearTable(tuple(rows))
