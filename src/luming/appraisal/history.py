"""履历: what the registers know of an expert, compared with what is to be judged.

An entry says with whom an expert is or was tied, and how. It concerns a panel where the other side is one of those who
did the work, or one of their units; people are told apart by id, and where only a name is known somebody has to look.
Source: mechanisms reference, section 3.3.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from luming.appraisal.conflict import Appraised, Bar, Tie
from luming.appraisal.panel import unit_key


@dataclass(frozen=True, slots=True)
class Known:
    """One entry of an expert's history.

    Attributes:
        with_whom: the person or unit on the other side, by name; `with_id` where the register knows the person.
        of_unit: whether the other side is a unit.
        title: the joint project, paper or patent; "" where there is none.
        last_on: the last day of it; None where nobody knows.
        told_by: the register or person that says so.
    """

    expert: str
    bar: Bar
    with_whom: str
    with_id: str = ""
    of_unit: bool = False
    title: str = ""
    last_on: dt.date | None = None
    told_by: str = ""


def ties_known(known: Iterable[Known], appraised: Appraised) -> tuple[Tie, ...]:
    """The entries that concern what is judged, as ties; each with whom, and why it is thought to be the same.

    >>> from luming.appraisal.conflict import Completer
    >>> one = Known("e1", Bar.TEACHER_STUDENT, "王工", told_by="专家库")
    >>> [tie.certain for tie in ties_known([one], Appraised("成果", (), (Completer("王工"),)))]
    [False]
    """
    found = (_tie(one, appraised) for one in known)
    return tuple(dict.fromkeys(tie for tie in found if tie is not None))


def _tie(one: Known, appraised: Appraised) -> Tie | None:
    certain = _same(one, appraised)
    if certain is None:
        return None
    whom = f"{one.with_whom}《{one.title}》" if one.title else one.with_whom
    return Tie(one.expert, one.bar, whom, one.last_on, one.told_by, certain)


def _same(one: Known, appraised: Appraised) -> bool | None:
    """Whether the other side is part of what is judged: True, False where only names agree, None where it is not."""
    key = unit_key(one.with_whom)
    if one.of_unit:
        return True if key and key in {unit_key(unit) for unit in appraised.units} else None
    if one.with_id and any(one.with_id == who.id for who in appraised.completers):
        return True
    if one.title and unit_key(one.title) == unit_key(appraised.title):
        return True
    # Two ids that differ are two people, also where they share a name.
    alike = any(
        key and unit_key(who.name) == key and not (who.id and one.with_id) for who in appraised.completers
    )
    return False if alike else None
