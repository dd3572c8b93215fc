"""Mappings that are remembered, and workbooks that wait to be loaded. How a workbook is read: luming.facts.workbook."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luming.facts.workbook import Mapping
from luming.mark import Mark
from luming_portal.audit.governed import Governed
from luming_portal.indicators.models import MARKS

WAITS = timedelta(hours=24)


class WorkbookMapping(Governed):
    """How workbooks of one shape are read, as an officer of a unit confirmed it.

    Attributes:
        fingerprint: of the shape: headings and their places, periods taken out.
        content: the mapping as JSON, which is read a hundred times as fast as the file of `luming facts map`.
        publisher, mark: of the source of the last workbook that was loaded by it, to begin the next one with.
    """

    noun = "workbook"
    governed_fields = frozenset()

    name = models.CharField(_("名称"), max_length=80)
    unit = models.CharField(_("单位"), max_length=100, blank=True)
    fingerprint = models.CharField(_("版式指纹"), max_length=32, db_index=True)
    content = models.TextField(_("读法"))
    publisher = models.CharField(_("发布机构"), max_length=200, blank=True)
    mark = models.CharField(_("可信度"), max_length=16, choices=MARKS, default=Mark.SECONDARY.value)

    class Meta:
        verbose_name = _("工作簿读法")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="workbook_mapping_named_once")]

    def __str__(self) -> str:
        return self.name

    def mapping(self) -> Mapping:
        """The mapping as the library knows it."""
        return Mapping.model_validate_json(self.content)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Those of one's unit."""
        return Q(unit=user.unit) if scope == "unit" and user.unit else None


class StagedWorkbook(models.Model):
    """A workbook that was handed in: nothing of it is in the book of facts yet.

    Attributes:
        content: the mapping as it is being corrected, as JSON; not confirmed.
        remembered: the mapping that it was begun with.
        differences: in what the workbook differs from the one that was remembered, in sentences.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    original = models.BinaryField()
    content = models.TextField()
    remembered = models.ForeignKey(
        WorkbookMapping, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    differences = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("待装入的工作簿")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Waits a day."""
        if self.expires_at is None:
            self.expires_at = timezone.now() + WAITS
        super().save(*args, **kwargs)

    def mapping(self) -> Mapping:
        """The mapping as it stands."""
        return Mapping.model_validate_json(self.content)
