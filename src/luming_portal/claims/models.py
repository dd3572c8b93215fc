"""The register of claims to be the first or the most. A claim is a claim until somebody has checked it.

No criteria for “首” and “最” were published (not found), so nothing is derived: who checked, when and on what evidence
stands beside every claim that is said to hold.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import RegisterRecord


class ClaimState(models.TextChoices):
    """What is known of a claim."""

    CLAIMED = "claimed", _("不作认定(待核)")
    HELD = "held", _("主张成立")
    NOT_HELD = "not_held", _("主张不成立")
    WITHDRAWN = "withdrawn", _("已撤回")


CHECKED = (ClaimState.HELD.value, ClaimState.NOT_HELD.value)


class FirstClaim(RegisterRecord):
    """A claim: which product, first or most of what, within which reach, on what evidence, checked by whom.

    Attributes:
        claimant: as the claim names it; `enterprise` and `institution` where the registers know it.
        words: the words that the check let stand; may be narrower than the claim.
        number: under which it was registered; one number is rewarded once.
        case: in which it was checked.
    """

    noun = "first_claim"

    key = models.CharField(_("编号"), max_length=40, unique=True)
    product = models.CharField(_("产品或成果"), max_length=200, db_index=True)
    kind = models.CharField(_("类别"), max_length=20, db_index=True)
    scope = models.CharField(_("范围"), max_length=20, blank=True)
    claim = models.CharField(_("主张"), max_length=500)
    claimant = models.CharField(_("主张单位"), max_length=200)
    enterprise = models.ForeignKey(
        "enterprises.Enterprise",
        verbose_name=_("企业"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="first_claims",
    )
    institution = models.ForeignKey(
        "institutions.Institution",
        verbose_name=_("机构"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="first_claims",
    )
    launched_on = models.DateField(_("推出日期"), null=True, blank=True)
    evidence = models.TextField(_("证据"), blank=True)
    state = models.CharField(
        _("核定情况"), max_length=10, choices=ClaimState.choices, default=ClaimState.CLAIMED, db_index=True
    )
    words = models.CharField(_("核定的表述"), max_length=200, blank=True)
    number = models.CharField(_("登记编号"), max_length=40, blank=True)
    checked_by = models.CharField(_("核定人或专家组"), max_length=200, blank=True)
    checked_on = models.DateField(_("核定日期"), null=True, blank=True)
    case = models.OneToOneField(
        "cases.Case",
        verbose_name=_("事项"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("首最成果主张")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="a_claim_number_once")
        ]

    def __str__(self) -> str:
        return self.product

    def clean(self) -> None:
        """What is said to hold or not to hold says who checked, when, on what evidence; what holds says in which words."""
        problems: dict[str, Any] = {}
        if self.state in CHECKED:
            for name in ("checked_by", "checked_on", "evidence"):
                if not getattr(self, name):
                    problems[name] = gettext("核定过的要填写;没有核定的保持“不作认定”。")
        if self.state == ClaimState.HELD and not self.words:
            problems["words"] = gettext("要写明核定成立的是哪句话。")
        if problems:
            raise ValidationError(problems)
