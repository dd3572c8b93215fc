"""The registers of persons and teams, described."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luming_portal.accounts.roles import Level
from luming_portal.people.models import Person, Team
from luming_portal.registers.column import Column, Kind
from luming_portal.registers.common_columns import KEEPING, ORIGIN
from luming_portal.registers.register import Register

PERSONS = Register(
    slug="persons",
    noun="person",
    model=Person,
    label=pgettext_lazy("register", "人才"),
    unit_word=_("人"),
    icon="user",
    about=_("专家、引进人才和技术经纪人。联系电话是个人信息,只有领导小组办公室可见。"),
    title="name",
    search=("name", "field", "employer", "key"),
    ordering=("key",),
    select=("source",),
    form="luming_portal.people.forms.PersonForm",
    columns=(
        Column("name", _("姓名")),
        Column("kind", _("类别"), Kind.CHOICE, bulk=True),
        Column("title", _("职称或职务")),
        Column("field", _("领域"), Kind.LONG),
        Column("employer", _("所在单位")),
        Column("phone", _("联系电话"), level=Level.PERSONAL, shown=False),
        *ORIGIN,
        *KEEPING,
    ),
)

TEAMS = Register(
    slug="teams",
    noun="team",
    model=Team,
    label=pgettext_lazy("register", "团队"),
    unit_word=_("个"),
    icon="users-group",
    about=_("引进或培育的人才团队。"),
    title="name",
    search=("name", "field", "host", "key"),
    ordering=("key",),
    select=("source",),
    form="luming_portal.people.forms.TeamForm",
    columns=(
        Column("name", _("名称")),
        Column("kind", _("类别"), Kind.CHOICE, bulk=True),
        Column("leader", _("带头人")),
        Column("field", _("领域"), Kind.LONG),
        Column("host", _("依托单位")),
        Column("size", _("人数"), Kind.NUMBER, unit=_("人")),
        Column("arrived_on", _("引进日期"), Kind.DATE),
        *ORIGIN,
        *KEEPING,
    ),
)

REGISTERS = (PERSONS, TEAMS)
