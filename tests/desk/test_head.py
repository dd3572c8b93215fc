"""The head of the document."""

from __future__ import annotations

import datetime as dt

import pytest

from luming.desk import DeskFaults, retitle, set_head


def test_the_head_is_typed(desk):
    head = set_head(
        desk,
        {"issuer": "中共某市委、某市人民政府", "date": "2026年2月3日", "year": "2027", "office": "科创办"},
    ).document
    assert head.issuer == ("中共某市委", "某市人民政府")
    assert (head.date, head.year, head.office) == (dt.date(2026, 2, 3), 2027, "科创办")


def test_all_faults_of_the_head_come_at_once(desk):
    fields = {"title": " ", "place": "", "date": "何时", "year": "三", "draft": "false"}
    with pytest.raises(DeskFaults) as caught:
        set_head(desk, fields)
    assert {fault.code for fault in caught.value.faults} == {
        "desk.title", "desk.place", "desk.date", "desk.year", "desk.draft",
    }  # fmt: skip


def test_a_measure_is_retitled(desk):
    assert retitle(desk, "m02", " 建设\n平台 ").measure("m02").title == "建设 平台"
    with pytest.raises(DeskFaults, match="本条的标题"):
        retitle(desk, "m02", " ")
