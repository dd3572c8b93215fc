"""The dictionary of indicators, the facts, and the register of sources, as tables.

The library's own values (luming.facts, luming.pack) decide; the tables hold them, and `values.py` turns one into
the other without loss.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming.facts import Frequency, IndicatorKind, Status
from luming.mark import Mark
from luming_portal.audit.governed import Governed
from luming_portal.fields import ExactDecimalField
from luming_portal.indicators.soundness import check_indicator, check_source, refuse_when_cited
from luming_portal.library_words import WORDS

MARKS = [(mark.value, WORDS[mark.label]) for mark in Mark]


class Source(Governed):
    """Where something was read. Mirrors are never linked to; the publisher's name is what users see."""

    noun = "source"

    key = models.CharField(_("编号"), max_length=80, unique=True)
    publisher = models.CharField(_("发布机构"), max_length=200)
    title = models.CharField(_("标题"), max_length=300, blank=True)
    date = models.CharField(_("日期"), max_length=30, blank=True)
    url = models.TextField(_("地址"), blank=True)
    mirror = models.BooleanField(_("转载页"), default=False)
    mark = models.CharField(_("可信度"), max_length=16, choices=MARKS)
    note = models.TextField(_("备注"), blank=True)
    published = models.BooleanField(_("对外发布"), default=True)
    steward = models.CharField(_("负责单位"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("来源")
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.publisher} {self.title}".strip()

    def clean(self) -> None:
        """Only what the boards can be reckoned with."""
        check_source(self)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Not while a published document names it."""
        refuse_when_cited(self)
        return super().delete(*args, **kwargs)

    @property
    def link(self) -> str:
        """The address, where a reader may be sent to it."""
        return self.url if self.url and not self.mirror else ""

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Published sources; a unit's own."""
        if scope == "published":
            return Q(published=True)
        return Q(steward=user.unit) if scope == "unit" and user.unit else None


class Indicator(Governed):
    """An entry of the dictionary (luming.facts.Indicator). `steward` is its owner: whom to ask for the figure."""

    noun = "indicator"

    key = models.CharField(_("编号"), max_length=80, unique=True)
    label = models.CharField(_("名称"), max_length=120)
    aliases = models.JSONField(_("别名"), default=list, blank=True)
    definition = models.TextField(_("口径"))
    unit = models.CharField(_("计量单位"), max_length=30)
    kind = models.CharField(
        _("类型"), max_length=16, choices=[(one.value, WORDS[one.label]) for one in IndicatorKind]
    )
    frequency = models.CharField(
        _("频度"), max_length=16, choices=[(one.value, WORDS[one.label]) for one in Frequency]
    )
    lag_days = models.PositiveIntegerField(_("滞后天数"), default=0)
    rhythm_mark = models.CharField(_("频度依据"), max_length=16, choices=MARKS, default=Mark.OURS.value)
    steward = models.CharField(_("数据单位"), max_length=100, blank=True)
    owner_mark = models.CharField(
        _("数据单位依据"), max_length=16, choices=MARKS, default=Mark.EXPECTED.value
    )
    statistic = models.CharField(_("统计来源"), max_length=300, blank=True)
    mark = models.CharField(_("可信度"), max_length=16, choices=MARKS, default=Mark.OURS.value)
    proxies = models.JSONField(_("代理指标"), default=list, blank=True)
    note = models.TextField(_("备注"), blank=True)
    published = models.BooleanField(_("对外发布"), default=True)
    position = models.PositiveIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("指标")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Only what the boards can be reckoned with."""
        check_indicator(self)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Not while a published document names it."""
        refuse_when_cited(self)
        return super().delete(*args, **kwargs)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Published indicators; those that a unit answers for."""
        if scope == "published":
            return Q(published=True)
        return Q(steward=user.unit) if scope == "unit" and user.unit else None


class Fact(Governed):
    """One figure (luming.facts.Fact). A correction is a new fact that names the old one; facts are never changed.

    Attributes:
        value: exact; `value_sort` the same as a float, to sort and filter by.
        supersedes: key of the fact that this one corrects, or "".
        superseded: whether another fact corrects this one; kept by the services.
    """

    noun = "fact"

    key = models.CharField(_("编号"), max_length=80, unique=True)
    subject = models.CharField(_("对象"), max_length=100, db_index=True)
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("指标"), on_delete=models.PROTECT, related_name="facts"
    )
    period = models.CharField(_("时期"), max_length=24)
    period_start = models.DateField(_("起"))
    period_end = models.DateField(_("止"))
    value = ExactDecimalField(_("数值"))
    value_sort = models.FloatField(editable=False)
    unit = models.CharField(_("单位"), max_length=30)
    status = models.CharField(
        _("性质"), max_length=16, choices=[(one.value, WORDS[one.label]) for one in Status]
    )
    source = models.ForeignKey(Source, verbose_name=_("来源"), on_delete=models.PROTECT, related_name="facts")
    recorded_on = models.DateField(_("登记日"))
    supersedes = models.CharField(_("更正"), max_length=80, blank=True)
    superseded = models.BooleanField(_("已被更正"), default=False, editable=False)
    note = models.TextField(_("备注"), blank=True)
    published = models.BooleanField(_("对外发布"), default=True)

    class Meta:
        verbose_name = _("数据")
        ordering = ["-recorded_on", "-id"]
        indexes = [
            models.Index(fields=["indicator", "subject", "period_end"]),
            models.Index(fields=["subject", "-recorded_on", "-id"]),
            models.Index(fields=["-recorded_on", "-id"]),
            models.Index(
                fields=["-recorded_on", "-id"], condition=Q(published=True), name="facts_published_recorded"
            ),
            models.Index(fields=["indicator", "-recorded_on", "-id"]),
            models.Index(fields=["value_sort", "id"]),
            models.Index(fields=["period_end"]),
            models.Index(fields=["supersedes"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.indicator.label} {self.period}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the number to sort by."""
        self.value_sort = float(self.value or 0)
        super().save(*args, **kwargs)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Published facts; those of indicators that a unit answers for."""
        if scope == "published":
            return Q(published=True)
        return Q(indicator__steward=user.unit) if scope == "unit" and user.unit else None
