"""What stands beside a light, and how long: from the day of the dispute, and until the figure or the light changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from luming.dispute import Beside, Contested, DisputeState, beside, contestants
from luming.facts import Dictionary, read_csv
from luming.monitor import Light, LightRecord, assess
from luming.pack import load

DAY = dt.date(2025, 9, 30)
SHOWN = LightRecord("t", DAY, Light.RED, "理由", "规则", ("f1", "f2"))


def contested(state: DisputeState, **changes: object) -> Contested:
    """A dispute about that very light."""
    return replace(Contested(DAY, Light.RED, ("f2", "f1"), state), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (DisputeState.FILED, Beside.WAITING),
        (DisputeState.WITHDRAWN, None),
        (DisputeState.UPHELD, Beside.TO_CORRECT),
        (DisputeState.REJECTED, Beside.REJECTED),
    ],
)
def test_what_stands_beside_the_contested_light(state: DisputeState, found: Beside | None) -> None:
    assert beside(contested(state), SHOWN) is found
    assert beside(contested(state), replace(SHOWN, as_of=dt.date(2025, 12, 31))) is found


@pytest.mark.parametrize("state", DisputeState)
def test_nothing_stands_on_boards_of_earlier_days(state: DisputeState) -> None:
    assert beside(contested(state), replace(SHOWN, as_of=DAY - dt.timedelta(days=1))) is None


@pytest.mark.parametrize(
    "changed",
    [replace(SHOWN, inputs=("f1", "f2.r1")), replace(SHOWN, light=Light.GREEN), replace(SHOWN, inputs=())],
)
def test_a_decision_leaves_with_the_figure_it_was_about(changed: LightRecord) -> None:
    assert beside(contested(DisputeState.UPHELD), changed) is None
    assert beside(contested(DisputeState.REJECTED), changed) is None
    assert beside(contested(DisputeState.FILED), changed) is Beside.WAITING


def test_a_light_set_by_hand_ends_the_waiting_for_a_correction() -> None:
    by_hand = replace(SHOWN, override_by="张三")
    assert beside(contested(DisputeState.UPHELD), by_hand) is None
    assert beside(contested(DisputeState.REJECTED), by_hand) is Beside.REJECTED


def test_leads_of_the_measure_and_the_owner_of_the_indicator_may_contest(root: Path) -> None:
    pack = load(root / "packs" / "baotou" / "2025-1")
    dictionary = Dictionary(pack.indicators, (source.id for source in pack.sources))
    facts = read_csv(root / "packs" / "baotou" / "facts.csv", dictionary)
    board = assess(pack, facts, dt.date(2025, 9, 30))
    for item in board.assessments:
        found = contestants(item)
        assert set(item.lead) <= set(found)
        assert item.indicator.owner in (*found, "")
        assert len(set(found)) == len(found)
        assert "" not in found
