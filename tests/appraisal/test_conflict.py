"""Who must stay away: by unit, by name, by ties, and by joint work up to the day."""

from __future__ import annotations

import datetime as dt

import pytest

from appraisal.making import RULES
from luming.appraisal import Appraised, Bar, Completer, Expert, Speciality, Tie, WithdrawalRule, conflicts
from luming.mark import Mark

DAY = dt.date(2025, 6, 30)
WANG = Expert("p1", "王一", "甲研究所", Speciality.TECHNICAL)
LI = Expert("p2", "李二", "乙大学", Speciality.FINANCIAL)
RESULT = Appraised("高性能磁体", ("丙公司",), (Completer("赵三", "p9"),))


def bars(
    *ties: Tie, appraised: Appraised = RESULT, day: dt.date = DAY, years: int = 5
) -> list[tuple[str, Bar, bool]]:
    found = conflicts(
        [WANG, LI], appraised, ties, day, WithdrawalRule(mark=Mark.OURS, joint_work_years=years)
    )
    return [(one.expert.id, one.bar, one.certain) for one in found]


def test_nobody_is_barred_without_reason() -> None:
    assert bars() == []
    assert bars(Tie("p7", Bar.KINSHIP, "赵三")) == []


def test_same_unit_whatever_the_blanks() -> None:
    assert bars(appraised=Appraised("x", ("甲 研究所", "丙公司"), ())) == [("p1", Bar.SAME_UNIT, True)]


def test_who_did_the_work_does_not_judge_it() -> None:
    assert bars(appraised=Appraised("x", (), (Completer("王一", "p1"),))) == [("p1", Bar.COMPLETER, True)]


def test_a_mere_name_is_to_be_looked_into_and_blocks_until_then() -> None:
    appraised = Appraised("x", (), (Completer("王一"),))
    (found,) = conflicts([WANG], appraised, (), DAY, RULES.withdrawal)
    assert (found.bar, found.certain) == (Bar.COMPLETER, False)
    assert "待核实" in found.fault.found
    assert "核实前不得参加评价" in found.fault.remedy


def test_one_name_with_two_ids_are_two_people() -> None:
    assert bars(appraised=Appraised("x", (), (Completer("王一", "p8"),))) == []


@pytest.mark.parametrize(
    ("last", "barred"),
    [
        (dt.date(2020, 6, 29), False),
        (dt.date(2020, 6, 30), True),
        (dt.date(2025, 6, 30), True),
        (dt.date(2025, 7, 1), True),
    ],
)
def test_joint_work_bars_for_five_years_to_the_day(last: dt.date, barred: bool) -> None:
    found = bars(Tie("p1", Bar.CO_AUTHOR, "赵三", last))
    assert found == ([("p1", Bar.CO_AUTHOR, True)] if barred else [])


def test_the_number_of_years_is_a_parameter() -> None:
    tie = Tie("p1", Bar.CO_AUTHOR, "赵三", dt.date(2022, 6, 29))
    assert bars(tie, years=3) == []
    assert bars(tie, years=4) == [("p1", Bar.CO_AUTHOR, True)]
    assert RULES.withdrawal.joint_work_years == 5


def test_leap_day() -> None:
    tie = Tie("p1", Bar.CO_AUTHOR, "赵三", dt.date(2019, 2, 28))
    assert bars(tie, day=dt.date(2024, 2, 29)) == [("p1", Bar.CO_AUTHOR, True)]


def test_more_years_than_there_are_reach_back_to_the_first_day() -> None:
    tie = Tie("p1", Bar.CO_AUTHOR, "赵三", dt.date.min)
    assert bars(tie, years=2025) == [("p1", Bar.CO_AUTHOR, True)]
    assert bars(tie, years=2024) == []


def test_joint_work_without_a_day_blocks_as_unknown() -> None:
    assert bars(Tie("p1", Bar.CO_AUTHOR, "赵三")) == [("p1", Bar.CO_AUTHOR, False)]


@pytest.mark.parametrize("bar", [bar for bar in Bar if bar not in (Bar.CO_AUTHOR, Bar.SAME_PROJECT)])
def test_every_other_tie_blocks_at_any_age(bar: Bar) -> None:
    assert bars(Tie("p2", bar, "赵三", dt.date(1990, 1, 1))) == [("p2", bar, True)]
    assert bar.label


def test_all_conflicts_of_all_experts_come_at_once_and_none_twice() -> None:
    kin = Tie("p2", Bar.KINSHIP, "赵三", told_by="本人申报")
    found = conflicts(
        [WANG, LI],
        Appraised("x", ("甲研究所", "乙大学"), ()),
        [kin, kin, Tie("p1", Bar.DECLARED, "丙公司")],
        DAY,
        RULES.withdrawal,
    )
    assert [(one.expert.id, one.bar) for one in found] == [
        ("p1", Bar.SAME_UNIT),
        ("p1", Bar.DECLARED),
        ("p2", Bar.SAME_UNIT),
        ("p2", Bar.KINSHIP),
    ]
    assert found[3].fault.found == "亲属关系:赵三,本人申报"
