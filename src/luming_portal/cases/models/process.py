"""The versions of processes under which cases began."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import Governed


class StoredProcess(Governed):
    """One version of a process as its cases began under it; a case goes on by its own version whatever the packs say.

    Attributes:
        key: of the process, as its file is named.
        process_version: of the file; `sha256` over its text, which is kept whole.
    """

    noun = "process"

    key = models.CharField(_("流程"), max_length=60)
    process_version = models.CharField(_("流程版本"), max_length=40)
    name = models.CharField(_("名称"), max_length=100)
    sha256 = models.CharField(_("校验值"), max_length=64, unique=True)
    text = models.TextField(_("内容"))

    class Meta:
        verbose_name = _("流程版本")
        ordering = ["key", "pk"]

    def __str__(self) -> str:
        return f"{self.name} {self.process_version}"


class CaseNumber(models.Model):
    """The last number given for a process in a year; its row is held while the next one is given, so none is left out."""

    process = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    demo = models.BooleanField(default=False)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("编号")
        constraints = [
            models.UniqueConstraint(fields=["process", "year", "demo"], name="one_counter_a_process_and_year")
        ]
