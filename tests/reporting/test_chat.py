"""Text to paste into a chat: whom it names, what each step says, and nothing where nothing is owed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luming.reporting import Owing, Reminding, group_text, reminding_on, unit_text

DUE = dt.date(2025, 10, 5)
ONE = Owing("市工信局", ("产值", "企业数", "团队数", "专利数", "人才数"))


def text(days: int, **given: bool) -> str:
    """The text of the group a number of days after the due day."""
    owing = [Owing("市科技局", ("研发经费",)), ONE, Owing("市商务局", ())]
    return group_text(2025, 9, DUE, owing, DUE + dt.timedelta(days=days), **given)


def test_it_names_each_unit_with_its_figures_those_who_owe_most_first() -> None:
    lines = text(0).splitlines()
    assert lines[0] == "【2025年9月报送】截止10月5日,今日截止。".replace(",", "\uff0c")
    assert lines[1].startswith("尚有2个单位6项未报")
    assert lines[2].startswith("1.市工信局\uff1a产值、企业数、团队数、专利数等5项")
    assert lines[3] == "2.市科技局\uff1a研发经费"
    assert "市商务局" not in text(0)


def test_each_step_says_something_else() -> None:
    days = {reminding_on(DUE + dt.timedelta(days=day), DUE): day for day in (-9, -3, 0, 1, 5, 10, 15)}
    assert len(days) == 7
    assert len({text(day).splitlines()[-1] for day in days.values()}) == 7
    assert "分管领导" in text(5)
    assert "催报函" in text(10)
    assert "专题会" in text(15)


def test_a_unit_gets_all_of_its_figures() -> None:
    found = unit_text(2025, 9, DUE, ONE, DUE)
    assert [name for name in ONE.figures if name not in found] == []
    assert found.endswith("\n")


def test_nothing_owed_gives_no_text() -> None:
    assert group_text(2025, 9, DUE, [Owing("市科技局", ())], DUE) == ""
    assert unit_text(2025, 9, DUE, Owing("市科技局", ()), DUE) == ""


def test_invented_figures_say_so_first() -> None:
    assert text(0, demo=True).startswith("【演示数据】")
    assert unit_text(2025, 9, DUE, ONE, DUE, demo=True).startswith("【演示数据】")
    assert "演示" not in text(0)


@given(st.integers(-60, 400))
def test_how_late_it_says_is_how_late_it_is(days: int) -> None:
    found = text(days)
    assert f"已逾期{days}天" in found if days > 0 else "逾期" not in found.splitlines()[0]


@pytest.mark.parametrize("step", Reminding)
def test_a_sharper_step_reaches_at_least_as_far(step: Reminding) -> None:
    milder = [one for one in Reminding if one.severity < step.severity]
    assert all(set(one.tells) <= set(step.tells) for one in milder)
    assert all(one.label for one in step.tells)
    assert step.short_label
