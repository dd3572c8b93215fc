"""The register of projects."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import RegisterRecord
from luming_portal.fields import ExactDecimalField


class Project(RegisterRecord):
    """A major project. `investment` is in `investment_unit`; the stage is told in words, as its source tells it.

    `lead` answers for the project being built; `steward` keeps its entry in the register.
    """

    noun = "project"

    key = models.CharField(_("编号"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=200, db_index=True)
    owner = models.CharField(_("建设单位"), max_length=200, blank=True)
    lead = models.CharField(_("责任单位"), max_length=100, blank=True)
    chain = models.CharField(_("产业链"), max_length=60, blank=True, db_index=True)
    district = models.CharField(_("旗县区"), max_length=50, blank=True)
    investment: Any = ExactDecimalField(_("总投资"), null=True, blank=True)
    investment_sort = models.FloatField(null=True, editable=False)
    investment_unit = models.CharField(_("投资单位"), max_length=20, blank=True)
    stage = models.CharField(_("进展"), max_length=100, blank=True)
    date = models.CharField(_("时间"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("项目")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Keeps the number to sort by."""
        self.investment_sort = None if self.investment is None else float(self.investment)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the number to sort by."""
        self.investment_sort = None if self.investment is None else float(self.investment)
        super().save(*args, **kwargs)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """For the progress below it: the projects of a person's district too."""
        if scope == "district":
            return Q(district=user.district) if user.district else None
        return super().scope_filter(scope, user)
