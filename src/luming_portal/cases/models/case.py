"""A case. Its events are the truth; what else it says is reckoned from them and kept to find it by."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming_portal.accounts.roles import Role
from luming_portal.audit.governed import Governed
from luming_portal.cases.models.process import StoredProcess


class Case(Governed):
    """One matter on its way through a process.

    Attributes:
        process: key; `stored` is the very version.
        number: given with the first step out of the start, without gaps within process and year; "" for a draft.
        state, state_label, public_state: where it stands: key, words for those who work on it, words for its subject.
        data: the fields of all forms, merged; money is text in the unit that the form states.
        unit: the department in charge; "" until one is.
        waits_for: whom it waits for, in words.
        due_at: the nearest deadline; `overdue` as of the last step or tick.
        outcome: approved, refused, withdrawn or closed; "" while it runs.
        parent: the decided case that this one reopens.
        token: of the page from which it was opened, so that a second click opens nothing.
    """

    noun = "case"

    process = models.CharField(_("流程"), max_length=60, db_index=True)
    stored = models.ForeignKey(
        StoredProcess, verbose_name=_("流程版本"), on_delete=models.PROTECT, related_name="cases"
    )
    process_name = models.CharField(_("事项"), max_length=100)
    title = models.CharField(_("标题"), max_length=200)
    year = models.PositiveSmallIntegerField(_("年度"), null=True, editable=False)
    serial = models.PositiveIntegerField(_("序号"), null=True, editable=False)
    number = models.CharField(_("编号"), max_length=140, blank=True, db_index=True)
    state = models.CharField(_("环节代码"), max_length=60, db_index=True)
    state_label = models.CharField(_("环节"), max_length=100)
    public_state = models.CharField(_("进度"), max_length=100)
    enterprise = models.ForeignKey(
        "enterprises.Enterprise",
        verbose_name=_("企业"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    institution = models.ForeignKey(
        "institutions.Institution",
        verbose_name=_("机构"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    person = models.ForeignKey(
        "people.Person",
        verbose_name=_("人员"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
    )
    applicant = models.ForeignKey(
        "accounts.User", verbose_name=_("经办人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    data = models.JSONField(_("内容"), default=dict, blank=True)
    unit = models.CharField(_("承办单位"), max_length=100, blank=True, db_index=True)
    waits_for = models.CharField(_("等待"), max_length=200, blank=True)
    opened_at = models.DateTimeField(_("建立时间"))
    submitted_at = models.DateTimeField(_("提交时间"), null=True)
    moved_at = models.DateTimeField(_("最近办理"))
    closed_at = models.DateTimeField(_("办结时间"), null=True)
    outcome = models.CharField(_("结果"), max_length=16, blank=True, db_index=True)
    due_at = models.DateTimeField(_("最近期限"), null=True, db_index=True)
    overdue = models.BooleanField(_("超期"), default=False)
    public_from = models.DateField(_("公示自"), null=True)
    public_until = models.DateField(_("公示至"), null=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("原事项"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    token = models.CharField(max_length=40, null=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("事项")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["demo", "process", "year", "serial"], name="case_number_once")
        ]
        indexes = [
            models.Index(fields=["process", "state"]),
            models.Index(fields=["enterprise", "process"]),
            models.Index(fields=["unit", "outcome"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def is_open(self) -> bool:
        """Whether it still runs."""
        return self.closed_at is None

    @property
    def subject_name(self) -> str:
        """Whom it is about."""
        return str(self.enterprise or self.institution or self.person or "")

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """One's own firm's or institution's cases; those of a unit that has a part in them; those of a district's firms.

        To whom a case was opened to read (an expert of its panel), it is his own as well.
        """
        reading = Q(pk__in=_related("CaseReader").filter(user_id=user.pk).values("case"))
        if scope == "own":
            if user.role == Role.ENTERPRISE and user.enterprise_id:
                return Q(enterprise_id=user.enterprise_id)
            if user.role == Role.INSTITUTION and user.institution_id:
                return Q(institution_id=user.institution_id) | reading
            return reading
        if scope == "unit" and user.unit:
            part = Q(pk__in=_related("CaseUnit").filter(unit=user.unit).values("case"))
            return (Q(unit=user.unit) | part | Q(applicant_id=user.pk) | reading) & _sent(user)
        if scope == "district" and user.district:
            ours = Q(enterprise__district=user.district) | Q(institution__district=user.district)
            return (ours | Q(applicant_id=user.pk) | reading) & _sent(user)
        return None


def _sent(user: Any) -> Q:
    """Nobody reads another's draft."""
    return Q(submitted_at__isnull=False) | Q(applicant_id=user.pk)


def _related(name: str) -> Any:
    """Records of a model that itself leads here."""
    return apps.get_model("cases", name)._base_manager
