"""What every line of a project's progress has in common: its project, whose rights it follows."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import Governed
from luming_portal.projects.models.project import Project


class ProgressRecord(Governed):
    """A line below a project."""

    noun = "progress"

    project = models.ForeignKey(
        Project, verbose_name=_("项目"), on_delete=models.PROTECT, related_name="%(class)ss"
    )

    class Meta:
        abstract = True

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """The projects of a person's district; those that the person's unit is in charge of."""
        if scope == "district":
            return Q(project__district=user.district) if user.district else None
        if scope == "unit":
            return Q(project__steward=user.unit) if user.unit else None
        return None
