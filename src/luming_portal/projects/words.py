"""What is said of a project's progress: each sentence is reckoned from its milestones and its investment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luming.monitor import (
    Basis,
    Pace,
    Slippage,
    finished_share,
    is_overdue,
    number,
    percent,
    scheduled_share,
)
from luming.unit import convert
from luming_portal.language import reads_chinese
from luming_portal.projects.models import InvestmentRow, Milestone, MoneyUnit


def milestones_sentence(items: Sequence[Milestone], today: dt.date) -> str:
    """How many milestones are done, how many were due, and the next or the most overdue one."""
    if not items:
        return _("还没有登记节点。")
    steps = [item.step() for item in items]
    done = sum(item.done_on is not None and item.done_on <= today for item in items)
    late = sorted((item for item in items if is_overdue(item.step(), today)), key=lambda item: item.due)
    parts = [
        _("共%(all)d个节点,完成%(done)d个,按权重完成%(share)s(计划应完成%(due)s)。")
        % {
            "all": len(items),
            "done": done,
            "share": percent(finished_share(steps, today)),
            "due": percent(scheduled_share(steps, today)),
        }
    ]
    if late:
        parts.append(
            _("%(count)d个到期未完成,最早的是“%(label)s”,已逾期%(days)d天。")
            % {"count": len(late), "label": late[0].label, "days": (today - late[0].due).days}
        )
    ahead = [item for item in items if item.due >= today and item not in late and not _done(item, today)]
    if ahead:
        following = min(ahead, key=lambda item: item.due)
        parts.append(
            _("下一个节点是“%(label)s”,计划%(due)s完成。")
            % {"label": following.label, "due": following.due.isoformat()}
        )
    return joined(parts)


def slippage_sentence(found: Slippage) -> str:
    """When the project is expected to be finished and why, or why nothing is said of it."""
    if found.pace is Pace.DONE:
        return _finished(found)
    if found.expected is None or found.planned is None:
        return _unknown(found)
    if found.pace is Pace.ON_TIME:
        return _("预计按计划于%(day)s建成。到期的工作没有滞后。") % {"day": found.planned.isoformat()}
    days = found.days or 0
    head = ngettext(
        "预计%(expected)s建成,比计划的%(planned)s晚%(days)d天。",
        "预计%(expected)s建成,比计划的%(planned)s晚%(days)d天。",
        days,
    ) % {"expected": found.expected.isoformat(), "planned": found.planned.isoformat(), "days": days}
    return joined([head, _because(found)])


def _finished(found: Slippage) -> str:
    days = found.days or 0
    told = {"day": found.expected.isoformat() if found.expected else "", "days": abs(days)}
    if days > 0:
        return _("节点已全部完成,完成日%(day)s,比计划晚%(days)d天。") % told
    if days < 0:
        return _("节点已全部完成,完成日%(day)s,比计划早%(days)d天。") % told
    return _("节点已全部完成,完成日%(day)s,与计划相同。") % told


def _unknown(found: Slippage) -> str:
    if found.basis is Basis.NO_MILESTONES:
        if found.days and found.figure_of:
            return _(
                "投资比计划落后%(days)d天(截至%(day)s)。没有登记节点,不知道计划何时建成,不作完工预测。"
            ) % {
                "days": found.days,
                "day": found.figure_of.isoformat(),
            }
        return _("不作预测:没有登记节点,不知道计划何时建成。")
    return _("不作预测:还没有到期或完成的节点,也没有能与计划比较的投资数。")


def _because(found: Slippage) -> str:
    step = found.milestone
    if found.basis is Basis.INVESTMENT and found.figure_of:
        return _("依据:截至%(day)s的累计投资,按计划%(days)d天前就应达到。") % {
            "day": found.figure_of.isoformat(),
            "days": found.investment_days or 0,
        }
    if step is None:
        return ""
    if found.basis is Basis.OVERDUE:
        return _("依据:节点“%(label)s”应于%(due)s完成,至今没有完成。") % {
            "label": step.label,
            "due": step.due.isoformat(),
        }
    return _("依据:最近完成的节点“%(label)s”比计划晚%(days)d天,之后的节点按顺延估计。") % {
        "label": step.label,
        "days": found.days or 0,
    }


def investment_sentence(rows: Sequence[InvestmentRow], total: Decimal | None, unit: str) -> str:
    """The latest figure against the plan of its period and against the whole."""
    told = [row for row in rows if row.actual is not None]
    if not told:
        return _("还没有登记投资完成数。")
    latest = max(told, key=lambda row: row.period_end)
    actual = latest.actual or Decimal(0)
    parts = [
        _("截至%(day)s,累计完成投资%(sum)s%(unit)s。")
        % {"day": latest.period_end.isoformat(), "sum": number(actual, 4), "unit": _unit(latest.unit)}
    ]
    if latest.planned:
        parts.append(
            _("为同期累计计划%(sum)s%(unit)s的%(share)s。")
            % {
                "sum": number(latest.planned, 4),
                "unit": _unit(latest.unit),
                "share": percent(Fraction(actual) / Fraction(latest.planned)),
            }
        )
    if total and unit in MoneyUnit.values:
        share = Fraction(convert(actual, latest.unit, unit)) / Fraction(total)
        parts.append(_("占总投资的%s。") % percent(share))
    return joined(parts)


def _unit(unit: str) -> str:
    return str(MoneyUnit(unit).label) if unit in MoneyUnit.values else unit


def _done(item: Milestone, today: dt.date) -> bool:
    return item.done_on is not None and item.done_on <= today


def joined(parts: Sequence[str]) -> str:
    """Sentences one after the other: without blanks in Chinese, with them in other languages."""
    return ("" if reads_chinese() else " ").join(part for part in parts if part)
