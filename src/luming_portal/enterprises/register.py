"""The register of enterprises, described."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luming_portal.accounts.roles import Level
from luming_portal.enterprises.models import Enterprise, NameType
from luming_portal.enterprises.pages import qualification_lines
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.common_columns import KEEPING, ORIGIN
from luming_portal.registers.register import Register

ENTERPRISES = Register(
    slug="enterprises",
    noun="enterprise",
    model=Enterprise,
    label=pgettext_lazy("register", "企业"),
    unit_word=_("家"),
    icon="building-factory-2",
    about=_("在包企业的名称、所在旗县区、产业链与环节、资质。公开来源的条目带出处和可信度。"),
    title="name",
    search=("name", "credit_code", "segment", "key"),
    ordering=("name",),
    select=("source",),
    form="luming_portal.enterprises.forms.EnterpriseForm",
    detail_template="enterprises/detail.html",
    extra={"context": qualification_lines},
    columns=(
        Column("name", _("名称")),
        Column("name_type", _("名称性质"), Kind.CHOICE, choices=dict(NameType.choices)),
        # Codes are published by law (企业信息公示暂行条例), so everybody may look a firm up by its code.
        Column("credit_code", _("统一社会信用代码"), shown=False),
        Column("former_names", _("曾用名"), Kind.LIST, sort="", filtered=False, shown=False),
        Column("district", _("旗县区"), Kind.CHOICE, bulk=True),
        Column("chain", _("产业链"), Kind.CHOICE, bulk=True),
        Column("segment", _("环节与产品"), Kind.LONG),
        Column("titles", _("资质")),
        Column("affiliation", _("隶属关系"), shown=False),
        Column("revenue", _("营业收入"), Kind.NUMBER, sort="revenue_sort", unit=_("亿元")),
        Column("revenue_period", _("收入所属期"), shown=False),
        Column(
            "rd_expense", _("研发费用"), Kind.NUMBER, sort="", filtered=False, unit=_("亿元"), shown=False
        ),
        Column("rd_period", _("研发费用所属期"), shown=False),
        Column("staff", _("职工人数"), Kind.NUMBER, unit=_("人"), shown=False),
        Column("rd_staff", _("研发人员"), Kind.NUMBER, unit=_("人"), shown=False),
        Column("stock_code", _("股票代码"), shown=False),
        Column("contact", _("联系人"), level=Level.PERSONAL, shown=False),
        Column("phone", _("联系电话"), level=Level.PERSONAL, shown=False),
        *ORIGIN,
        *KEEPING,
    ),
)

REGISTERS = (ENTERPRISES,)
