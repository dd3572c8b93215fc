"""A line of a fund in a year, and the caps of a fund."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luming.budget import Cap, CapScope
from luming.mark import Mark
from luming_portal.audit.governed import Governed


class BudgetLine(Governed):
    """One line: what the money is for, of which fund and year. What stands on it is reckoned from its entries.

    Attributes:
        fund: name that the lines of several years share; caps are the fund's.
        unit: the department in charge, whose officers decide.
        document, commitment: where the document sets the money aside; "" for a line of other origin.
        planned: what the document names, in fen; None where it names no sum. It is no appropriation.
        published: the public sees the line's sums (never its matters).
        follows: last year's line, once that was carried over into this one.
    """

    noun = "budget_line"

    title = models.CharField(_("名称"), max_length=200)
    fund = models.CharField(_("资金"), max_length=80)
    year = models.PositiveIntegerField(_("年度"))
    unit = models.CharField(_("主管部门"), max_length=100)
    document = models.ForeignKey(
        "documents.Document",
        verbose_name=_("文件"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="budget_lines",
    )
    commitment = models.CharField(_("条目"), max_length=80, blank=True)
    clause = models.CharField(_("条款"), max_length=20, blank=True)
    planned = models.BigIntegerField(_("文件安排"), null=True, blank=True)
    published = models.BooleanField(_("对外公开"), default=False)
    follows = models.OneToOneField(
        "self",
        verbose_name=_("上年预算"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="next",
    )
    note = models.TextField(_("备注"), blank=True)

    class Meta:
        verbose_name = _("预算")
        ordering = ["-year", "fund", "title"]
        constraints = [
            models.UniqueConstraint(fields=["fund", "year", "title"], name="one_line_of_a_title"),
            models.UniqueConstraint(
                fields=["document", "commitment"],
                condition=~Q(commitment=""),
                name="one_line_for_a_commitment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}({self.year}年)"

    def get_absolute_url(self) -> str:
        """The page with its ledger."""
        return reverse("budgets:line", args=[self.pk])

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Published lines; those of the user's department."""
        if scope == "published":
            return Q(published=True)
        if scope == "unit":
            return Q(unit=user.unit) if user.unit else None
        return None


class FundCap(Governed):
    """A cap of a fund, as luming.budget counts it. Taken back by an end, never removed."""

    noun = "fund_cap"

    fund = models.CharField(_("资金"), max_length=80, db_index=True)
    scope = models.CharField(_("范围"), max_length=12, choices=[(one.value, one.label) for one in CapScope])
    limit = models.BigIntegerField(_("上限"))
    clause = models.CharField(_("依据"), max_length=200, blank=True)
    mark = models.CharField(_("可信度"), max_length=16, default=Mark.OURS.value)
    ended = models.BooleanField(_("已停用"), default=False)

    class Meta:
        verbose_name = _("资金上限")
        ordering = ["fund", "scope", "pk"]

    def __str__(self) -> str:
        return f"{self.fund} {self.get_scope_display()}"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Caps of funds with a line of the user's department."""
        if scope != "unit" or not user.unit:
            return None
        return Q(fund__in=BudgetLine.objects.filter(unit=user.unit).values("fund"))

    def value(self) -> Cap:
        """The library's cap."""
        return Cap(self.fund, CapScope(self.scope), self.limit, self.clause, Mark(self.mark))
