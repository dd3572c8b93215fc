"""The register of enterprises and their qualifications."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming.creditcode import CreditCodeError, parse_credit_code
from luming_portal.audit.governed import Governed, RegisterRecord
from luming_portal.fields import ExactDecimalField


def check_credit_code(text: str) -> None:
    """Refuse a text that is no unified social credit code (GB 32100-2015), saying why."""
    try:
        parse_credit_code(text)
    except CreditCodeError as problem:
        raise ValidationError(str(problem)) from problem


def normal_credit_code(text: str | None) -> str | None:
    """A code in half-width capitals; None for none. What is no code stays as it is: the validator tells."""
    if not text:
        return None
    try:
        return parse_credit_code(text).text
    except CreditCodeError:
        return text


class NameType(models.TextChoices):
    """How far the name of an entry is the registered name."""

    FULL = "full", _("全称")
    UNVERIFIED = "full_unverified", _("全称待核")
    SHORT = "short", _("简称")
    PROJECT = "project", _("项目名,非法人")


class Enterprise(RegisterRecord):
    """A firm. Money is in 亿元, with the period it speaks of; the district is where the firm is, never read from its code.

    Attributes:
        affiliation: whose firm it is, in the words of the source (金力永磁(300748)子公司).
        titles: the titles of its qualifications, joined by 、, to show and filter by; kept by the services.
    """

    noun = "enterprise"

    key = models.CharField(_("编号"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=200, db_index=True)
    name_type = models.CharField(
        _("名称性质"), max_length=16, choices=NameType.choices, default=NameType.FULL
    )
    credit_code = models.CharField(
        _("统一社会信用代码"),
        max_length=18,
        null=True,
        blank=True,
        unique=True,
        validators=[check_credit_code],
    )
    former_names = models.JSONField(_("曾用名"), default=list, blank=True)
    district = models.CharField(_("旗县区"), max_length=50, blank=True, db_index=True)
    chain = models.CharField(_("产业链"), max_length=60, blank=True, db_index=True)
    segment = models.CharField(_("环节与产品"), max_length=300, blank=True)
    affiliation = models.CharField(_("隶属关系"), max_length=120, blank=True)
    titles = models.CharField(_("资质"), max_length=500, blank=True, editable=False)
    stock_code = models.CharField(_("股票代码"), max_length=20, blank=True)
    revenue = ExactDecimalField(_("营业收入(亿元)"), null=True, blank=True)
    revenue_sort = models.FloatField(null=True, editable=False)
    revenue_period = models.CharField(_("收入所属期"), max_length=24, blank=True)
    rd_expense = ExactDecimalField(_("研发费用(亿元)"), null=True, blank=True)
    rd_period = models.CharField(_("研发费用所属期"), max_length=24, blank=True)
    staff = models.PositiveIntegerField(_("职工人数"), null=True, blank=True)
    rd_staff = models.PositiveIntegerField(_("研发人员"), null=True, blank=True)
    contact = models.CharField(_("联系人"), max_length=60, blank=True)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("企业")
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["name", "id"]),
            models.Index(fields=["district", "name", "id"]),
            models.Index(
                fields=["name", "id"], condition=Q(published=True), name="enterprises_published_name"
            ),
            models.Index(fields=["chain", "name", "id"]),
            models.Index(fields=["revenue_sort", "id"]),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A code in half-width capitals, or none at all; the number to sort by."""
        self.credit_code = normal_credit_code(self.credit_code)
        self.revenue_sort = None if self.revenue is None else float(self.revenue)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the number to sort by."""
        self.revenue_sort = None if self.revenue is None else float(self.revenue)
        super().save(*args, **kwargs)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """A firm's own entry; a district's firms; what is published."""
        if scope == "own":
            return Q(pk=user.enterprise_id) if user.enterprise_id else None
        if scope == "district":
            return Q(district=user.district) if user.district else None
        return super().scope_filter(scope, user)


class Qualification(Governed):
    """A title of a firm with its validity: 高新技术企业, 科技型中小企业, 瞪羚 … `valid_until` empty means unknown."""

    noun = "enterprise"

    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.PROTECT, related_name="qualifications"
    )
    title = models.CharField(_("资质"), max_length=100, db_index=True)
    number = models.CharField(_("证书编号或批次"), max_length=60, blank=True)
    issued_on = models.DateField(_("发证日期"), null=True, blank=True)
    year = models.PositiveIntegerField(_("认定年度"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    source = models.ForeignKey(
        "indicators.Source",
        verbose_name=_("来源"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    mark = models.CharField(_("可信度"), max_length=16, default="secondary")

    class Meta:
        verbose_name = _("资质")
        ordering = ["enterprise", "title"]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.title}"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """As far as the firm itself is seen."""
        inner = {
            "own": "enterprise_id",
            "district": "enterprise__district",
            "published": "enterprise__published",
        }
        values = {"own": user.enterprise_id if user.is_authenticated else None, "published": True}
        value = user.district if scope == "district" else values.get(scope)
        return Q(**{inner[scope]: value}) if scope in inner and value else None
