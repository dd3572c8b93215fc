"""The entries of a line, and what is reckoned from them: its sums, its matters, the counters of matters and caps.

Entries are append-only, by triggers of the database (migration 0003). The other three hold nothing that the entries do
not say; they are what a decision locks, and `luming_portal.budgets.replaying` proves them against the entries.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luming.budget import Balance, Claim, Entry, Move, Stage
from luming_portal.audit.governed import Governed
from luming_portal.budgets.models.line import BudgetLine


class BudgetEntry(Governed):
    """One entry of a line. Written once, never changed.

    Attributes:
        serial: counts the entries of the line, without a gap.
        key: names the entry once for all: what is sent twice is booked once.
        amount: in fen, above zero.
        origin: what it came from, such as case:17 or allocation:3; "" for a decision on the page.
        due_on: of a commitment, when it is to be paid.
    """

    noun = "budget_entry"

    line = models.ForeignKey(
        BudgetLine, verbose_name=_("预算"), on_delete=models.PROTECT, related_name="entries"
    )
    serial = models.PositiveIntegerField(_("序号"))
    key = models.CharField(_("编号"), max_length=200, unique=True)
    move = models.CharField(_("动作"), max_length=12, choices=[(one.value, one.label) for one in Move])
    stage = models.CharField(_("状态"), max_length=12, default=Stage.FREE.value)
    amount = models.BigIntegerField(_("金额"))
    matter = models.CharField(_("事项"), max_length=160, blank=True)
    payee = models.CharField(_("收款人编号"), max_length=80, blank=True)
    payee_name = models.CharField(_("收款人"), max_length=200, blank=True)
    due_on = models.DateField(_("应付日期"), null=True, blank=True)
    origin = models.CharField(_("来源"), max_length=80, blank=True)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("经办人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("预算账目")
        ordering = ["line", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["line", "serial"], name="one_serial_a_line"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_above_zero"),
        ]
        indexes = [models.Index(fields=["matter"])]

    def __str__(self) -> str:
        return f"{self.line_id}-{self.serial} {self.get_move_display()}"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Entries of the department's lines."""
        return Q(line__unit=user.unit) if scope == "unit" and user.unit else None

    def value(self) -> Entry:
        """The library's entry."""
        return Entry(self.key, Move(self.move), self.amount, self.matter, self.payee, Stage(self.stage))


class BudgetBalance(models.Model):
    """How a line stands, in fen; the row that every decision on the line locks. The database itself refuses less than 0."""

    line = models.OneToOneField(
        BudgetLine, on_delete=models.CASCADE, primary_key=True, related_name="balance"
    )
    appropriated = models.BigIntegerField(default=0)
    carried_in = models.BigIntegerField(default=0)
    carried_out = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    entries = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(committed__gte=0) & Q(returned__gte=0),
                name="balance_above_zero",
            ),
            models.CheckConstraint(condition=Q(returned__lte=F("paid")), name="returned_within_paid"),
            models.CheckConstraint(
                condition=Q(
                    appropriated__gte=F("carried_out")
                    + F("reserved")
                    + F("committed")
                    + F("paid")
                    - F("returned")
                    - F("carried_in")
                ),
                name="never_overspent",
            ),
        ]

    def __str__(self) -> str:
        return str(self.line_id)

    def value(self) -> Balance:
        """The library's balance."""
        return Balance(
            self.appropriated,
            self.carried_in,
            self.carried_out,
            self.reserved,
            self.committed,
            self.paid,
            self.returned,
        )


class BudgetClaim(models.Model):
    """How one matter stands on a line, in fen."""

    line = models.ForeignKey(BudgetLine, on_delete=models.CASCADE, related_name="claims")
    matter = models.CharField(max_length=160)
    payee = models.CharField(max_length=80)
    payee_name = models.CharField(max_length=200, blank=True)
    reserved = models.BigIntegerField(default=0)
    committed = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    returned = models.BigIntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["line", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "matter"], name="one_claim_a_matter"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0)
                & Q(committed__gte=0)
                & Q(returned__gte=0)
                & Q(returned__lte=F("paid")),
                name="claim_above_zero",
            ),
        ]

    def __str__(self) -> str:
        return self.matter

    def value(self) -> Claim:
        """The library's claim."""
        return Claim(self.payee, self.reserved, self.committed, self.paid, self.returned)


class BudgetCounter(models.Model):
    """What a matter (over all lines) or a cap has used, in fen; the rows are locked in the order of their names."""

    name = models.CharField(max_length=300, primary_key=True)
    used = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(used__gte=0), name="counter_above_zero")]

    def __str__(self) -> str:
        return self.name
