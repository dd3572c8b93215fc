"""The register of the yearly grades of service agencies, described."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luming_portal.agencies.models import GRADES, AgencyGrade
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.common_columns import KEEPING, ORIGIN
from luming_portal.registers.register import Register

AGENCIES = Register(
    slug="agency-grades",
    noun="agency_grade",
    model=AgencyGrade,
    label=pgettext_lazy("register", "服务机构"),
    unit_word=_("条"),
    icon="building-store",
    about=_(
        "入库的科技服务机构每年一条:入库日期、年度评价和依据。入库条件和评价办法没有查到;当年新入库的不同法人才计入当年的家数。"
    ),
    title="name",
    search=("name", "credit_code", "key"),
    ordering=("-year", "name"),
    select=("source",),
    form="luming_portal.agencies.forms.AgencyGradeForm",
    columns=(
        Column("name", _("机构")),
        Column("credit_code", _("统一社会信用代码"), shown=False),
        Column("services", _("服务类型"), Kind.LIST, sort="", filtered=False),
        Column("year", _("年度"), Kind.NUMBER),
        Column("grade", _("等次"), Kind.CHOICE, choices={one: one for one in GRADES}),
        Column("basis", _("评价依据"), Kind.LONG, shown=False),
        Column("clients", _("服务客户数"), Kind.NUMBER, unit=_("家"), shown=False),
        Column("entered_on", _("入库日期"), Kind.DATE),
        Column("left_on", _("出库日期"), Kind.DATE, shown=False),
        *ORIGIN,
        *KEEPING,
    ),
)

REGISTERS = (AGENCIES,)
