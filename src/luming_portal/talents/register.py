"""The registers of talent cards and benefits, described."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luming_portal.accounts.roles import Level
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.common_columns import KEEPING, ORIGIN
from luming_portal.registers.register import Register
from luming_portal.talents.models import BenefitState, CardState, TalentBenefit, TalentCard

CARDS = Register(
    slug="talent-cards",
    noun="talent_card",
    model=TalentCard,
    label=pgettext_lazy("register", "人才卡"),
    unit_word=_("张"),
    icon="id-badge-2",
    about=_("人才服务卡按一类至六类登记。对外只有姓名、单位和类别;涉密或本人要求不公示的不对外。"),
    title="name",
    search=("name", "employer", "number", "key"),
    ordering=("-id",),
    select=("source",),
    form="luming_portal.talents.forms.TalentCardForm",
    columns=(
        Column("name", _("姓名")),
        Column("employer", _("用人单位")),
        Column("talent_class", _("类别"), Kind.CHOICE),
        Column("field", _("专业领域"), level=Level.INTERNAL, shown=False),
        Column("engagement", _("引进方式"), Kind.CHOICE, level=Level.INTERNAL),
        Column("urgent", _("急需紧缺"), Kind.FLAG, level=Level.INTERNAL, shown=False),
        Column("year", _("核定年度"), Kind.NUMBER, level=Level.INTERNAL, shown=False),
        Column("days", _("当年在包天数"), Kind.NUMBER, level=Level.FIRM, unit=_("天"), shown=False),
        Column("number", _("卡号"), level=Level.FIRM, shown=False),
        Column("valid_from", _("发卡日期"), Kind.DATE, level=Level.INTERNAL, shown=False),
        Column("valid_to", _("有效期至"), Kind.DATE, level=Level.INTERNAL),
        Column("state", _("状态"), Kind.CHOICE, choices=dict(CardState.choices), level=Level.INTERNAL),
        Column("secret", _("不公示"), Kind.FLAG, level=Level.INTERNAL, shown=False),
        *ORIGIN,
        *KEEPING,
    ),
)

BENEFITS = Register(
    slug="talent-benefits",
    noun="talent_benefit",
    model=TalentBenefit,
    label=pgettext_lazy("register", "人才权益"),
    unit_word=_("项"),
    icon="certificate",
    about=_("人才服务卡各类可享的权益。权益表全文没有查到:只有读到原文的写内容,其余标“待导入”。"),
    title="name",
    search=("name", "department", "document", "key"),
    ordering=("key",),
    select=("source",),
    form="luming_portal.talents.forms.TalentBenefitForm",
    columns=(
        Column("name", _("权益")),
        Column("department", _("责任单位"), Kind.CHOICE),
        Column("classes", _("适用类别"), Kind.LIST, sort="", filtered=False),
        Column("quota", _("额度")),
        Column("frequency", _("次数"), shown=False),
        Column("evidence", _("所需材料"), shown=False),
        Column("is_money", _("涉及资金"), Kind.FLAG, shown=False),
        Column("document", _("依据")),
        Column("ended_on", _("停止日期"), Kind.DATE, shown=False),
        Column("state", _("导入情况"), Kind.CHOICE, choices=dict(BenefitState.choices)),
        *ORIGIN,
        *KEEPING,
    ),
)

REGISTERS = (CARDS, BENEFITS)
