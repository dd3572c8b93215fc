"""回避: who may not judge this result, and why.

Blocking: of a unit that did the work, one of those who did it, co-author, co-inventor or partner in a project within some years (how many is
平台默认口径), kin, teacher or student, economic interest, competitor, or a request by either side.
Source: mechanisms reference, section 3.3. What cannot be told apart (one name, no day of the last joint work) blocks
too, until somebody has looked: it is shown as 待核实, not as a conflict.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from luming.appraisal.panel import Expert, unit_key
from luming.appraisal.rules import WithdrawalRule
from luming.errors import Fault


class Bar(StrEnum):
    """Why an expert may not judge."""

    SAME_UNIT = "same_unit"
    COMPLETER = "completer"
    CO_AUTHOR = "co_author"
    SAME_PROJECT = "same_project"
    KINSHIP = "kinship"
    TEACHER_STUDENT = "teacher_student"
    ECONOMIC_INTEREST = "economic_interest"
    COMPETITOR = "competitor"
    DECLARED = "declared"

    @property
    def label(self) -> str:
        """The reason in the office's word."""
        return _LABELS[self]


_LABELS = {
    Bar.SAME_UNIT: "与完成单位同一单位",
    Bar.COMPLETER: "成果完成人",
    Bar.CO_AUTHOR: "近年合著或共同发明",
    Bar.SAME_PROJECT: "近年共同承担项目",
    Bar.KINSHIP: "亲属关系",
    Bar.TEACHER_STUDENT: "师生关系",
    Bar.ECONOMIC_INTEREST: "经济利益关系",
    Bar.COMPETITOR: "竞争关系",
    Bar.DECLARED: "已提出回避",
}


_OF_YEARS = frozenset({Bar.CO_AUTHOR, Bar.SAME_PROJECT})
"""Joint work that lies some years back does not bar any more."""


@dataclass(frozen=True, slots=True)
class Completer:
    """One of those who did the work; `id` is empty where only the name is known."""

    name: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Appraised:
    """What is judged: its title, the units and the people that did it."""

    title: str
    units: tuple[str, ...]
    completers: tuple[Completer, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A known tie of an expert to those who did the work, declared or found.

    Attributes:
        with_whom: person or unit on the other side; of a request for withdrawal, who asked.
        last_on: day of the latest joint work; asked of co-authors and of joint projects only.
        told_by: who told, or where it was found.
        certain: False where only the names agree.
    """

    expert: str
    bar: Bar
    with_whom: str
    last_on: dt.date | None = None
    told_by: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Conflict:
    """One reason to stay away. `certain` is False where somebody has to look first; it blocks all the same."""

    expert: Expert
    bar: Bar
    with_whom: str
    certain: bool = True
    detail: str = ""

    @property
    def fault(self) -> Fault:
        """The conflict as a fault of the panel."""
        doubt = "" if self.certain else "(待核实)"
        beside = f",{self.detail}" if self.detail else ""
        return Fault(
            f"appraisal.{self.bar.value}",
            f"专家{self.expert.said}",
            f"{self.bar.label}{doubt}:{self.with_whom}{beside}",
            "与被评成果没有利害关系",
            "请更换专家" if self.certain else "请核实;核实前不得参加评价",
        )


def conflicts(
    experts: Sequence[Expert],
    appraised: Appraised,
    ties: Iterable[Tie],
    as_of: dt.date,
    rule: WithdrawalRule,
) -> tuple[Conflict, ...]:
    """Every conflict of every expert, in the order of the experts.

    Args:
        as_of: the day of the appraisal.
        rule: joint works up to so many years before that day block, the day itself included.
    """
    by_expert: dict[str, list[Tie]] = {}
    for tie in ties:
        by_expert.setdefault(tie.expert, []).append(tie)
    since = _years_before(as_of, rule.joint_work_years)
    found: list[Conflict] = []
    for expert in experts:
        found += _own(expert, appraised)
        found += [
            one for tie in by_expert.get(expert.id, []) if (one := _of_tie(expert, tie, since)) is not None
        ]
    return tuple(dict.fromkeys(found))


def _own(expert: Expert, appraised: Appraised) -> list[Conflict]:
    """What the names alone tell: of the same unit, or one of those who did the work."""
    key = unit_key(expert.unit)
    found = [
        Conflict(expert, Bar.SAME_UNIT, unit) for unit in appraised.units if key and unit_key(unit) == key
    ]
    for one in appraised.completers:
        if one.id and one.id == expert.id:
            found.append(Conflict(expert, Bar.COMPLETER, appraised.title))
        elif not one.id and unit_key(one.name) == unit_key(expert.name):
            found.append(Conflict(expert, Bar.COMPLETER, one.name, certain=False, detail="同名,身份未核对"))
    return found


def _of_tie(expert: Expert, tie: Tie, since: dt.date) -> Conflict | None:
    doubt = "" if tie.certain else "同名,身份未核对"
    if tie.bar not in _OF_YEARS:
        said = ",".join(part for part in (tie.told_by, doubt) if part)
        return Conflict(expert, tie.bar, tie.with_whom, tie.certain, said)
    if tie.last_on is None:
        return Conflict(expert, tie.bar, tie.with_whom, certain=False, detail="最近一次合作的日期未填")
    if tie.last_on < since:
        return None
    said = ",".join(part for part in (f"最近一次合作{tie.last_on.isoformat()}", doubt) if part)
    return Conflict(expert, tie.bar, tie.with_whom, tie.certain, said)


def _years_before(day: dt.date, years: int) -> dt.date:
    """The same day so many years earlier; 29 February falls on 28 February."""
    if day.year <= years:
        return dt.date.min
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
