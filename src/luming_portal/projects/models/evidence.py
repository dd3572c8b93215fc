"""Photos and papers that show how far a project is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luming_portal.attached.file import AttachedFile
from luming_portal.projects.models.milestone import Milestone
from luming_portal.projects.models.progress import ProgressRecord


class Evidence(ProgressRecord, AttachedFile):
    """A photo, or a paper as PDF, of a project."""

    folder = "projects"

    milestone = models.ForeignKey(
        Milestone,
        verbose_name=_("说明哪个节点"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evidences",
    )
    taken_on = models.DateField(_("拍摄或形成日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("项目佐证材料")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.project} {self.caption}"
