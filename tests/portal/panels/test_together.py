"""Two at once: two experts lock, one expert locks twice, locking and closing meet. Nothing is lost, nothing counts twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from luming_portal.audit.actor import acting_as
from luming_portal.panels.models import Panel, PanelSettled, PanelState, ScoreSheet, Seat
from luming_portal.panels.services.closing import close
from luming_portal.panels.services.scoring import declare
from portal.panels.making import lock, panel_of, scoring
from portal.shared_database import shared_database

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def _together(*deeds: Callable[[], Any]) -> list[Any]:
    """Carry out deeds at once on one database; what each came to, or what it raised."""
    gate = threading.Barrier(len(deeds))
    out: list[Any] = [None] * len(deeds)

    def go(at: int) -> None:
        try:
            gate.wait(10)
            with acting_as(None):
                out[at] = deeds[at]()
        except Exception as problem:
            out[at] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(at,)) for at in range(len(deeds))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    return out


def test_all_experts_declare_and_lock_at_once(make_user: Any, handed: list[Any], tmp_path: Any) -> None:
    with shared_database(tmp_path):
        _declare_and_lock(make_user)


def _declare_and_lock(make_user: Any) -> None:
    panel, seats, by = panel_of(make_user)
    done = _together(*(lambda seat=seat: declare(seat, [], by=seat.expert.account) for seat in seats))
    panel.refresh_from_db()
    assert not [one for one in done if isinstance(one, Exception)], done
    assert panel.state == PanelState.SCORING, "the last to declare starts the scoring, whoever that is"
    found = _together(*(lambda seat=seat: lock(seat) for seat in seats))
    assert all(isinstance(one, ScoreSheet) for one in found), found
    assert ScoreSheet.objects.filter(locked_at__isnull=False).count() == 5
    assert close(panel, by=by).state == PanelState.CLOSED


def test_one_expert_in_two_windows_and_the_close_at_once(
    make_user: Any, handed: list[Any], tmp_path: Any
) -> None:
    with shared_database(tmp_path):
        _lock_twice_and_close(make_user, handed)


def _lock_twice_and_close(make_user: Any, handed: list[Any]) -> None:
    panel, seats, by = scoring(make_user)
    for seat in seats[1:]:
        lock(seat)
    seat = Seat.objects.select_related("panel__case", "expert__account").get(pk=seats[0].pk)
    found = _together(lambda: lock(seat, 70), lambda: lock(seat, 90), lambda: close(panel, by=by))
    locked = [one for one in found[:2] if isinstance(one, ScoreSheet)]
    refused = [one for one in found[:2] if isinstance(one, PanelSettled)]
    assert (len(locked), len(refused)) == (1, 1), found
    assert ScoreSheet.objects.filter(seat=seat).count() == 1
    stored = Panel.objects.get()
    if isinstance(found[2], Panel):
        assert stored.result["sheets"][0]["scores"]["need"] == locked[0].scores["need"]
        assert len(handed) == 1
    else:
        assert isinstance(found[2], PanelSettled)
        assert stored.state == PanelState.SCORING
