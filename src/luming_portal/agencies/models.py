"""The yearly grades of service agencies. Conditions and the way of grading were not found: grades are the bureau's own.

An agency counts once in the year in which it entered, by its credit code where it has one; see `selectors`.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import RegisterRecord

GRADES = ("A", "B", "C")


class AgencyGrade(RegisterRecord):
    """One agency in one year: since when it is in the register, how it was graded and why, whether it has left.

    Attributes:
        grade: "" while it is not graded.
        entered_on, left_on: of the register; an agency enters once.
    """

    noun = "agency_grade"

    key = models.CharField(_("编号"), max_length=40, unique=True)
    name = models.CharField(_("机构"), max_length=200, db_index=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", verbose_name=_("企业"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="agency_grades",
    )  # fmt: skip
    institution = models.ForeignKey(
        "institutions.Institution", verbose_name=_("机构(台账)"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="agency_grades",
    )  # fmt: skip
    services = models.JSONField(_("服务类型"), default=list, blank=True)
    year = models.PositiveSmallIntegerField(_("年度"))
    grade = models.CharField(_("等次"), max_length=1, blank=True, choices=[(one, one) for one in GRADES])
    basis = models.TextField(_("评价依据"), blank=True)
    clients = models.PositiveIntegerField(_("服务客户数"), null=True, blank=True)
    entered_on = models.DateField(_("入库日期"), null=True, blank=True)
    left_on = models.DateField(_("出库日期"), null=True, blank=True)
    case = models.ForeignKey(
        "cases.Case", verbose_name=_("事项"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="agency_grades",
    )  # fmt: skip

    class Meta:
        verbose_name = _("服务机构评价")
        ordering = ["-year", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="one_grade_a_year")]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"

    def clean(self) -> None:
        """A grade says on what it rests; nobody leaves before entering."""
        problems: dict[str, Any] = {}
        if self.grade and not self.basis:
            problems["basis"] = gettext("评了等次的要写明依据。")
        if self.entered_on and self.left_on and self.left_on < self.entered_on:
            problems["left_on"] = gettext("出库日期早于入库日期。")
        if problems:
            raise ValidationError(problems)
