"""Every page of the permission matrix asks the database so many times and no more (query_counts.json).

When a number rises with good reason, `UPDATE_QUERY_COUNTS=1 pytest …` writes the file anew; say why in the commit.
That the numbers do not grow with the rows: registers/test_query_counts.py for registers, below for the other lists.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luming_portal.accounts.roles import Role
from luming_portal.api.models import ApiToken
from luming_portal.installation import load_packs
from luming_portal.operations.models import Job
from portal.conftest import recorded
from portal.meta.permission_table import LINES, Line
from portal.meta.permission_world import CALLERS, World

STORED = Path(__file__).with_name("query_counts.json")
PREFERRED = ("office", "system", "security", "auditor", "enterprise")


def _pages() -> list[tuple[Line, str]]:
    """The pages that somebody gets, each with who asks: the office where it may, or whoever else may."""
    found = []
    for line in LINES:
        # The check of the installation asks each database its own questions.
        if line.method != "GET" or line.route.startswith(("api/", "operations/check/")):
            continue
        admitted = [caller for caller, status in zip(CALLERS, line.expected, strict=True) if status == 200]
        if admitted:
            found.append((line, next((who for who in PREFERRED if who in admitted), admitted[0])))
    return found


@pytest.mark.slow
@pytest.mark.django_db
def test_every_page_asks_as_often_as_stored(make_user: Any, client_of: Any, settings: Any) -> None:
    load_packs(settings.PACKS)
    world = World(make_user, with_document=True)
    clients = {name: client_of(user) for name, user in world.users.items()}
    counts = {f"{line} {caller}": _asked(clients[caller], line.address(world)) for line, caller in _pages()}
    if os.environ.get("UPDATE_QUERY_COUNTS") == "1":
        STORED.write_text(json.dumps(counts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    differing = {
        page: (stored.get(page), counts.get(page))
        for page in {*stored, *counts}
        if stored.get(page) != counts.get(page)
    }
    assert not differing, f"page: (stored, now): {differing}"


@pytest.mark.django_db
def test_lists_ask_as_often_for_many_rows_as_for_few(make_user: Any, client_of: Any) -> None:
    system = make_user(Role.SYSTEM)
    people = {role: client_of(make_user(role)) for role in (Role.SECURITY, Role.AUDITOR)}
    people[Role.SYSTEM] = client_of(system)
    addresses = {
        "/accounts/": Role.SECURITY,
        "/audit/": Role.AUDITOR,
        "/operations/jobs/": Role.SYSTEM,
        "/accounts/tokens/": Role.SYSTEM,
    }
    _fill(make_user, system, 2)
    few = {address: _asked(people[who], address) for address, who in addresses.items()}
    _fill(make_user, system, 15)
    assert {address: _asked(people[who], address) for address, who in addresses.items()} == few


def _fill(make_user: Any, owner: Any, count: int) -> None:
    start = Job.objects.count()
    for number in range(start, start + count):
        make_user(Role.EXPERT, f"person-{number}")
        Job.objects.create(owner=owner, function="x.y", title="任务")
        with recorded() as changes:
            changes.save(
                ApiToken(
                    owner=owner,
                    name="令牌",
                    scopes=[],
                    digest=f"{number:0>64}",
                    hint="0000",
                    expires_at=timezone.now(),
                )
            )


def _asked(client: Any, address: str) -> int:
    """Queries of a page whose short-lived answers are there already."""
    cache.clear()
    _get(client, address)
    with CaptureQueriesContext(connection) as asked:
        _get(client, address)
    return len(asked)


def _get(client: Any, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, address
    if answer.streaming:
        b"".join(answer.streaming_content)
