"""The token opens one page to whoever has it, and nothing tells anybody else of it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from luming.reporting import Move, Stage
from luming_portal.audit.door import StaleVersion
from luming_portal.audit.models import Change
from luming_portal.invitations.models import InvitationRow
from luming_portal.invitations.selectors import digest_of, holder_of
from luming_portal.operations import logs
from luming_portal.reporting.services import move_reports
from portal.api.test_idempotency import shared_database
from portal.invitations.conftest import Link, link_for
from portal.reporting.conftest import World
from portal_records import kept, seen

pytestmark = pytest.mark.django_db
_TOKEN = "Zk3vQ9-abcDEF_0123456789ghijklmnopqrstuvwxX"
REUSED = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def altered(draw: Any) -> str:
    """A known token of which one character is another one, missing, added, or changed places with its neighbour."""
    token = _TOKEN
    at = draw(st.integers(0, len(token) - 1))
    kind = draw(st.sampled_from(["other", "missing", "added", "swapped", "case"]))
    sign = draw(st.one_of(st.sampled_from("ABCabc019-_=. %"), st.characters(exclude_characters="/")))
    made = {
        "other": token[:at] + sign + token[at + 1 :],
        "missing": token[:at] + token[at + 1 :],
        "added": token[:at] + sign + token[at:],
        "swapped": token[:at] + token[at : at + 2][::-1] + token[at + 2 :],
        "case": token[:at] + token[at].swapcase() + token[at + 1 :],
    }
    return str(made[kind])


def _known(link: Link) -> None:
    """Give the link a token that the strategy knows."""
    link.invitation.digest = digest_of(_TOKEN)
    kept(link.invitation)


@REUSED
@given(altered())
@example(_TOKEN + " ")
@example(_TOKEN + "\n")
@example(_TOKEN + "\x00")
@example("\ud800" + _TOKEN)
@example("")
def test_any_change_of_a_character_opens_nothing(link: Link, token: str) -> None:
    _known(link)
    assert holder_of(_TOKEN) is not None
    if token != _TOKEN:
        assert holder_of(token) is None


@pytest.mark.parametrize(
    "token", ["a", "k" * 43, "k" * 5000, "%00", "张三", "..", "a%20b", "' or 1=1 --", "0" * 64, "%ff%fe"]
)
def test_whatever_is_no_link_is_answered_in_the_same_words(token: str, link: Link, client: Client) -> None:
    first = client.get(f"/i/{'x' * 43}/")
    answer = client.get(f"/i/{token}/")
    assert (first.status_code, answer.status_code) == (404, 404)
    assert answer.content == first.content
    assert Client().post(f"/i/{token}/", {"do": "hand_in"}).content == first.content
    altered = link.token[:-1] + ("A" if link.token[-1] != "A" else "B")
    assert client.get(f"/i/{altered}/").content == first.content


def test_whatever_is_no_link_costs_the_same_questions(
    link: Link, client: Client, django_assert_num_queries: Any
) -> None:
    for token in ("a", "k" * 43, link.token[:-1], link.token + "x"):
        with django_assert_num_queries(1):
            client.get(f"/i/{token}/")


def test_the_digest_is_no_way_in(link: Link, client: Client) -> None:
    assert client.get(f"/i/{link.stored().digest}/").status_code == 404


def test_every_answer_keeps_the_address_secret(link: Link, client: Client) -> None:
    pages = {
        "open": client.get(link.address),
        "faulty": link.post(firms="x"),
        "forged": Client(enforce_csrf_checks=True).post(link.address, link.typed()),
        "handed in": link.post(firms="1", teams="1"),
        "used": client.get(link.address),
        "unknown": client.get("/i/unknown/"),
        "method": client.put(link.address),
    }
    for name, answer in pages.items():
        assert answer["Referrer-Policy"] == "no-referrer", name
        assert "noindex" in answer["X-Robots-Tag"], name
        assert "no-store" in answer["Cache-Control"], name
        assert link.token not in answer.content.decode(), f"{name}: a page that names its address can leak it"


def test_the_page_leads_nowhere_else(link: Link, client: Client) -> None:
    page = client.get(link.address).content.decode()
    assert not re.search(r'<a\s|href="https?:|src="https?:', page)


def test_forged_posts_change_nothing_and_lose_nothing(link: Link) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(link.address, {"do": "hand_in", **link.typed(firms="120", teams="8")})
    assert (answer.status_code, 'value="120"' in seen(answer)) == (403, True)
    assert link.stored().used_at is None
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', answer.content.decode())
    assert token is not None
    body = {"do": "hand_in", "csrfmiddlewaretoken": token[1], **link.typed(firms="120", teams="8")}
    evil = strict.post(link.address, body, headers={"origin": "https://example.org"})
    assert evil.status_code == 403
    assert strict.post(link.address, body, headers={"origin": "null"}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"referer": "https://example.org/"}, 403),
        ({"origin": "null"}, 200),
        ({"origin": "https://example.org"}, 403),
    ],
)
def test_behind_https_a_browser_that_names_no_origin_can_hand_in(
    headers: dict[str, str], status: int, link: Link
) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(link.address, secure=True).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    body = {"do": "hand_in", "csrfmiddlewaretoken": token[1], **link.typed(firms="120", teams="8")}
    assert strict.post(link.address, body, secure=True, headers=headers).status_code == status


@pytest.fixture
def logged(capsys: Any) -> Iterator[Callable[[], str]]:
    """What the logs of a running portal say."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.configure({"level": "DEBUG"})
    yield lambda: str(capsys.readouterr().err)
    root.handlers = before
    root.setLevel(level)


