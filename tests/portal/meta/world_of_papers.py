"""Papers of cases, notices and calendar addresses on which the permission matrix is tried: of the enterprise's own case, of another's, for everybody."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from luming.paperwork import KINDS, example_values
from luming_portal.deadlines.models import FeedAddress
from luming_portal.deadlines.services import make_address
from luming_portal.notices.models import Notice, NoticeKind
from luming_portal.notices.services import tell
from luming_portal.papers.services import issue_paper
from portal.small_cases import small_case


def add_papers(world: Any) -> None:
    """Put cases and papers into the world: own, other, public, inside."""
    for owner in ("own", "other"):
        person = world.users["enterprise" if owner == "own" else "department"]
        tell([person], NoticeKind.PROGRESS, "进展", key=owner, href="/notices/", now=timezone.now())
        world.things[f"notices.{owner}"] = Notice.objects.get(key=owner)
        _address, secret = make_address("手机", by=person)
        world.things[f"feeds.{owner}"] = FeedAddress.objects.get(owner=person)
        world.things[f"feed_secrets.{owner}"] = SimpleNamespace(secret=secret)
    for serial, (owner, unit) in enumerate((("own", "市科技局"), ("other", "市工信局")), 1):
        case = small_case(serial, unit=unit, enterprise=world.things[f"enterprises.{owner}"])
        world.things[f"paper_cases.{owner}"] = case
        kind = KINDS["decision"]
        world.things[f"case_papers.{owner}"] = issue_paper(case, kind, example_values(kind), by=None)
    for name, key, of in (("public", "publicity", "other"), ("inside", "supervision", "own")):
        kind = KINDS[key]
        world.things[f"case_papers.{name}"] = issue_paper(
            world.things[f"paper_cases.{of}"], kind, example_values(kind), by=None
        )
