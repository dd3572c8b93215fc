"""What is known of firms for the standards, and which lists of titles the register holds in full."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as now
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
        return now("%(firm)s %(year)d年度 %(key)s") % told

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
        return now("%(title)s %(first)s至%(last)s") % {
            "title": self.title,
            "first": self.first_day,
            "last": self.last_day,
        }
