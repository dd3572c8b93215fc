"""The register of institutions: universities, institutes, laboratories, platforms."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import RegisterRecord
from luming_portal.enterprises.models import check_credit_code, normal_credit_code


class Institution(RegisterRecord):
    """A university, institute, laboratory or platform."""

    noun = "institution"

    key = models.CharField(_("编号"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=200, db_index=True)
    credit_code = models.CharField(
        _("统一社会信用代码"),
        max_length=18,
        null=True,
        blank=True,
        unique=True,
        validators=[check_credit_code],
    )
    former_names = models.JSONField(_("曾用名"), default=list, blank=True)
    kind = models.CharField(_("类别"), max_length=60, blank=True, db_index=True)
    level = models.CharField(_("级别"), max_length=60, blank=True)
    district = models.CharField(_("旗县区"), max_length=50, blank=True, db_index=True)
    field = models.CharField(_("领域"), max_length=300, blank=True)
    contact = models.CharField(_("联系人"), max_length=60, blank=True)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("机构")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A code in half-width capitals, or none at all."""
        self.credit_code = normal_credit_code(self.credit_code)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """An institution's own entry; a district's; what is published."""
        if scope == "own":
            return Q(pk=user.institution_id) if user.institution_id else None
        if scope == "district":
            return Q(district=user.district) if user.district else None
        return super().scope_filter(scope, user)