def test_the_token_enters_no_log_and_no_record(link: Link, logged: Any, monkeypatch: Any) -> None:
    client = Client(raise_request_exception=False)
    client.get(link.address)
    Client(enforce_csrf_checks=True).post(link.address, link.typed())
    link.post("keep", firms="1")
    client.get(link.address[:-1])
    link.post(firms="1", teams="1")
    client.get(link.address)
    monkeypatch.setattr("luming_portal.invitations.public_views.holder_of", _fails)
    assert client.get(link.address).status_code == 500
    text = logged()
    assert text.count('"event": "request"') >= 6
    assert "i/<str:token>/" in text
    for secret in (link.token, link.stored().digest, "张三"):
        assert secret not in text
    told = json.dumps(list(Change.objects.values()), default=str, ensure_ascii=False)
    assert link.token not in told


def _fails(token: str) -> None:
    raise RuntimeError(token)


def test_guessing_is_bounded(link: Link, client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("luming_portal.invitations.rate.time.time", lambda: 1_000_000.0)
    statuses = [client.get(f"/i/guess-{number}/").status_code for number in range(70)]
    assert statuses[:60] == [404] * 60
    assert set(statuses[60:]) == {429}
    assert client.get(link.address).status_code == 429, "the right one is not told from wrong ones then"
    cache.clear()
    assert client.get(link.address).status_code == 200


def test_a_dead_link_fills_the_record_once_in_a_while(link: Link, client: Client) -> None:
    link.post(firms="1", teams="1")
    for _ in range(5):
        client.get(link.address)
    assert Change.objects.filter(action="invitation.refused").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_pages_handed_in_at_once_exactly_one_wins(world: World, tmp_path: Any) -> None:
    """Each thread has its own connection; on SQLite to a file of its own for this test."""
    link = Link(world, *link_for(world, "firms", "teams"))
    bodies = [{"do": "hand_in", **link.typed(firms=str(100 + n), teams=str(n))} for n in range(6)]
    with shared_database(tmp_path):
        start = Barrier(len(bodies))

        def post(body: dict[str, str]) -> int:
            start.wait()
            try:
                return int(Client().post(link.address, body).status_code)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(bodies)) as pool:
            statuses = list(pool.map(post, bodies))
        assert sorted(statuses) == [200] + [410] * 5
        winner = statuses.index(200)
        firms, teams = world.report("firms"), world.report("teams")
        assert (firms.value, teams.value) == (100 + winner, winner)
        assert (firms.version, teams.version) == (2, 2)
        assert InvitationRow.objects.exclude(handed_in_at=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_hand_in_and_a_colleagues_submission_do_not_cross(world: World, tmp_path: Any) -> None:
    """Either the colleague submits what stood before, or what came by the link; never a mixture unseen."""
    world.fill("firms", "119")
    link = Link(world, *link_for(world, "firms"))
    body = {"do": "hand_in", **link.typed(firms="120")}
    read = world.report("firms")
    with shared_database(tmp_path):
        start = Barrier(2)

        def post() -> int:
            start.wait()
            try:
                return int(Client().post(link.address, body).status_code)
            finally:
                connections.close_all()

        def submit() -> int:
            start.wait()
            try:
                return move_reports([read], Move.SUBMIT, by=world.people["science"]).count
            except StaleVersion:
                return 0
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            handed, submitted = pool.submit(post), pool.submit(submit)
            came, count = handed.result(), submitted.result()
        item = world.report("firms")
        assert (came == 200) == (count == 0)
        assert (item.value, item.at) == ((120, Stage.DRAFT) if came == 200 else (119, Stage.SUBMITTED))
