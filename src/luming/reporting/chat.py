"""Text for a chat group or for one unit's contact: who still owes which figures, by when, and what happens next.

Plain, without markup, ready to be pasted. Each step of reminding (luming.reporting.rhythm) has words of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from luming.punctuation import full_width_outside_quotes
from luming.reporting.rhythm import DEFAULT_RHYTHM, Reminding, Rhythm, reminding_on

_SHOWN = 4
_SAME = "没有变化的点“与上期相同”。"


@dataclass(frozen=True, slots=True)
class Owing:
    """What one unit has not handed in: the names of the figures, in the order of its sheet."""

    unit: str
    figures: tuple[str, ...]


def group_text(
    year: int,
    month: int,
    due_on: dt.date,
    owing: Sequence[Owing],
    today: dt.date,
    *,
    demo: bool = False,
    rhythm: Rhythm = DEFAULT_RHYTHM,
) -> str:
    """The text for the group of a month, those who owe most first, ending in a line end; "" where nobody owes anything.

    Args:
        year, month: the month whose figures are due, not the month of the due day.
        demo: the figures are invented; the first line says so.
    """
    owed = [one for one in owing if one.figures]
    if not owed:
        return ""
    step = reminding_on(today, due_on, rhythm)
    count = sum(len(one.figures) for one in owed)
    lines = _head(year, month, due_on, today, demo)
    lines.append(f"尚有{len(owed)}个单位{count}项未报{_step_words(step)}:")
    for at, one in enumerate(sorted(owed, key=lambda one: (-len(one.figures), one.unit)), 1):
        lines.append(f"{at}.{one.unit}:{_names(one)}")
    lines.append(_request(step, rhythm))
    return _joined(lines)


def unit_text(
    year: int,
    month: int,
    due_on: dt.date,
    owing: Owing,
    today: dt.date,
    *,
    demo: bool = False,
    rhythm: Rhythm = DEFAULT_RHYTHM,
) -> str:
    """The text for the contact of one unit, all of its figures by name; "" where it owes nothing."""
    if not owing.figures:
        return ""
    step = reminding_on(today, due_on, rhythm)
    lines = _head(year, month, due_on, today, demo)
    lines.append(f"{owing.unit}尚有{len(owing.figures)}项未报{_step_words(step)}:")
    lines += [f"{at}.{name}" for at, name in enumerate(owing.figures, 1)]
    lines.append(_request(step, rhythm))
    return _joined(lines)


def _head(year: int, month: int, due_on: dt.date, today: dt.date, demo: bool) -> list[str]:
    late = (today - due_on).days
    when = f"已逾期{late}天" if late > 0 else ("今日截止" if late == 0 else f"还有{-late}天")
    lines = ["【演示数据】"] if demo else []
    return [*lines, f"【{year}年{month}月报送】截止{due_on.month}月{due_on.day}日,{when}。"]


def _step_words(step: Reminding) -> str:
    return "" if step is Reminding.NOT_YET else f"({step.label})"


def _names(one: Owing) -> str:
    more = f"等{len(one.figures)}项" if len(one.figures) > _SHOWN else ""
    return "、".join(one.figures[:_SHOWN]) + more


def _request(step: Reminding, rhythm: Rhythm) -> str:
    words = {
        Reminding.NOT_YET: f"请提前准备数据;{_SAME}",
        Reminding.AHEAD: f"请在截止日前登录平台填报并提交;{_SAME}",
        Reminding.TODAY: f"请今天登录平台填报并提交;{_SAME}",
        Reminding.LATE: f"请尽快补报,暂时报不出的写明原因;{_SAME}",
        Reminding.BLUE: f"请今天补报,暂时报不出的写明原因;{_SAME}",
        Reminding.YELLOW: f"逾期已满{rhythm.yellow_after}天,同时告知分管领导;请立即补报并写明逾期原因。",
        Reminding.RED: f"逾期已满{rhythm.red_after}天,将发催报函;请立即补报,并由分管领导审阅逾期原因。",
        Reminding.MEETING: f"逾期已满{rhythm.meeting_after}天,将提请专题会研究;请主要负责人督促补报。",
    }
    return words[step]


def _joined(lines: Sequence[str]) -> str:
    return "".join(f"{full_width_outside_quotes(line)}\n" for line in lines)
