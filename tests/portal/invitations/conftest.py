"""A link of 市科技局 for its two figures, over the month of the reporting tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from luming_portal.invitations.models import Invitation
from luming_portal.invitations.services import make_invitation
from portal.reporting.conftest import World, world

__all__ = ["world"]


@dataclass
class Link:
    """A link, its address, and somebody who holds it and has no account."""

    world: World
    invitation: Invitation
    token: str

    @property
    def address(self) -> str:
        """Where the link leads."""
        return f"/i/{self.token}/"

    def stored(self) -> Invitation:
        """As it stands in the database now."""
        return Invitation.objects.get(pk=self.invitation.pk)

    def typed(self, **figures: Any) -> dict[str, str]:
        """What the page posts: firms="120" or firms={"value": …, "narrative": …}; rows not named stay empty."""
        found = {}
        for row in self.invitation.rows.select_related("report__indicator"):
            report = row.report
            given = figures.get(report.indicator.key, "")
            fields = given if isinstance(given, dict) else {"value": given}
            fields = {"version": str(report.version), "narrative": "", "evidence": "", **fields}
            found |= {f"r{report.pk}-{name}": value for name, value in fields.items()}
        return found

    def post(self, do: str = "hand_in", client: Client | None = None, **figures: Any) -> Any:
        """Press a button of the page."""
        return (client or Client()).post(self.address, {"do": do, **self.typed(**figures)})


def link_for(
    world: World, *keys: str, unit: str = "市科技局", who: str = "science", **fields: Any
) -> tuple[Invitation, str]:
    """Make a link, past the pages."""
    given = {"contact": "张三", "phone": "138****1234", "days": 3, **fields}
    return make_invitation(
        world.month, unit, [world.report(key) for key in keys], by=world.people[who], **given
    )


@pytest.fixture
def link(world: World) -> Link:
    """For firms and teams."""
    return Link(world, *link_for(world, "firms", "teams"))


def long_ago() -> dt.datetime:
    """Three weeks before the tests run."""
    return timezone.now() - dt.timedelta(days=21)
