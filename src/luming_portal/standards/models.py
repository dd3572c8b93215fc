"""What is known of firms for the standards, and which lists of titles the register holds in full."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import Governed


class Origin(models.TextChoices):
    """Who says a fact."""

    FIRM = "firm", _("企业填报")
    OFFICE = "office", _("部门录入")
    FILE = "file", _("表格导入")


def of_firm(scope: Any, user: Any, path: str = "enterprise") -> Q | None:
    """The condition of a scope on records that hang on a firm."""
    if not user.is_authenticated:
        return None
    if scope == "own":
        return Q(**{f"{path}_id": user.enterprise_id}) if user.enterprise_id else None
    if scope == "district":
        return Q(**{f"{path}__district": user.district}) if user.district else None
    return None


class FirmFact(Governed):
    """One fact of a firm as somebody stated it. It is never changed: a later row takes the place of an earlier one.

    Attributes:
        year: the last full year of the statement; `revenue` of 2025 is what the dictionary calls the last full year.
        key: of the dictionary of inputs.
        value: as written, in the unit of the dictionary; "" takes the fact back, as though it had not been stated.
        source: on what the statement rests (审计报告, 统计年报 …).
        recorded_on: since when it is known here.
    """

    noun = "firm_fact"
    governed_fields = frozenset({"value"})

    enterprise = models.ForeignKey(
        "enterprises.Enterprise", verbose_name=_("企业"), on_delete=models.PROTECT, related_name="firm_facts"
    )
    year = models.PositiveIntegerField(_("所属年度"))
    key = models.CharField(_("事实"), max_length=60)
    value = models.CharField(_("数值"), max_length=80, blank=True)
    origin = models.CharField(_("填报方"), max_length=8, choices=Origin.choices)
    source = models.CharField(_("依据"), max_length=200, blank=True)
    recorded_on = models.DateField(_("登记日"))
    entered_by = models.ForeignKey(
        "accounts.User", verbose_name=_("登记人"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("企业事实")
        ordering = ["enterprise", "year", "key", "pk"]
        indexes = [models.Index(fields=["enterprise", "key", "year"])]

    def __str__(self) -> str:
        if not self.key:
            return str(self.enterprise)
        told = {"firm": self.enterprise, "year": self.year, "key": self.key}
        return gettext("%(firm)s %(year)d年度 %(key)s") % told

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """The facts of one's own firm, or of the firms of one's district."""
        return of_firm(scope, user)


class CompleteRegister(Governed):
    """The register holds every firm with a title, as the office declares; then a firm without an entry has no title.

    Attributes:
        first_day, last_day: the days for which that holds, both included.
        basis: by which list that was checked.
    """

    noun = "complete_register"

    title = models.CharField(_("资质"), max_length=100, db_index=True)
    first_day = models.DateField(_("自"))
    last_day = models.DateField(_("至"))
    basis = models.CharField(_("依据"), max_length=300)
    withdrawn_on = models.DateField(_("撤回日"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("资质台账核全")
        ordering = ["title", "-last_day", "-pk"]

    def __str__(self) -> str:
        return gettext("%(title)s %(first)s至%(last)s") % {
            "title": self.title,
            "first": self.first_day,
            "last": self.last_day,
        }


class AssessmentRun(Governed):
    """One assessment of many firms by chosen standards on a day. Its results are written once and never changed.

    Attributes:
        known_on: what was known on this day is what the results rest on.
        standards: name (key@version), label, document and hash of each rule.
        rules_digest: over all rules that were at hand; `results_digest`: over all results, set when it is finished.
        district, chain: which firms; "" for all.
        invented: over the invented firms of the demonstration; real and invented ones are never in one run.
        job: the background job; jobs are removed after a month.
        again: the run that this one repeats.
    """

    noun = "assessment_run"

    name = models.CharField(_("名称"), max_length=120)
    as_of = models.DateField(_("测算日"))
    known_on = models.DateField(_("数据截至"))
    standards = models.JSONField(_("标准"))
    rules_digest = models.CharField(_("规则校验值"), max_length=64)
    district = models.CharField(_("旗县区"), max_length=50, blank=True)
    chain = models.CharField(_("产业链"), max_length=60, blank=True)
    invented = models.BooleanField(_("演示企业"), default=False)
    job = models.UUIDField(_("后台任务"), null=True, editable=False)
    asked_by = models.ForeignKey(
        "accounts.User", verbose_name=_("提交人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    again = models.ForeignKey(
        "self", verbose_name=_("重算自"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    firms = models.PositiveIntegerField(_("企业数"), default=0)
    summary = models.JSONField(_("汇总"), default=dict)
    results_digest = models.CharField(_("结果校验值"), max_length=64, blank=True)
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    stopped_at = models.DateTimeField(_("停止时间"), null=True)

    class Meta:
        verbose_name = _("批量测算")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """open, done or stopped."""
        return "done" if self.finished_at else "stopped" if self.stopped_at else "open"


class AssessmentResult(models.Model):
    """What a run says of one firm, with the facts it rests on, as they stood. Written with the run, never changed.

    Attributes:
        facts: value, origin, source and day of each known fact, by key.
        verdicts: outcome, class, figures, deciding missing facts, nearness, and whether the title is held, by key.
    """

    noun = "firm_fact"

    run = models.ForeignKey(AssessmentRun, on_delete=models.CASCADE, related_name="results")
    enterprise = models.ForeignKey("enterprises.Enterprise", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("企业"), max_length=200)
    district = models.CharField(_("旗县区"), max_length=50, blank=True)
    facts = models.JSONField(default=dict)
    verdicts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("测算结果")
        ordering = ["run", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["run", "enterprise"], name="a_run_judges_a_firm_once")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """The results of one's own firm, or of the firms of one's district."""
        return of_firm(scope, user)


class PublicityList(Governed):
    """A list of firms for publicity: a draft out of a run's candidates, then frozen and open to everybody.

    Attributes:
        entries: firm (key), name and district of each, in the order of the list.
        left_out: the candidates that were taken off the draft, each with its reason.
        digest: over title, rule and entries as frozen.
        first_day, last_day: of the publicity, in working days from the day it was frozen.
    """

    noun = "publicity_list"

    run = models.ForeignKey(
        AssessmentRun, verbose_name=_("批量测算"), on_delete=models.PROTECT, related_name="lists"
    )
    standard = models.JSONField(_("标准"))
    title = models.CharField(_("标题"), max_length=120)
    entries = models.JSONField(_("名单"), default=list)
    left_out = models.JSONField(_("移出的"), default=list)
    digest = models.CharField(_("校验值"), max_length=64, blank=True)
    first_day = models.DateField(_("公示自"), null=True, blank=True)
    last_day = models.DateField(_("公示至"), null=True, blank=True)

    class Meta:
        verbose_name = _("公示名单")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_frozen(self) -> bool:
        """Whether it can no longer be changed."""
        return self.first_day is not None

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Frozen lists are published."""
        return Q(first_day__isnull=False) if scope == "published" else None
