"""What the registers know of an expert: found where it concerns the panel, from either side, and never guessed."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from appraisal.making import RULES
from luming.appraisal import Appraised, Bar, Completer, Expert, Known, Speciality, conflicts, ties_known

DAY = dt.date(2025, 6, 30)
WORK = Appraised(
    "稀土抛光粉制备", ("北方稀土研究院", "内蒙古科技大学"), (Completer("王工", "p1"), Completer("李工"))
)
HIM = Expert("e1", "赵教授", "北京大学", Speciality.TECHNICAL)


def _found(*known: Known, expert: Expert = HIM):
    return conflicts([expert], WORK, ties_known(known, WORK), DAY, RULES.withdrawal)


def test_a_co_inventor_known_by_number_bars() -> None:
    (found,) = _found(Known("e1", Bar.CO_AUTHOR, "王某", "p1", title="专利甲", last_on=dt.date(2023, 1, 1)))
    assert (found.bar, found.certain) == (Bar.CO_AUTHOR, True)
    assert "专利甲" in found.with_whom


def test_a_name_alone_is_to_be_looked_at() -> None:
    for name, number in (("李工", "p9"), ("李工", ""), ("王工", "")):
        (found,) = _found(Known("e1", Bar.TEACHER_STUDENT, name, number, told_by="专家库"))
        assert found.certain is False
        assert "身份未核对" in found.fault.sentence()


def test_two_numbers_are_two_people() -> None:
    assert _found(Known("e1", Bar.TEACHER_STUDENT, "王工", "p2")) == ()


def test_a_joint_project_bars_for_some_years_and_supervision_for_ever() -> None:
    old = dt.date(2010, 1, 1)
    assert _found(Known("e1", Bar.SAME_PROJECT, "王工", "p1", title="项目乙", last_on=old)) == ()
    assert [one.bar for one in _found(Known("e1", Bar.SAME_PROJECT, "王工", "p1", last_on=DAY))] == [
        Bar.SAME_PROJECT
    ]
    assert len(_found(Known("e1", Bar.TEACHER_STUDENT, "王工", "p1", last_on=old))) == 1


def test_a_joint_project_without_a_day_is_to_be_looked_at() -> None:
    (found,) = _found(Known("e1", Bar.SAME_PROJECT, "王工", "p1"))
    assert found.certain is False


def test_a_part_in_the_very_project_bars() -> None:
    (found,) = _found(Known("e1", Bar.SAME_PROJECT, "别人", title=" 稀土抛光粉制备", last_on=DAY))
    assert found.certain is True


def test_a_second_employer_is_the_same_unit() -> None:
    (found,) = _found(Known("e1", Bar.SAME_UNIT, "内蒙古 科技大学", of_unit=True, told_by="兼职"))
    assert (found.bar, found.certain) == (Bar.SAME_UNIT, True)


def test_what_concerns_others_bars_nobody() -> None:
    assert _found(Known("e1", Bar.ECONOMIC_INTEREST, "别的公司", of_unit=True)) == ()
    assert _found(Known("e2", Bar.KINSHIP, "王工", "p1")) == ()


entries = st.builds(
    Known,
    expert=st.sampled_from(["e1", "e2"]),
    bar=st.sampled_from(list(Bar)),
    with_whom=st.sampled_from(["王工", "李工", "张工", "内蒙古科技大学", "别处", ""]),
    with_id=st.sampled_from(["", "p1", "p2"]),
    of_unit=st.booleans(),
    title=st.sampled_from(["", "专利甲", "稀土抛光粉制备"]),
    last_on=st.one_of(st.none(), st.dates(dt.date(2015, 1, 1), dt.date(2025, 6, 30))),
)


@given(st.lists(entries, max_size=6), st.randoms())
@settings(max_examples=60)
def test_the_order_of_entries_does_not_matter_and_more_entries_never_free(known, chance) -> None:
    whole = set(_found(*known))
    mixed = list(known)
    chance.shuffle(mixed)
    assert set(_found(*mixed)) == whole
    assert set(_found(*known[:-1])) <= whole
