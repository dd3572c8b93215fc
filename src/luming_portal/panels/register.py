"""The register of experts, described. It is not public: who may judge is not told before."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luming.appraisal import Speciality
from luming_portal.library_words import WORDS
from luming_portal.panels.models import Expert
from luming_portal.panels.pages import expert_context
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.common_columns import KEEPING, ORIGIN
from luming_portal.registers.register import Register

EXPERTS = Register(
    slug="experts",
    noun="expert",
    model=Expert,
    label=pgettext_lazy("register", "专家"),
    unit_word=_("人"),
    icon="user-check",
    about=_("可以请来评审的专家,不对外公开。姓名和单位以人才台账为准;每人的关系登记用于核对回避。"),
    title="name",
    search=("name", "unit", "fields_of_work", "key"),
    ordering=("key",),
    select=("source", "person", "account"),
    form="luming_portal.panels.forms.ExpertForm",
    detail_template="panels/expert.html",
    extra={"context": expert_context},
    columns=(
        Column("name", _("姓名")),
        Column("person_key", _("人才编号"), path="person__key", shown=False),
        Column(
            "speciality",
            _("专家类别"),
            Kind.CHOICE,
            choices={one.value: WORDS[one.label] for one in Speciality},
            bulk=True,
        ),
        Column("unit", _("所在单位")),
        Column("title", _("职称或职务"), path="person__title"),
        Column("fields_of_work", _("评审领域"), Kind.LONG),
        Column("account", _("登录账号"), path="account__username", shown=False),
        Column("active", _("在库"), Kind.FLAG, bulk=True),
        *ORIGIN,
        *KEEPING,
    ),
)

REGISTERS = (EXPERTS,)
