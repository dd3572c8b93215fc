"""What changes entries of registers and saved views: each a function, each through the audit door."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from luming_portal.accounts.rights import Action, Refused, require, visible
from luming_portal.audit.door import ChangeSet, ReasonMissing, change
from luming_portal.registers.models import SavedView
from luming_portal.registers.register import Register


def save_record(
    register: Register, item: Any, *, by: Any, reason: str, expected_version: int | None = None
) -> Any:
    """Add or change an entry.

    Raises:
        Refused: the person may not, or may not give the entry what takes it out of their hands.
        StaleVersion, ReasonMissing: as the audit door says. Nothing was written.
    """
    adding = item._state.adding
    action = Action.CREATE if adding else Action.CHANGE
    require(by, action, register.noun, item)
    with change(reason) as changes:
        changes.save(item, expected_version=expected_version)
        if not adding:
            _require_still(register, by, Action.CHANGE, [item.pk])
    return item


def delete_record(
    register: Register, item: Any, *, by: Any, reason: str, expected_version: int | None = None
) -> None:
    """Remove an entry.

    Raises:
        Refused, StaleVersion, ReasonMissing, ProtectedError: nothing was removed.
    """
    require(by, Action.DELETE, register.noun, item)
    with change(reason) as changes:
        changes.delete(item, expected_version=expected_version)


def change_many(
    register: Register, found: QuerySet[Any], field: str, value: Any, *, by: Any, reason: str
) -> int:
    """Give many entries one value; how many changed.

    Args:
        found: entries on which the person may carry out bulk changes.

    Raises:
        Refused, ReasonMissing: nothing was changed.
    """
    require(by, Action.BULK, register.noun)
    if not reason.strip():
        changed_field: Any = register.model._meta.get_field(field)
        raise ReasonMissing([str(changed_field.verbose_name)])
    keys = list(found.values_list("pk", flat=True))
    with change(reason) as changes:
        changed = changes.update_many(register.model._default_manager.filter(pk__in=keys), {field: value})
        _require_still(register, by, Action.BULK, keys)
        changes.event(
            "register.bulk_changed", str(register.label), register=register.slug, field=field, count=changed
        )
    return changed


def _require_still(register: Register, by: Any, action: Action, keys: list[Any]) -> None:
    """Refuse a change that hands entries to somebody else: only who stands above both may move them."""
    still = visible(by, register.model._default_manager.filter(pk__in=keys), action).count()
    if still < len(keys):
        raise Refused(
            _("这样修改后,有%d条将不再归您管理。请由领导小组办公室办理。没有修改任何内容。")
            % (len(keys) - still)
        )


def save_view(
    register: Register, name: str, query: str, shared: str, is_default: bool, *, by: Any
) -> SavedView:
    """Save a list's state under a name, in place of one's own view of that name."""
    require(by, Action.CREATE, "saved_view")
    view = SavedView.objects.filter(owner=by, register=register.slug, name=name).first()
    if view is None:
        view = SavedView(owner=by, register=register.slug, name=name)
    view.query, view.shared, view.is_default = query, shared, is_default
    with change() as changes:
        if is_default:
            _no_other_default(changes, view)
        changes.save(view)
    return view


def _no_other_default(changes: ChangeSet, view: SavedView) -> None:
    others = SavedView.objects.filter(owner=view.owner, register=view.register, is_default=True).exclude(
        pk=view.pk
    )
    changes.update_many(others, {"is_default": False})


def delete_view(view: SavedView, *, by: Any) -> None:
    """Remove one's own view."""
    require(by, Action.DELETE, "saved_view", view)
    with change("本人删除保存的视图") as changes:
        changes.delete(view)
