"""A document beside last year's."""

from __future__ import annotations

import pytest

from desk.working import fresh
from luming.desk import correct, pack_of, reject, year_table
from luming.pack import load


@pytest.fixture(scope="module")
def baotou(root):
    city = root / "packs" / "baotou"
    return load(city / "2024-1"), load(city / "2025-1")


def test_what_failed_and_is_asked_again_is_named(baotou):
    old, new = baotou
    table = year_table(old, new, {"rare_earth_output": False, "pv_output": True, "pv_local_supply": None})
    by_id = {row.item.id: row for row in table.rows}
    assert by_id["rare_earth_output"].repeated_unfulfilled is True
    assert by_id["rare_earth_output"].note == "重复提出,上年未完成"
    assert by_id["rare_earth_output"].change.kind == "raised"
    assert by_id["pv_output"].repeated_unfulfilled is False
    assert by_id["pv_local_supply"].repeated_unfulfilled is None
    assert by_id["pv_local_supply"].note == "上年完成情况不明"
    assert [row.item.id for row in table.repeated_unfulfilled] == ["rare_earth_output"]


def test_without_an_assessment_nothing_is_said_to_have_failed(baotou):
    table = year_table(*baotou, {})
    assert not table.repeated_unfulfilled
    assert table.unknown_outcomes == sum(row.is_repeated for row in table.rows)


def test_new_and_dropped_are_no_repetition(baotou):
    table = year_table(*baotou, {"wafer_capacity": False})
    dropped = next(row for row in table.rows if row.item.id == "wafer_capacity")
    assert (dropped.change.kind, dropped.repeated_unfulfilled) == ("dropped", False)
    assert dropped.note == "上年未完成,今年不再提出"
    assert table.count("dropped") == sum(row.change.kind == "dropped" for row in table.rows)


def test_a_rejected_proposal_is_not_compared():
    desk = fresh()
    table = year_table(pack_of(desk), pack_of(reject(desk, "m01_1", "误")), {})
    assert [row.item.id for row in table.rows if row.change.kind == "dropped"] == ["m01_1"]


def test_a_unit_that_is_not_known_yet_cannot_be_compared():
    desk = fresh()
    item = desk.proposal("m01_1")
    odd = item.commitment.model_copy(update={"unit": "佳"})
    changed = desk.with_proposal(item.model_copy(update={"commitment": odd}))
    table = year_table(pack_of(desk), pack_of(changed), {})
    assert {row.change.kind for row in table.rows} == {"same", "changed"}
    assert correct(desk, "m01_1", {}).proposal("m01_1").commitment.unit == "家"
