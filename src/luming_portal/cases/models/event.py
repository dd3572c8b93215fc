"""What happened to a case, as the library replays it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import Governed, door_open
from luming_portal.cases.models.case import Case


class OfCase(Governed):
    """What belongs to a case is seen as far as the case."""

    noun = "case"

    class Meta:
        abstract = True

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """As the case."""
        seen = Case.scope_filter(scope, user)
        return None if seen is None else Q(case__in=Case.objects.filter(seen).order_by().values("pk"))


class CaseEvent(OfCase):
    """One event of a case, as the library replays it. Appended, never changed.

    Attributes:
        content: the event of `luming.cases` as a JSON object.
        label: what was done, in the words of the process.
        role: of the process, in which it was done.
        token: of the page from which it was sent, so that a second click does nothing.
    """

    case = models.ForeignKey(Case, verbose_name=_("事项"), on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField(_("序号"))
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        "accounts.User", verbose_name=_("办理人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(_("办理人姓名"), max_length=120, blank=True)
    unit = models.CharField(_("办理单位"), max_length=200, blank=True)
    role = models.CharField(_("身份"), max_length=60)
    kind = models.CharField(_("类别"), max_length=40)
    label = models.CharField(_("办理"), max_length=200)
    reason = models.TextField(_("意见或理由"), blank=True)
    state = models.CharField(_("办理后环节"), max_length=60)
    state_label = models.CharField(_("办理后"), max_length=100)
    content = models.JSONField(_("内容"))
    token = models.CharField(max_length=40, null=True, editable=False)

    class Meta:
        verbose_name = _("办理记录")
        ordering = ["case", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="case_event_once"),
            models.UniqueConstraint(fields=["case", "token"], name="case_event_from_one_click"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.at:%Y-%m-%d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once.

        Raises:
            RuntimeError: it is there already.
        """
        if door_open.get() and not self._state.adding:
            raise RuntimeError("an event of a case never changes")
        super().save(*args, **kwargs)
