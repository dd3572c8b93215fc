"""Records that change only through the audit door: the base of every model with business data.

Whoever calls `save`, `delete`, `update` or a bulk method on such a record outside `luming_portal.audit.door.change`
gets UnrecordedChange. So a change that leaves no trace is a bug that shows at once, in bulk as one by one.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

door_open: ContextVar[bool] = ContextVar("door_open", default=False)
"""True while a change is being recorded; set by audit.door alone."""


class UnrecordedChange(RuntimeError):
    """A governed record was about to change without being recorded. A bug of the caller: use audit.door.change."""


def refuse_unrecorded(what: str) -> None:
    """Stop unless a change is being recorded.

    Raises:
        UnrecordedChange: the door is closed.
    """
    if not door_open.get():
        raise UnrecordedChange(
            f"{what}: governed records change only through luming_portal.audit.door.change"
        )


def guard_save(sender: Any, instance: Any, update_fields: Any = None, **kwargs: Any) -> None:
    """Receives pre_save, which every way of saving sends, fixtures included.

    Raises:
        UnrecordedChange: a governed record, the door closed, and more than fields that the framework writes itself.
    """
    if isinstance(instance, Governed) and not door_open.get() and not instance.only_quiet(update_fields):
        refuse_unrecorded(f"{type(instance).__name__}.save")


class GovernedQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """A queryset whose writing methods stand behind the door."""

    def update(self, **values: Any) -> int:
        """Behind the door; see ChangeSet.update_many."""
        refuse_unrecorded(f"{self.model.__name__}.update")
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Behind the door; see ChangeSet.delete."""
        refuse_unrecorded(f"{self.model.__name__}.delete")
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        """Behind the door; see ChangeSet.create_many."""
        refuse_unrecorded(f"{self.model.__name__}.bulk_create")
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        """Behind the door; see ChangeSet.update_many."""
        refuse_unrecorded(f"{self.model.__name__}.bulk_update")
        return super().bulk_update(*args, **kwargs)

    def _raw_delete(self, using: str | None) -> int:
        refuse_unrecorded(f"{self.model.__name__}._raw_delete")
        return super()._raw_delete(using)  # type: ignore[misc]


class Governed(models.Model):
    """A record under audit.

    Attributes:
        noun: its kind in the table of rights.
        governed_fields: fields whose change needs a reason beyond the deed itself; "*" for all.
        quiet_fields: fields that the framework writes by itself and that say nothing of the business.
        hidden_fields: fields whose content never enters the record of changes.
        personal_fields: fields that the record of changes shows only to readers of the level PERSONAL.
        version: counts the changes; a form or request names the version that it changes.
        demo: invented for the demonstration; shown as 演示数据 and removed at once.
    """

    noun: ClassVar[str] = ""
    governed_fields: ClassVar[frozenset[str]] = frozenset({"*"})
    quiet_fields: ClassVar[frozenset[str]] = frozenset()
    hidden_fields: ClassVar[frozenset[str]] = frozenset()
    personal_fields: ClassVar[frozenset[str]] = frozenset()

    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    demo = models.BooleanField(_("演示数据"), default=False, editable=False)
    created_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = GovernedQuerySet.as_manager()

    class Meta:
        abstract = True
        # Else `_base_manager` would be a plain manager, and a way past the door.
        base_manager_name = "objects"

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Behind the door."""
        refuse_unrecorded(f"{type(self).__name__}.delete")
        return super().delete(*args, **kwargs)

    def only_quiet(self, update_fields: Any) -> bool:
        """Whether saving would change nothing but fields that the framework writes by itself."""
        if not self.quiet_fields or self.pk is None:
            return False
        if update_fields is not None:
            return set(update_fields) <= self.quiet_fields
        stored = type(self)._base_manager.filter(pk=self.pk).first()
        if stored is None:
            return False
        changed = {
            field.attname
            for field in self._meta.concrete_fields
            if getattr(stored, field.attname) != getattr(self, field.attname)
        }
        return changed <= self.quiet_fields | {"updated_at"}

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """The condition that a scope of the rights means on this model; None where it means nothing on it."""
        return None


class RegisterRecord(Governed):
    """What every entry of a register carries: where it comes from, how certain it is, whether the public sees it.

    Attributes:
        published: shown to everybody.
        source: id in the register of sources.
        mark: how far the entry can be trusted (luming.mark.Mark).
        steward: the department in charge of the entry, which its officers change.
    """

    published = models.BooleanField(_("对外发布"), default=False)
    source = models.ForeignKey(
        "indicators.Source",
        verbose_name=_("来源"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    mark = models.CharField(_("可信度"), max_length=16, default="secondary")
    steward = models.CharField(_("负责单位"), max_length=100, blank=True)
    note = models.TextField(_("备注"), blank=True)

    class Meta:
        abstract = True

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """Published entries, and those that the user's unit is in charge of."""
        if scope == "published":
            return Q(published=True)
        if scope == "unit":
            return Q(steward=user.unit) if user.unit else None
        return None
