"""A call under which a line is shared out, and the requests under it."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luming.budget import Call, Method, Request, Tail, Weight
from luming_portal.audit.governed import Governed
from luming_portal.budgets.models.line import BudgetLine
from luming_portal.fields import ExactDecimalField


class AllocationCall(Governed):
    """One call: its window and its method, named before the window opens and then never changed.

    Attributes:
        budget: what is shared out, in fen, noted with the outcome.
        outcome: rule, inputs and awards as decided (luming_portal.budgets.outcomes), None before.
    """

    noun = "allocation"

    line = models.ForeignKey(
        BudgetLine, verbose_name=_("预算"), on_delete=models.PROTECT, related_name="calls"
    )
    title = models.CharField(_("名称"), max_length=200)
    method = models.CharField(_("方法"), max_length=12, choices=[(one.value, one.label) for one in Method])
    tail = models.CharField(_("放不下时"), max_length=8, choices=[(one.value, one.label) for one in Tail])
    weight = models.CharField(_("比例依据"), max_length=8, choices=[(one.value, one.label) for one in Weight])
    seed = models.CharField(_("抽签种子"), max_length=100, blank=True)
    declared_at = models.DateTimeField(_("方法公布时间"))
    opens_at = models.DateTimeField(_("开放申报"))
    closes_at = models.DateTimeField(_("截止申报"))
    budget = models.BigIntegerField(_("可分配"), null=True, blank=True)
    outcome = models.JSONField(_("结果"), null=True, blank=True)
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("决定人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("资金分配")
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(declared_at__lt=F("opens_at")), name="declared_before_it_opens"
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="closes_after_it_opens"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page with rule, inputs and outcome."""
        return reverse("budgets:allocation", args=[self.pk])

    def state_at(self, now: dt.datetime) -> str:
        """coming, open, closed (waits for the decision) or decided."""
        if self.decided_at is not None:
            return "decided"
        if now < self.opens_at:
            return "coming"
        return "open" if now < self.closes_at else "closed"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Calls on the department's lines."""
        return Q(line__unit=user.unit) if scope == "unit" and user.unit else None

    def value(self) -> Call:
        """The library's call."""
        return Call(
            Method(self.method),
            self.declared_at,
            self.opens_at,
            self.closes_at,
            Tail(self.tail),
            Weight(self.weight),
            self.seed,
        )


class AllocationRequest(Governed):
    """One request under a call. Its matter is what the award reserves for."""

    noun = "allocation"

    call = models.ForeignKey(
        AllocationCall, verbose_name=_("资金分配"), on_delete=models.PROTECT, related_name="requests"
    )
    matter = models.CharField(_("事项"), max_length=160)
    name = models.CharField(_("名称"), max_length=200)
    payee = models.CharField(_("收款人编号"), max_length=80)
    payee_name = models.CharField(_("收款人"), max_length=200, blank=True)
    asked = models.BigIntegerField(_("申请额"))
    at = models.DateTimeField(_("提交时间"))
    score = ExactDecimalField(_("评分"), null=True, blank=True)
    cap = models.BigIntegerField(_("上限"), null=True, blank=True)
    precedence = models.PositiveSmallIntegerField(_("次序"), default=2)
    origin = models.CharField(_("来源"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("分配申请")
        ordering = ["call", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "matter"], name="one_request_a_matter")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Requests under the department's calls."""
        return Q(call__line__unit=user.unit) if scope == "unit" and user.unit else None

    def value(self) -> Request:
        """The library's request."""
        return Request(
            self.matter,
            self.name,
            self.asked,
            self.at,
            None if self.score is None else Fraction(self.score),
            self.cap,
            self.precedence,
        )
