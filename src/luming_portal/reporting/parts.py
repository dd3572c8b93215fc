"""In which parts a person acts on a report, and what keeps somebody from approving what he handed in himself."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from luming.reporting import Move, Part, Stage, moves_of
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import role_of
from luming_portal.accounts.roles import Role
from luming_portal.reporting.models import Report


class Acting:
    """One person before reports: an officer of the reporting unit reports and reviews, one of the lead collects."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.role = role_of(user)

    def parts(self, report: Report) -> frozenset[Part]:
        """The parts of the person on a report."""
        if self.role is Role.OFFICE:
            return frozenset({Part.OFFICE})
        if self.role is not Role.DEPARTMENT or not self.user.unit:
            return frozenset()
        parts = set()
        if self.user.unit == report.unit:
            parts |= {Part.REPORTER, Part.REVIEWER}
        if self.user.unit == report.lead:
            parts.add(Part.LEAD)
        return frozenset(parts)

    def moves(self, report: Report) -> tuple[Move, ...]:
        """The moves that the person may make now."""
        moves = moves_of(report.at, self.parts(report))
        return tuple(move for move in moves if not (move is Move.APPROVE and self.is_own_work(report)))

    def may_write(self, report: Report) -> bool:
        """Whether the person may enter the figure now."""
        return report.at is Stage.DRAFT and Part.REPORTER in self.parts(report)

    def is_own_work(self, report: Report) -> bool:
        """Whether the person handed it in himself while a colleague is there to look at it."""
        return report.submitted_by_id == self.user.pk and self._has_colleagues

    @cached_property
    def _has_colleagues(self) -> bool:
        colleagues = User.objects.filter(role=Role.DEPARTMENT, unit=self.user.unit, is_active=True)
        return colleagues.exclude(pk=self.user.pk).exists()
