"""A kept verdict is reckoned again by the same version, or it is said why not."""

from __future__ import annotations

import json

import pytest

from luming.standards import assess, read_facts, record, replay
from luming.standards.record import RecordFaults
from standards.conftest import DAY, Shelf

TEXT = """
scores: {total: {parts: {a: {ratio: {of: rd, full: 300万元, points: 10}}}}}
rule: {all: ["total >= 3分", "trade == 工业", "full_years(founded, as_of) >= 1年", {not: listed}]}
"""


def kept(shelf: Shelf, **row: object) -> dict:
    standard = shelf.one(TEXT)
    facts, _ = read_facts(row, standard.inputs)
    return json.loads(
        json.dumps(record(assess(standard, facts, DAY), facts, {"rd": "年度报告"}), ensure_ascii=False)
    )


def test_a_record_is_reckoned_again(shelf: Shelf) -> None:
    found = kept(shelf, rd="100.000001", trade="工业", founded="2020-02-29", listed="否")
    assert found["outcome"] == "pass"
    assert found["facts"]["rd"] == {"value": "100000001/100", "source": "年度报告"}
    assert replay(found, shelf.read()) == []


def test_a_changed_figure_is_noticed(shelf: Shelf) -> None:
    found = kept(shelf, rd=100, trade="工业", founded="2020-02-29", listed="否")
    found["facts"]["rd"]["value"] = "1"
    assert [line.split(":")[0] for line in replay(found, shelf.read())] == ["outcome", "scores", "parts"]


def test_a_changed_rule_is_refused_by_its_hash(shelf: Shelf) -> None:
    found = kept(shelf, rd=100)
    shelf.put(TEXT.replace("3分", "4分"))
    with pytest.raises(RecordFaults, match="已改动"):
        replay(found, shelf.read())


def test_another_thing_is_refused(shelf: Shelf) -> None:
    shelf.put(TEXT)
    with pytest.raises(RecordFaults):
        replay({"format": "something"}, shelf.read())


@pytest.mark.parametrize("gone", ["facts", "as_of", "outcome"])
def test_a_record_with_a_part_gone_is_told(shelf: Shelf, gone: str) -> None:
    found = kept(shelf, rd=100)
    del found[gone]
    if gone == "outcome":
        assert replay(found, shelf.read())
    else:
        with pytest.raises(RecordFaults, match="缺少"):
            replay(found, shelf.read())
