"""Views that people save of a list, and imports that wait to be confirmed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import Governed

IMPORT_WAITS = timedelta(hours=24)


class SavedView(Governed):
    """A list's state under a name. It holds conditions, not records: whoever opens it sees with their own rights.

    Attributes:
        query: the state, as the address carries it.
        shared: who else is offered it: nobody, the owner's unit, or every officer.
        is_default: whether the owner's list opens with it.
    """

    class Shared(models.TextChoices):
        """Who else is offered a view."""

        NOBODY = "nobody", _("只有我")
        UNIT = "unit", _("本单位")
        OFFICERS = "officers", _("全体工作人员")

    noun = "saved_view"
    governed_fields = frozenset()

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("保存人"),
        on_delete=models.PROTECT,
        related_name="saved_views",
    )
    register = models.CharField(_("台账"), max_length=30)
    name = models.CharField(_("名称"), max_length=60)
    query = models.TextField(_("条件"), blank=True)
    shared = models.CharField(_("共享"), max_length=12, choices=Shared.choices, default=Shared.NOBODY)
    is_default = models.BooleanField(_("打开台账时使用"), default=False)

    class Meta:
        verbose_name = _("保存的视图")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "register", "name"], name="one_view_a_name"),
        ]
        indexes = [models.Index(fields=["register", "owner"])]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """One's own; for reading also what one's unit or all officers share."""
        if not user.is_authenticated:
            return None
        own = Q(owner=user)
        if scope == "own":
            return own
        if scope == "unit":
            if user.unit:
                own |= Q(shared=cls.Shared.UNIT, owner__unit=user.unit)
            if user.is_staff_role:
                own |= Q(shared=cls.Shared.OFFICERS)
            return own
        return None


class StagedImport(models.Model):
    """A file that was handed in and waits to be confirmed; nothing of it is in the register yet.

    Attributes:
        table: columns, number of the head's row, and rows, as registers.reading read them.
        original: the file itself, into which the faults are written back.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    register = models.CharField(max_length=30)
    file_name = models.CharField(max_length=200)
    table = models.JSONField()
    original = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("待确认的导入")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Waits a day."""
        if self.expires_at is None:
            self.expires_at = timezone.now() + IMPORT_WAITS
        super().save(*args, **kwargs)
