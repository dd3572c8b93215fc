"""A month's cycle of reporting and its reports: one figure, or one measure's progress, asked of one unit.

The rules are luming.reporting's.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming.mark import Mark
from luming.reporting import Handled, Stage
from luming_portal.attached.file import AttachedFile
from luming_portal.audit.governed import Governed
from luming_portal.fields import ExactDecimalField
from luming_portal.indicators.models import MARKS
from luming_portal.library_words import WORDS


class ReportingMonth(Governed):
    """The cycle for the figures of one calendar month under one document."""

    noun = "reporting_month"

    document = models.ForeignKey(
        "documents.Document", verbose_name=_("文件"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("年"))
    month = models.PositiveSmallIntegerField(_("月"))
    due_on = models.DateField(_("报送截止"))
    verify_by = models.DateField(_("核定截止"))
    publish_by = models.DateField(_("发布截止"))

    class Meta:
        verbose_name = _("报送期")
        ordering = ["-year", "-month", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "year", "month", "demo"], name="reporting_month_once_each"
            )
        ]

    def __str__(self) -> str:
        return gettext("%(year)d年%(month)d月报送") % {"year": self.year, "month": self.month}

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """A unit sees the months in which something is asked of it or comes through it."""
        if scope == "unit" and user.unit:
            asked = Report.objects.filter(Q(unit=user.unit) | Q(lead=user.unit)).order_by()
            return Q(pk__in=asked.values("reporting_month"))
        return None


class Report(Governed):
    """One figure, or the progress of one measure in words, asked of one unit in a month.

    Attributes:
        title: what is asked, as it was called when the month was opened.
        indicator: of the figure; None where progress is asked.
        measure: id of the measure whose progress is asked; "" for a figure.
        lead: the unit that leads the measure and collects.
        period: what the figure speaks of, in the library's spelling.
        unchanged: reported as the same as last time, by one press.
        evidence: where the figure can be looked up: number of a paper, a register, a link.
        remark: why it was sent back, or is revised; for the unit to read.
        submitted_by: who handed it in; somebody else of the unit approves, where there is somebody else.
        fact: the figure as it was last published.
    """

    noun = "report"
    governed_fields = frozenset(
        {
            "unit",
            "lead",
            "of_measure",
            "period",
            "subject",
            "title",
            "measure",
            "indicator_id",
            "reporting_month_id",
        }
    )

    reporting_month = models.ForeignKey(
        ReportingMonth, verbose_name=_("报送期"), on_delete=models.PROTECT, related_name="reports"
    )
    position = models.PositiveIntegerField(_("次序"), default=0)
    unit = models.CharField(_("填报单位"), max_length=100)
    lead = models.CharField(_("牵头单位"), max_length=100)
    title = models.CharField(_("报送内容"), max_length=200, blank=True)
    indicator = models.ForeignKey(
        "indicators.Indicator",
        verbose_name=_("指标"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    measure = models.CharField(_("条"), max_length=16, blank=True)
    subject = models.CharField(_("对象"), max_length=100)
    period = models.CharField(_("时期"), max_length=24)
    of_measure = models.CharField(_("计量单位"), max_length=30, blank=True)
    mark = models.CharField(_("分工依据"), max_length=16, choices=MARKS, default=Mark.EXPECTED.value)
    stage = models.CharField(
        _("状态"),
        max_length=12,
        default=Stage.DRAFT.value,
        choices=[(one.value, WORDS[one.label]) for one in Stage],
    )
    value: models.Field[Any, Any] = ExactDecimalField(_("数值"), null=True, blank=True)
    unchanged = models.BooleanField(_("与上期相同"), default=False)
    narrative = models.TextField(_("进展与原因"), blank=True)
    evidence = models.TextField(_("依据"), blank=True)
    remark = models.TextField(_("退回或修订理由"), blank=True)
    submitted_on = models.DateField(_("首次提交日"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        "accounts.User",
        verbose_name=_("提交人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    returns = models.PositiveIntegerField(_("退回次数"), default=0)
    revisions = models.PositiveIntegerField(_("发布后修订次数"), default=0)
    fact = models.ForeignKey(
        "indicators.Fact",
        verbose_name=_("已发布数据"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("报送")
        ordering = ["reporting_month", "unit", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reporting_month", "indicator", "subject"], name="report_asked_once"
            ),
            models.UniqueConstraint(
                fields=["reporting_month", "measure", "unit"],
                condition=~Q(measure=""),
                name="progress_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(indicator__isnull=False, measure="") | Q(indicator__isnull=True) & ~Q(measure=""),
                name="figure_or_progress",
            ),
        ]
        indexes = [
            models.Index(fields=["reporting_month", "unit"]),
            models.Index(fields=["reporting_month", "lead"]),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.label} {self.period}"

    @property
    def label(self) -> str:
        """What is asked, in words."""
        return self.title or (self.indicator.label if self.indicator else self.measure)

    @property
    def asks_figure(self) -> bool:
        """Whether a figure is asked; otherwise progress in words."""
        return self.indicator_id is not None

    @property
    def at(self) -> Stage:
        """Where it stands."""
        return Stage(self.stage)

    @property
    def leads_itself(self) -> bool:
        """Whether the reporting unit leads the measure itself."""
        return self.unit == self.lead

    def handled(self) -> Handled:
        """What became of it, for the shares of its unit."""
        return Handled(
            self.unit,
            self.reporting_month.due_on,
            self.submitted_on,
            self.returns,
            self.revisions,
            published=self.fact_id is not None or self.at is Stage.PUBLISHED or self.revisions > 0,
        )

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """What a unit reports, and what it collects once the other unit has approved it."""
        if scope != "unit" or not user.unit:
            return None
        before = [Stage.DRAFT.value, Stage.SUBMITTED.value]
        return Q(unit=user.unit) | (Q(lead=user.unit) & ~Q(stage__in=before))


class ReportFile(Governed, AttachedFile):
    """A photo or paper that shows where a report comes from; taken back only while the report is in its unit's hands."""

    noun = "report_file"
    folder = "reports"
    governed_fields = frozenset({"report_id"})

    report = models.ForeignKey(
        Report, verbose_name=_("报送项"), on_delete=models.PROTECT, related_name="files"
    )

    class Meta:
        verbose_name = _("报送材料")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report} {self.caption}"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Those of the reports that the unit sees."""
        seen = Report.scope_filter(scope, user)
        return None if seen is None else Q(report__in=Report.objects.filter(seen).order_by().values("pk"))
