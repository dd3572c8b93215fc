"""Baotou's document with its board, a unit that leads a measure, one that does not, and the office."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from luming.dispute import contestants
from luming.monitor import Assessment
from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.cockpit.boards import SHELF, Shown
from luming_portal.disputes.models import LightDispute
from luming_portal.disputes.services import file_dispute
from luming_portal.documents.models import DocumentVersion
from luming_portal.documents.selectors import current_version

DAY = dt.date(2025, 12, 31)


@dataclass
class Court:
    """The board, one target of it that rests on a figure, and the people."""

    version: DocumentVersion
    target: str
    people: dict[str, User]

    def shown(self, day: dt.date = DAY, *, demo: bool = False) -> Shown:
        """The board of a day."""
        return SHELF.demo(self.version, day) if demo else SHELF.real(self.version, day)

    def item(self, day: dt.date = DAY, *, demo: bool = False) -> Assessment:
        """The target on that board."""
        board = self.shown(day, demo=demo).board
        return next(one for one in board.assessments if one.target.id == self.target)

    def file(self, who: str = "lead", *, demo: bool = False, **given: str) -> LightDispute:
        """A dispute of one's unit about the target."""
        words = {"reason": "统计口径不同", "evidence": "包统〔2025〕3号", **given}
        return file_dispute(self.shown(demo=demo), self.item(demo=demo), by=self.people[who], **words)

    def address(self, *, demo: bool = False) -> str:
        """The page of the target."""
        return f"{'/demo-year' if demo else ''}/targets/{self.target}/"


@pytest.fixture
def court(baotou: None, make_user: Any) -> Court:
    """The first target with a figure and a lead unit."""
    version = current_version()
    assert version is not None
    board = SHELF.real(version, DAY).board
    item = next(one for one in board.assessments if one.light.inputs and one.lead)
    unit = contestants(item)[0]
    people = {
        "lead": make_user(Role.DEPARTMENT, "lead", unit=unit),
        "stranger": make_user(Role.DEPARTMENT, "stranger", unit="市某某局"),
        "office": make_user(Role.OFFICE, "office", unit="领导小组办公室"),
        "visitor": make_user(Role.VISITOR, "visitor"),
    }
    return Court(version, item.target.id, people)
