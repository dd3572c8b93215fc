"""What steps of a case do to a budget line. They run in the transaction of the step: if one refuses, the step did not happen.

Read from the case: `line` (number of a line, or its title or fund, then that of the year of the step), `award` (万元),
`payment` and `recovered` (万元, where a step moves a part), `matter` (else the case itself), and whom the case is about.
The right to decide is that of the process; that two people give money holds here as on the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming.budget import BudgetRefused, Claim, Entry, Move, fen_of
from luming_portal.accounts.rights import Refused
from luming_portal.audit.door import ChangeSet, change
from luming_portal.budgets.booking import Booking, book
from luming_portal.budgets.models import BudgetBalance, BudgetClaim, BudgetEntry, BudgetLine, PaymentOrder
from luming_portal.budgets.services.payments import pay_order, put_order
from luming_portal.cases.effects import effect

Step = Callable[["Matter", ChangeSet, Any], None]


@dataclass(frozen=True, slots=True)
class Matter:
    """What a case says of its money.

    Attributes:
        step: number of the event, which makes the keys of its entries.
    """

    line: BudgetLine
    matter: str
    payee: str
    payee_name: str
    case: Any
    step: int

    def claim(self) -> Claim:
        """How the matter stands; read under the line's lock."""
        BudgetBalance.objects.select_for_update().get(line=self.line)
        row = BudgetClaim.objects.filter(line=self.line, matter=self.matter).first()
        return row.value() if row else Claim()

    def sum(self, field: str) -> int | None:
        """A sum of the case's form in fen; None where it says none.

        Raises:
            Refused: it is no sum of money.
        """
        written = str(self.case.data.get(field) or "").strip()
        if not written:
            return None
        try:
            return fen_of(Decimal(written), "万元")
        except (InvalidOperation, BudgetRefused):
            raise Refused(_("“%s”不是以万元计、最小到分的金额。") % written) from None

    def book(self, changes: ChangeSet, by: Any, moves: Sequence[tuple[Move, int]]) -> None:
        """Book what is above zero, in order."""
        bookings = [
            Booking(
                self.line,
                Entry(f"case:{self.case.pk}:{self.step}:{move.value}", move, amount, self.matter, self.payee),
                self.payee_name,
                _day(self.case.data.get("due_on")),
                f"case:{self.case.pk}",
            )
            for move, amount in moves
            if amount
        ]
        if bookings:
            book(changes, bookings, by=by)


def _carry_out(case: Any, event: Any, by: Any, step: Step, label: str) -> None:
    told = f"{label}:{case.number or case.title}"
    try:
        with change(told) as changes:
            step(_matter(case, event), changes, by)
    except BudgetRefused as refused:
        raise Refused("".join(fault.sentence() for fault in refused.faults)) from refused


@effect("budget.reserve")
def reserve(case: Any, event: Any, by: Any) -> None:
    """Set the award aside."""

    def step(matter: Matter, changes: ChangeSet, by: Any) -> None:
        award = matter.sum("award")
        if not award:
            raise Refused(_("没有写明核定金额(万元),不能预留资金。"))
        matter.book(changes, by, [(Move.RESERVE, award)])

    _carry_out(case, event, by, step, Move.RESERVE.label)


@effect("budget.commit")
def commit(case: Any, event: Any, by: Any) -> None:
    """Promise the award; what was reserved beyond it becomes free, what is missing is reserved."""

    def step(matter: Matter, changes: ChangeSet, by: Any) -> None:
        claim = matter.claim()
        award = matter.sum("award") or claim.reserved
        if not award:
            raise Refused(_("没有预留资金,也没有写明核定金额(万元),不能承诺。"))
        moves = [(Move.RESERVE, award)] if not claim.reserved else []
        if claim.reserved and award > claim.reserved:
            moves = [(Move.RELEASE, claim.reserved), (Move.RESERVE, award)]
        matter.book(changes, by, [*moves, (Move.COMMIT, award)])
        if claim.reserved > award:
            matter.book(changes, by, [(Move.RELEASE, claim.reserved - award)])

    _carry_out(case, event, by, step, Move.COMMIT.label)


@effect("budget.pay")
def pay(case: Any, event: Any, by: Any) -> None:
    """Release the order that waits; where none does, on behalf of whoever promised the money, who is never the releaser."""

    def step(matter: Matter, changes: ChangeSet, by: Any) -> None:
        claim = matter.claim()
        waiting = PaymentOrder.objects.filter(
            line=matter.line, matter=matter.matter, state=PaymentOrder.State.ASKED
        ).first()
        amount = matter.sum("payment") or claim.committed
        if waiting is None:
            promised = (
                BudgetEntry.objects.filter(
                    line=matter.line, matter=matter.matter, move=Move.COMMIT.value, by__isnull=False
                )
                .order_by("-serial")
                .first()
            )
            if promised is None:
                raise Refused(_("没有人承诺过这笔资金,不能拨付。"))
            waiting = put_order(changes, matter.line, amount, matter=matter.matter, by=promised.by)
        elif matter.sum("payment") not in (None, waiting.amount):
            raise Refused(_("待放款的金额与本次填写的不一致。"))
        pay_order(changes, waiting, by=by)

    _carry_out(case, event, by, step, Move.PAY.label)


@effect("budget.release")
def release(case: Any, event: Any, by: Any) -> None:
    """Free all that is bound to the matter."""

    def step(matter: Matter, changes: ChangeSet, by: Any) -> None:
        claim = matter.claim()
        matter.book(changes, by, [(Move.RELEASE, claim.reserved), (Move.CANCEL, claim.committed)])

    _carry_out(case, event, by, step, Move.RELEASE.label)


@effect("budget.return")
def give_back(case: Any, event: Any, by: Any) -> None:
    """Note what came back: `recovered`, else all that was paid."""

    def step(matter: Matter, changes: ChangeSet, by: Any) -> None:
        came = matter.sum("recovered") or matter.claim().spent
        if not came:
            raise Refused(_("该事项没有拨付过资金,没有可追回的。"))
        matter.book(changes, by, [(Move.GIVE_BACK, came)])

    _carry_out(case, event, by, step, Move.GIVE_BACK.label)


def _matter(case: Any, event: Any) -> Matter:
    subject = case.enterprise or case.institution or case.person
    if subject is None:
        raise Refused(_("没有写明收款人,不能动用资金。"))
    key = str(case.data.get("matter") or "").strip() or f"case:{(case.parent or case).pk}"
    held = (
        BudgetClaim.objects.filter(matter=key).order_by("-line__year", "-pk").select_related("line").first()
    )
    return Matter(
        line=held.line if held else _line(str(case.data.get("line") or "").strip()),
        matter=key[:160],
        payee=str(getattr(subject, "credit_code", "") or subject.key)[:80],
        payee_name=str(subject)[:200],
        case=case,
        step=event.seq,
    )


def _line(written: str) -> BudgetLine:
    """The line that a form names. A matter that was begun stays on its line, wherever that was carried over."""
    lines = BudgetLine.objects.order_by("-year", "pk")
    if written.isdigit():
        found = list(lines.filter(pk=int(written))[:1])
    else:
        year = timezone.localdate().year
        found = list(lines.filter(title=written, year__lte=year)[:1]) or list(
            lines.filter(fund=written, year=year)[:2]
        )
    if len(found) != 1:
        raise Refused(_("没有找到预算“%s”,不能动用资金。请写预算的编号或名称。") % (written or _("(未填)")))
    return found[0]


def _day(written: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(written)) if written else None
    except ValueError:
        return None
