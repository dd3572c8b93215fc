"""What somebody hands in with a case: files, and what is typed and not sent yet."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming_portal.attached.file import AttachedFile
from luming_portal.cases.models.case import Case
from luming_portal.cases.models.event import CaseEvent, OfCase


class CaseFileKind(models.TextChoices):
    """What a file is, by its content."""

    PHOTO = "photo", _("照片")
    PAPER = "paper", _("文件(PDF)")
    BOOK = "book", _("工作簿(xlsx)")
    TEXT = "text", _("文稿(docx)")


class CaseFile(OfCase, AttachedFile):
    """A paper or photo handed in with a form.

    Attributes:
        field: of the form that it answers; the form's value is this file's key.
        event: with which it was handed in; none while it belongs to a draft.
    """

    folder = "cases"

    kind = models.CharField(_("类别"), max_length=8, choices=CaseFileKind.choices, editable=False)
    case = models.ForeignKey(Case, verbose_name=_("事项"), on_delete=models.PROTECT, related_name="files")
    field = models.CharField(_("栏目"), max_length=60)
    event = models.ForeignKey(
        CaseEvent, verbose_name=_("办理记录"), null=True, on_delete=models.PROTECT, related_name="files"
    )
    sent_by = models.ForeignKey(
        "accounts.User", verbose_name=_("提交人"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("事项材料")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.caption


class CaseDraft(OfCase):
    """What somebody has typed into a form of a case and not sent yet."""

    hidden_fields = frozenset({"data"})

    case = models.ForeignKey(Case, verbose_name=_("事项"), on_delete=models.PROTECT, related_name="drafts")
    transition = models.CharField(_("步骤"), max_length=60)
    user = models.ForeignKey(
        "accounts.User", verbose_name=_("填写人"), on_delete=models.PROTECT, related_name="+"
    )
    data = models.JSONField(_("内容"), default=dict)

    class Meta:
        verbose_name = _("未提交的内容")
        constraints = [
            models.UniqueConstraint(fields=["case", "transition", "user"], name="one_draft_a_form_and_person")
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.transition}"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """One's own."""
        return Q(user_id=user.pk)
