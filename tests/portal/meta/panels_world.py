"""What the permission matrix tries of experts, panels, claims, talents and service agencies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from luming.appraisal import Bar
from luming_portal.accounts.models import User
from luming_portal.agencies.models import AgencyGrade
from luming_portal.claims.models import FirstClaim
from luming_portal.panels.models import SeatState
from luming_portal.panels.services.convening import open_panel, propose
from luming_portal.talents.models import TalentBenefit, TalentCard
from portal.conftest import recorded
from portal.panels.making import UNIT, make_case, make_expert, tie

OTHER_UNIT = "市工信局"


def panels_things(
    things: dict[str, Any], users: dict[str, User | None], make_user: Callable[..., User]
) -> dict[str, Any]:
    """A panel of the department officer's unit on which the expert sits, one of another unit, and entries of registers."""
    office = users["office"]
    experts = [make_expert(make_user, at, account=at > 1) for at in range(5)]
    with recorded() as changes:
        experts[0].account = users["expert"]
        changes.save(experts[0])
    made: dict[str, Any] = {
        "experts.own": experts[0],
        "experts.other": experts[1],
        "ties.own": tie(experts[0], Bar.TEACHER_STUDENT, "王工"),
        "cases.panel": make_case(),
        **_registers(things),
    }
    for owner, unit in (("own", UNIT), ("other", OTHER_UNIT)):
        panel = open_panel(make_case(title=f"评审{owner}", unit=unit), "rd_project", by=office)
        with recorded() as changes:
            panel.unit = unit
            changes.save(panel)
        propose(panel, experts, leader=None, by=office)
        seats = list(panel.seats.order_by("pk"))
        if owner == "own":
            with recorded() as changes:
                seats[0].state = SeatState.INVITED
                changes.save(seats[0])
        made |= {f"panels.{owner}": panel, f"seats.{owner}": seats[1]}
        made[f"findings.{owner}"] = panel.findings.get()
    return made


def _registers(things: dict[str, Any]) -> dict[str, Any]:
    """Entries of the department's unit, and published ones."""
    made: dict[str, Any] = {}
    with recorded() as changes:
        for owner, unit in (("own", UNIT), ("public", OTHER_UNIT)):
            common = {"steward": unit, "published": owner == "public"}
            firm = things[f"enterprises.{owner}"]
            claim = FirstClaim(key=f"C-{owner}", product="产品", claim="首套", claimant="甲", **common)
            card = TalentCard(key=f"K-{owner}", name="人", talent_class="三类", enterprise=firm, **common)
            benefit = TalentBenefit(key=f"B-{owner}", name="权益", **common)
            grade = AgencyGrade(key=f"A-{owner}", name=f"机构{owner}", year=2020, **common)
            for kind, one in (("claims", claim), ("cards", card), ("benefits", benefit), ("grades", grade)):
                made[f"{kind}.{owner}"] = changes.save(one)
    return made
