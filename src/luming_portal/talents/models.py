"""Talent cards and the benefits that go with them.

Baotou's classes are numbered (一类 to 六类); letters A to F are another city's and are refused. What each class asks for
and what it is entitled to was not found: benefits that nobody has read in the measures themselves say 待导入.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming.presence import PresenceRule, days_needed, long_enough
from luming_portal.accounts.roles import Role
from luming_portal.audit.governed import RegisterRecord

CLASSES = ("一类", "二类", "三类", "四类", "五类", "六类", "同等条件")
FLEXIBLE = "柔性"
ENGAGEMENTS = ("全职", FLEXIBLE, "事业编制平台用", "高校才企业用", "企业才高校用")
RULE = PresenceRule()
"""How many days are a month is 平台默认口径; the months are the measures' own."""


class CardState(models.TextChoices):
    """Where a card stands."""

    VALID = "valid", _("有效")
    SUSPENDED = "suspended", _("暂停")
    CANCELLED = "cancelled", _("已注销")
    EXPIRED = "expired", _("有效期满")


class TalentCard(RegisterRecord):
    """A card: whose, of which class, till when. The person's papers stay with the case; here stand name, unit and class.

    Attributes:
        days: attested days in the city in `year`; asked of those who come part of the year.
        secret: not to be shown to the public, whatever `published` says.
    """

    noun = "talent_card"
    personal_fields = frozenset({"days"})

    key = models.CharField(_("编号"), max_length=40, unique=True)
    number = models.CharField(_("卡号"), max_length=40, blank=True, db_index=True)
    name = models.CharField(_("姓名"), max_length=60, db_index=True)
    employer = models.CharField(_("用人单位"), max_length=200)
    enterprise = models.ForeignKey(
        "enterprises.Enterprise", verbose_name=_("企业"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="talent_cards",
    )  # fmt: skip
    talent_class = models.CharField(_("类别"), max_length=10, choices=[(one, one) for one in CLASSES])
    field = models.CharField(_("专业领域"), max_length=200, blank=True)
    engagement = models.CharField(
        _("引进方式"), max_length=20, choices=[(one, one) for one in ENGAGEMENTS], default="全职"
    )
    urgent = models.BooleanField(_("急需紧缺"), default=False)
    year = models.PositiveSmallIntegerField(_("核定年度"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("当年在包天数"), null=True, blank=True)
    valid_from = models.DateField(_("发卡日期"), null=True, blank=True)
    valid_to = models.DateField(_("有效期至"), null=True, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=CardState.choices, default=CardState.VALID, db_index=True
    )
    secret = models.BooleanField(_("不公示"), default=False)
    case = models.OneToOneField(
        "cases.Case",
        verbose_name=_("事项"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("人才服务卡")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="a_card_number_once")
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Who comes part of the year was here long enough; what is not to be shown is not published."""
        problems: dict[str, Any] = {}
        if self.secret and self.published:
            problems["published"] = gettext("涉密或本人要求不公示的,不能对外发布。")
        if self.state == CardState.VALID and self.engagement == FLEXIBLE:
            problems |= self._presence()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            problems["valid_to"] = gettext("有效期至早于发卡日期。")
        if problems:
            raise ValidationError(problems)

    def _presence(self) -> dict[str, Any]:
        if self.days is not None and self.days > 366:
            return {"days": gettext("应为0至366天。")}
        if long_enough(self.days, RULE, urgent=self.urgent):
            return {}
        needed = days_needed(RULE, urgent=self.urgent)
        if self.days is None:
            return {"days": gettext("柔性引进要填写当年在包天数(不少于%d天)。") % needed}
        return {
            "days": gettext(
                "柔性引进每年在包不少于%(months)d个月(按%(days)d天算,平台默认口径),填的是%(given)d天。"
            )
            % {
                "months": RULE.urgent_months if self.urgent else RULE.months,
                "days": needed,
                "given": self.days,
            }
        }

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """A firm's own people; what is published and not secret; a unit's."""
        if scope == "own":
            ours = user.role == Role.ENTERPRISE and user.enterprise_id
            return Q(enterprise_id=user.enterprise_id) if ours else None
        if scope == "published":
            return Q(published=True, secret=False)
        return super().scope_filter(scope, user)


class BenefitState(models.TextChoices):
    """How far a benefit line is known."""

    READ = "read", _("已核原文")
    TO_BRING_IN = "to_bring_in", _("待导入")
    ENDED = "ended", _("已停止")


class TalentBenefit(RegisterRecord):
    """A line of the table of benefits: what, of which bureau, for which classes. Unknown is empty, never guessed."""

    noun = "talent_benefit"

    key = models.CharField(_("编号"), max_length=40, unique=True)
    name = models.CharField(_("权益"), max_length=200, db_index=True)
    department = models.CharField(_("责任单位"), max_length=100, blank=True)
    classes = models.JSONField(_("适用类别"), default=list, blank=True)
    quota = models.CharField(_("额度"), max_length=200, blank=True)
    frequency = models.CharField(_("次数"), max_length=100, blank=True)
    evidence = models.CharField(_("所需材料"), max_length=300, blank=True)
    is_money = models.BooleanField(_("涉及资金"), default=False)
    document = models.CharField(_("依据"), max_length=200, blank=True)
    ended_on = models.DateField(_("停止日期"), null=True, blank=True)
    state = models.CharField(
        _("导入情况"), max_length=12, choices=BenefitState.choices, default=BenefitState.TO_BRING_IN
    )

    class Meta:
        verbose_name = _("人才权益")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """What was read names its document; classes are Baotou's numbered ones."""
        problems: dict[str, Any] = {}
        if self.state == BenefitState.READ and not self.document:
            problems["document"] = gettext("已核原文的要写明文件名称或文号。")
        wrong = [one for one in self.classes if one not in CLASSES]
        if wrong:
            problems["classes"] = gettext(
                "“%s”不是包头的类别;包头按一类至六类分,A至F是外市的分法。"
            ) % "、".join(wrong)
        if problems:
            raise ValidationError(problems)
