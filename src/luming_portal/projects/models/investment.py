"""Investment of projects, planned and done, since the start, by month or quarter."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from luming.errors import PeriodError
from luming.monitor import Investment
from luming.period import Period, parse_period
from luming_portal.fields import ExactDecimalField
from luming_portal.projects.models.progress import ProgressRecord

_MONTHS = (1, 3)


class MoneyUnit(models.TextChoices):
    """The units that investment is reported in."""

    YI = "亿元", _("亿元")
    WAN = "万元", _("万元")


def a_month_or_quarter(text: str) -> None:
    """A period is one month or one quarter.

    Raises:
        ValidationError: it is not.
    """
    try:
        period = parse_period(text)
    except PeriodError:
        period = None
    if period is None or "/" in text or period.months not in _MONTHS or text.count("-") != 1:
        raise ValidationError(_("时期应是一个月或一个季度,如 2026-03 或 2026-Q1。"))


def not_below_nothing(value: str) -> None:
    """A sum, as it is stored, is not negative.

    Raises:
        ValidationError: it is.
    """
    if Decimal(value) < 0:
        raise ValidationError(_("金额不能是负数。"))


class InvestmentRow(ProgressRecord):
    """What was to be invested and what was, from the start of the project to the end of a period. Empty is unknown."""

    period = models.CharField(_("时期"), max_length=7, validators=[a_month_or_quarter])
    period_end = models.DateField(_("截至"), editable=False)
    planned: Any = ExactDecimalField(_("累计计划"), null=True, blank=True, validators=[not_below_nothing])
    actual: Any = ExactDecimalField(_("累计完成"), null=True, blank=True, validators=[not_below_nothing])
    unit = models.CharField(_("金额单位"), max_length=4, choices=MoneyUnit.choices, default=MoneyUnit.YI)
    evidence = models.CharField(_("数据依据"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("投资进度")
        ordering = ["period_end", "pk"]
        # A month and the quarter that ends with it would be two answers to one question.
        constraints = [models.UniqueConstraint(fields=["project", "period_end"], name="one_row_a_period")]

    def __str__(self) -> str:
        return f"{self.project} {self.period}"

    @property
    def span(self) -> Period:
        """The period."""
        return parse_period(self.period)

    def clean(self) -> None:
        """At least one sum, and a figure that was reported says where it comes from."""
        if self.planned is None and self.actual is None:
            raise ValidationError(_("累计计划和累计完成至少填一个;不知道的留空,不填0。"))
        if self.actual is not None and not self.evidence.strip():
            raise ValidationError({"evidence": _("累计完成数要写明依据,如统计报表、建设单位报送。")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the end of the period to sort by."""
        if self.period:
            self.period_end = self.span.end
        super().save(*args, **kwargs)

    def row(self) -> Investment:
        """As the library reckons with it."""
        return Investment(self.span.start, self.span.end, self.planned, self.actual, self.unit)
