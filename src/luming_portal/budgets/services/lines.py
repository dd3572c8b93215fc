"""Opening and changing lines, setting and ending caps."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from luming.budget import CapScope
from luming.mark import Mark
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.audit.door import ChangeSet, change
from luming_portal.budgets.models import BudgetBalance, BudgetLine, FundCap


def open_line(
    *,
    by: Any,
    title: str,
    fund: str,
    year: int,
    unit: str,
    document: Any = None,
    commitment: str = "",
    clause: str = "",
    planned: int | None = None,
    published: bool = False,
    note: str = "",
) -> BudgetLine:
    """Open a line with nothing on it.

    Args:
        planned: what the document names, in fen; it is no appropriation.

    Raises:
        Refused: no right, something missing, or the commitment has a line.
    """
    require(by, Action.CREATE, "budget_line")
    if not (title.strip() and fund.strip() and unit.strip()):
        raise Refused(_("名称、资金和主管部门都要填写。"))
    with change(_("新设预算:%s") % title.strip()) as changes:
        if commitment and BudgetLine.objects.filter(document=document, commitment=commitment).exists():
            raise Refused(_("文件的这项资金安排已经设有预算。"))
        if BudgetLine.objects.filter(fund=fund.strip(), year=year, title=title.strip()).exists():
            raise Refused(_("同一资金、年度和名称的预算已经有了。"))
        return put_up(
            changes,
            BudgetLine(
                title=title.strip(),
                fund=fund.strip(),
                year=year,
                unit=unit.strip(),
                document=document,
                commitment=commitment,
                clause=clause,
                planned=planned,
                published=published,
                note=note.strip(),
                demo=by.demo,
            ),
        )


def put_up(changes: ChangeSet, line: BudgetLine) -> BudgetLine:
    """Save a new line with the row that decisions on it lock."""
    changes.save(line)
    BudgetBalance.objects.create(line=line)
    return line


def change_line(
    line: BudgetLine, *, by: Any, expected_version: int, reason: str, **fields: Any
) -> BudgetLine:
    """Change what a line says of itself: title, unit, published, note. Never its money.

    Raises:
        Refused: no right, or a field that is not to be changed.
        luming_portal.audit.door.StaleVersion: somebody else was faster.
    """
    require(by, Action.CHANGE, "budget_line", line)
    if set(fields) - {"title", "unit", "published", "note"}:
        raise Refused(_("资金、年度和金额不能改写;金额只能记账。"))
    with change(reason) as changes:
        stored = BudgetLine.objects.select_for_update().get(pk=line.pk)
        for name, value in fields.items():
            setattr(stored, name, value)
        return changes.save(stored, expected_version=expected_version)


def set_cap(
    *, by: Any, fund: str, scope: CapScope, limit: int, clause: str = "", mark: Mark = Mark.OURS
) -> FundCap:
    """Set a cap of a fund, in fen. What is bound already stays, even above it.

    Raises:
        Refused: no right, no such fund, or a limit below zero.
    """
    require(by, Action.CREATE, "fund_cap")
    if limit < 0 or not BudgetLine.objects.filter(fund=fund).exists():
        raise Refused(_("没有这项资金,或上限小于零。"))
    with change(_("设资金上限:%s") % fund) as changes:
        made = FundCap(
            fund=fund, scope=scope.value, limit=limit, clause=clause.strip(), mark=mark.value, demo=by.demo
        )
        return changes.save(made)


def end_cap(cap: FundCap, *, by: Any, reason: str) -> FundCap:
    """End a cap; from now on it binds nothing.

    Raises:
        Refused: no right, or no reason.
    """
    require(by, Action.CHANGE, "fund_cap", cap)
    if not reason.strip():
        raise Refused(_("要写明理由。"))
    with change(reason) as changes:
        stored = FundCap.objects.select_for_update().get(pk=cap.pk)
        stored.ended = True
        return changes.save(stored)
