"""Nobody but the expert learns a score before the panel is closed: every address, every role, every record."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from luming_portal.accounts.models import User
from luming_portal.accounts.roles import Role
from luming_portal.audit.models import Change
from luming_portal.panels.models import Panel, ScoreSheet
from luming_portal.panels.services.closing import close, discuss
from luming_portal.panels.services.scoring import write_sheet
from portal.panels.making import UNIT, lock, panel_of, points, scoring

pytestmark = pytest.mark.django_db

TRACE, WORDS = "83.7", "独此一句的评语"
"""A score and words that stand nowhere but on one sheet."""


def _routes() -> Iterator[str]:
    def walk(patterns: Any, before: str) -> Iterator[str]:
        for one in patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, route)
            elif isinstance(one, URLPattern):
                yield route

    return walk(get_resolver().url_patterns, "")


def _addresses(numbers: dict[str, list[Any]]) -> Iterator[str]:
    """Every address of the site that takes nothing, or a key: with the keys of whatever belongs to the panel."""
    skipped = ("logout", "login", "demonstration", "i18n", "setlang", "static")
    for route in _routes():
        plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<int:\1>", route).replace("^", "").replace("$", "")
        holes = re.findall(r"<(?:\w+:)?(\w+)>", plain)
        if "[" in plain or any(one in plain for one in skipped) or len(holes) > 1:
            continue
        if not holes:
            yield f"/{plain}"
        elif holes[0] in numbers:
            for value in numbers[holes[0]]:
                yield "/" + re.sub(r"<[^>]+>", str(value), plain)


def _people(make_user: Callable[..., User]) -> dict[str, User | None]:
    found: dict[str, User | None] = {"anonymous": None}
    for role in Role:
        fields = {"unit": UNIT} if role is Role.DEPARTMENT else {}
        found[role.value] = make_user(role, f"eye-{role}", **fields)
    return found


def _leaks(client: Client, address: str) -> bool:
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    text = body.decode("utf-8", "ignore")
    return TRACE in text or WORDS in text


def test_no_address_shows_a_score_before_the_close(make_user: Any, client_of: Any, handed: list[Any]) -> None:
    """One sheet is locked, one is still written on; whoever looks, wherever, finds neither."""
    panel, seats, _by = scoring(make_user)
    lock(seats[0], TRACE, words=WORDS)
    write_sheet(
        seats[1], points(panel, TRACE), by=seats[1].expert.account, remarks={"need": WORDS}, words=WORDS
    )
    numbers = {"pk": [panel.pk], "case": [panel.case_id]}
    addresses = [one for one in _addresses(numbers) if one.startswith("/panels")]
    addresses += [
        f"/panels/{panel.pk}/?format=json",
        "/panels/?format=json",
        f"/cases/{panel.case_id}/",
        "/tray/",
        "/audit/",
        f"/audit/?q={WORDS[:4]}",
        f"/search/?q={WORDS[:4]}",
        f"/registers/experts/{seats[0].expert_id}/",
        f"/registers/experts/{seats[0].expert_id}/?format=json",
        f"/api/v1/experts/{seats[0].expert_id}",
    ]
    assert f"/panels/{panel.pk}/sheet/" in addresses
    assert len(addresses) > 20
    leaks = []
    for name, user in {**_people(make_user), "colleague": seats[2].expert.account}.items():
        client = client_of(user)
        client.raise_request_exception = False
        leaks += [(name, one) for one in addresses if _leaks(client, one)]
    assert leaks == []
    for seat in seats[:2]:
        assert _leaks(client_of(seat.expert.account), f"/panels/{panel.pk}/sheet/")


def test_the_record_of_changes_holds_no_score(make_user: Any, handed: list[Any]) -> None:
    panel, seats, by = scoring(make_user)
    for seat in seats:
        lock(seat, TRACE, words=WORDS)
    said = json.dumps(
        list(Change.objects.values_list("before", "after", "reason", "object_label")), ensure_ascii=False
    )
    assert TRACE not in said
    assert WORDS not in said
    assert ScoreSheet.objects.first().seal in said  # type: ignore[union-attr]
    close(panel, by=by)
    assert TRACE in json.dumps(list(Change.objects.values_list("after", flat=True)), ensure_ascii=False)


def test_during_a_discussion_only_the_items_are_named(make_user: Any, client_of: Any) -> None:
    panel, seats, by = scoring(make_user)
    for seat in seats[:-1]:
        lock(seat, 95)
    lock(seats[-1], 95, need="21.3")
    text = client_of(by).get(f"/panels/{panel.pk}/").content.decode()
    assert "需求与目标" in text
    assert "21.3" not in text
    discuss(panel, by=by, minutes="讨论")
    for user in (by, seats[0].expert.account):
        assert "21.3" not in client_of(user).get(f"/panels/{panel.pk}/", follow=True).content.decode()


def test_after_the_close_the_convener_reads_all_and_an_expert_still_only_his_own(
    make_user: Any, client_of: Any, handed: list[Any]
) -> None:
    panel, seats, by = scoring(make_user)
    lock(seats[0], TRACE, choice="disagree", words=WORDS)
    for seat in seats[1:]:
        lock(seat, 80)
    close(panel, by=by)
    assert _leaks(client_of(by), f"/panels/{panel.pk}/")
    assert not _leaks(client_of(seats[1].expert.account), f"/panels/{panel.pk}/sheet/")
    stranger = client_of(make_user(Role.DEPARTMENT, unit="市工信局"))
    assert stranger.get(f"/panels/{panel.pk}/").status_code == 404
    assert Panel.objects.get().result["sheets"][0]["whole"] is True


def test_before_the_declaration_nothing_but_names_is_shown(make_user: Any, client_of: Any) -> None:
    panel, seats, _by = panel_of(make_user)
    client = client_of(seats[0].expert.account)
    answer = client.get(f"/panels/{panel.pk}/sheet/")
    assert answer.status_code == 302
    text = client.get(f"/panels/{panel.pk}/declare/").content.decode()
    assert "王工" in text
    assert "专家1" not in text, "nor who else sits"
    assert client.get(f"/cases/{panel.case_id}/").status_code in (403, 404)
