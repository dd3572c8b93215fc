"""The registers of persons and teams. Contact data is personal (level 4) and leaves these tables only for the office."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import RegisterRecord


class Person(RegisterRecord):
    """An expert, a talent, a technology broker."""

    noun = "person"
    hidden_fields = frozenset({"phone"})

    key = models.CharField(_("编号"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=60, db_index=True)
    kind = models.CharField(_("类别"), max_length=60, blank=True, db_index=True)
    title = models.CharField(_("职称或职务"), max_length=100, blank=True)
    field = models.CharField(_("领域"), max_length=300, blank=True)
    employer = models.CharField(_("所在单位"), max_length=200, blank=True)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("人才")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name


class Team(RegisterRecord):
    """A team that was brought in or is grown here."""

    noun = "team"

    key = models.CharField(_("编号"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=200, db_index=True)
    kind = models.CharField(_("类别"), max_length=60, blank=True, db_index=True)
    leader = models.CharField(_("带头人"), max_length=60, blank=True)
    field = models.CharField(_("领域"), max_length=300, blank=True)
    host = models.CharField(_("依托单位"), max_length=200, blank=True)
    size = models.PositiveIntegerField(_("人数"), null=True, blank=True)
    arrived_on = models.DateField(_("引进日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("团队")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.name
