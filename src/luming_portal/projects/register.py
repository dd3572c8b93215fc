"""The register of projects, described."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luming_portal.projects.models import Project
from luming_portal.projects.pages import progress_context
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.common_columns import KEEPING, ORIGIN
from luming_portal.registers.register import Register

PROJECTS = Register(
    slug="projects",
    noun="project",
    model=Project,
    label=pgettext_lazy("register", "项目"),
    unit_word=_("个"),
    icon="building-bridge",
    about=_("重大项目的建设单位、产业链、总投资和进展;进展照来源原话。"),
    title="name",
    search=("name", "owner", "key"),
    ordering=("key",),
    select=("source",),
    form="luming_portal.projects.forms.ProjectForm",
    detail_template="projects/detail.html",
    extra={"context": progress_context},
    columns=(
        Column("name", _("名称")),
        Column("owner", _("建设单位")),
        Column("lead", _("责任单位"), Kind.CHOICE, bulk=True, shown=False),
        Column("chain", _("产业链"), Kind.CHOICE, bulk=True),
        Column("district", _("旗县区"), Kind.CHOICE, bulk=True, shown=False),
        Column("investment", _("总投资"), Kind.NUMBER, sort="investment_sort"),
        Column("investment_unit", _("投资单位"), Kind.CHOICE),
        Column("stage", _("进展")),
        Column("date", _("时间")),
        *ORIGIN,
        *KEEPING,
    ),
)

REGISTERS = (PROJECTS,)
