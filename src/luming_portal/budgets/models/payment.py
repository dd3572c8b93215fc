"""An order to pay: one person asks, another one releases the money; the database knows it too."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import Governed
from luming_portal.budgets.models.ledger import BudgetEntry
from luming_portal.budgets.models.line import BudgetLine


class PaymentOrder(Governed):
    """One order. At most one waits for a matter of a line.

    Attributes:
        amount: in fen.
        settled_by: who released or refused it; never who asked.
        entry: the payment, once released.
    """

    noun = "payment_order"

    class State(models.TextChoices):
        """Where the order is."""

        ASKED = "asked", _("待放款")
        RELEASED = "released", _("已放款")
        REFUSED = "refused", _("已退回")

    line = models.ForeignKey(
        BudgetLine, verbose_name=_("预算"), on_delete=models.PROTECT, related_name="orders"
    )
    matter = models.CharField(_("事项"), max_length=160)
    payee = models.CharField(_("收款人编号"), max_length=80)
    payee_name = models.CharField(_("收款人"), max_length=200, blank=True)
    amount = models.BigIntegerField(_("金额"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED)
    reason = models.CharField(_("申请理由"), max_length=500)
    asked_at = models.DateTimeField(_("申请时间"))
    asked_by = models.ForeignKey(
        "accounts.User", verbose_name=_("申请人"), on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    settled_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("放款人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answer = models.CharField(_("处理意见"), max_length=500, blank=True)
    entry = models.OneToOneField(
        BudgetEntry,
        verbose_name=_("账目"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="order",
    )

    class Meta:
        verbose_name = _("拨付申请")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "matter"], condition=Q(state="asked"), name="one_order_waits_for_a_matter"
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True) | ~Q(settled_by=F("asked_by")), name="two_people_pay"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="order_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.get_state_display()}"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Orders on the department's lines."""
        return Q(line__unit=user.unit) if scope == "unit" and user.unit else None
