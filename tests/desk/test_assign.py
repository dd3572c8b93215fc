"""Who carries a measure out."""

from __future__ import annotations

import pytest

from luming.desk import DeskFaults, assign, known_units, read_units
from luming.mark import Mark


def test_units_that_the_text_names_are_verified(desk):
    duty = assign(desk, "m01", ["市科技局"], ["市财政局"]).duty_of("m01")
    assert (duty.mark, duty.basis) == (Mark.VERIFIED, "原文条末列明")


def test_units_that_an_officer_supposes_are_expected(desk):
    duty = assign(desk, "m02", ["市科技局"]).duty_of("m02")
    assert (duty.mark, duty.basis) == (Mark.EXPECTED, "按部门职能推定,待办公室核定")


def test_a_supposed_unit_cannot_be_called_verified(desk):
    with pytest.raises(DeskFaults, match="原文没有提到“市科技局”"):
        assign(desk, "m02", ["市科技局"], mark="verified")


def test_all_faults_at_once(desk):
    with pytest.raises(DeskFaults) as caught:
        assign(desk, "m02", [], ["长" * 61], mark="secondary")
    assert [fault.code for fault in caught.value.faults] == [
        "desk.no_lead",
        "desk.unit_name",
        "desk.duty_mark",
    ]
    with pytest.raises(DeskFaults, match="既牵头又配合"):
        assign(desk, "m02", ["甲局"], ["甲局"])


def test_duties_stand_in_the_order_of_the_document(desk):
    desk = assign(assign(desk, "m03", ["甲局"]), "m00", ["乙局"])
    assert [duty.measure for duty in desk.duties] == ["m00", "m01", "m03"]
    assert [duty.measure for duty in assign(desk, "m01", []).duties] == ["m00", "m03"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("市科技局、市财政局", ("市科技局", "市财政局")),
        (
            "市科技局\N{FULLWIDTH COMMA}市财政局\N{FULLWIDTH SEMICOLON}市科技局",
            ("市科技局", "市财政局"),
        ),
        (" \n", ()),
    ],
)
def test_names_are_read_as_people_write_them(typed, names):
    assert read_units(typed) == names


def test_known_units_come_most_used_first(desk):
    desk = assign(assign(desk, "m02", ["市财政局"]), "m03", ["市工信局"], ["市财政局"])
    assert known_units(desk)[:2] == ("市财政局", "市工信局")
