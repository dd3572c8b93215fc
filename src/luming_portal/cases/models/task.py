"""What is left to do after a case: a repeated problem to be dealt with at its root, a clause to be changed, a recovery."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming_portal.accounts.roles import Role
from luming_portal.cases.models.case import Case
from luming_portal.cases.models.event import CaseEvent, OfCase


class CaseTask(OfCase):
    """A task that a step of a case has left (effect `task.new`), open until somebody tells what was done.

    Attributes:
        unit: the department that does it; "" for the office.
    """

    case = models.ForeignKey(Case, verbose_name=_("事项"), on_delete=models.PROTECT, related_name="tasks")
    event = models.OneToOneField(
        CaseEvent, verbose_name=_("办理记录"), on_delete=models.PROTECT, related_name="task"
    )
    unit = models.CharField(_("负责单位"), max_length=100, blank=True)
    text = models.TextField(_("任务"))
    opened_at = models.DateTimeField(_("建立时间"))
    done_at = models.DateTimeField(_("完成时间"), null=True)
    done_by = models.ForeignKey(
        "accounts.User", verbose_name=_("完成人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    result = models.TextField(_("完成情况"), blank=True)

    class Meta:
        verbose_name = _("后续任务")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text[:60]

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """As the case, but those whom the case is about do not see it."""
        if user.role in (Role.ENTERPRISE, Role.INSTITUTION, Role.EXPERT):
            return None
        return super().scope_filter(scope, user)
