"""Every file of items in the packs carries its cases, and every item at least one."""

from __future__ import annotations

from pathlib import Path

import pytest

from luming.support import Catalogue, cases_file, differences, lint, read_cases

PACKS = Path(__file__).parents[2] / "packs"
FILES = sorted(path for path in PACKS.glob("*/support/*.yaml") if not path.name.endswith(".cases.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
def test_the_items_say_what_their_cases_expect(path: Path, packs: Catalogue) -> None:
    cases, faults = read_cases(cases_file(path), packs)
    assert not [fault.sentence() for fault in faults]
    assert not {case.name: found for case in cases if (found := differences(case, packs))}
    assert len({(case.item, case.name) for case in cases}) == len(cases)


def test_every_item_has_a_case(packs: Catalogue) -> None:
    tried = {case.item for path in FILES for case in read_cases(cases_file(path), packs)[0]}
    assert tried == set(packs.items)


def test_every_hint_on_fair_competition_is_answered(packs: Catalogue) -> None:
    assert not [hint.sentence for hint in lint(packs.items.values()) if not hint.answered]


def test_reward_tied_to_tax_or_moving_in_is_for_a_person_to_decide(packs: Catalogue) -> None:
    risky = {hint.item for hint in lint(packs.items.values()) if hint.risk.value in ("tax", "moving")}
    assert risky
    assert all(packs.items[key].fair_competition.flag for key in risky)


def test_what_was_not_read_officially_tells_the_public_no_money(packs: Catalogue) -> None:
    for item in packs.items.values():
        day = item.starts or item.ends
        if day is not None and not item.source.official:
            assert not item.told_to_public(day)
            assert item.told_to_public(day, attached=True)
