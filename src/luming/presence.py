"""在包时间: whether somebody who works here only part of a year was here long enough.

The rule is told in months and days are counted, so how many days are a month is a parameter (平台默认口径).
Source: mechanisms reference, sections 8.1 and 16, vector 22.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PresenceRule:
    """So many months a year; of urgently needed kinds fewer. `days_a_month`: how many days are taken for a month."""

    months: int = 3
    urgent_months: int = 2
    days_a_month: int = 30


def days_needed(rule: PresenceRule, *, urgent: bool) -> int:
    """Days in a year that are asked for.

    >>> days_needed(PresenceRule(), urgent=False), days_needed(PresenceRule(), urgent=True)
    (90, 60)
    """
    return (rule.urgent_months if urgent else rule.months) * rule.days_a_month


def long_enough(days: int | None, rule: PresenceRule, *, urgent: bool) -> bool | None:
    """Whether the days of a year suffice; None where nobody counted them.

    Raises:
        ValueError: fewer than no days or more than a year has.

    >>> long_enough(74, PresenceRule(), urgent=False), long_enough(74, PresenceRule(), urgent=True)
    (False, True)
    """
    if days is None:
        return None
    if not 0 <= days <= 366:
        raise ValueError(f"在包天数应为0至366,不是{days}")
    return days >= days_needed(rule, urgent=urgent)
