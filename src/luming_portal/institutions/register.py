"""The register of institutions, described."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luming_portal.accounts.roles import Level
from luming_portal.institutions.models import Institution
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.common_columns import KEEPING, ORIGIN
from luming_portal.registers.register import Register

INSTITUTIONS = Register(
    slug="institutions",
    noun="institution",
    model=Institution,
    label=pgettext_lazy("register", "机构"),
    unit_word=_("家"),
    icon="school",
    about=_("高校、科研院所、实验室、创新中心和服务平台。"),
    title="name",
    search=("name", "credit_code", "field", "key"),
    ordering=("key",),
    select=("source",),
    form="luming_portal.institutions.forms.InstitutionForm",
    columns=(
        Column("name", _("名称")),
        Column("credit_code", _("统一社会信用代码"), shown=False),
        Column("former_names", _("曾用名"), Kind.LIST, sort="", filtered=False, shown=False),
        Column("kind", _("类别"), Kind.CHOICE, bulk=True),
        Column("level", _("级别"), Kind.CHOICE, bulk=True),
        Column("district", _("旗县区"), Kind.CHOICE, bulk=True),
        Column("field", _("领域"), Kind.LONG),
        Column("contact", _("联系人"), level=Level.PERSONAL, shown=False),
        Column("phone", _("联系电话"), level=Level.PERSONAL, shown=False),
        *ORIGIN,
        *KEEPING,
    ),
)

REGISTERS = (INSTITUTIONS,)
