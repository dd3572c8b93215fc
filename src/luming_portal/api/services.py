"""What the interface changes in registers: read into a record, every field checked at once, then the registers' services.

What a form does for a page is done here for a program; who may, and how it is recorded, is for registers.services.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from luming.errors import LumingError
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Action, require, visible
from luming_portal.api.problem import Fault, Problem, invalid
from luming_portal.api.record_shapes import writable
from luming_portal.audit.door import StaleVersion
from luming_portal.registers.planning import key_for
from luming_portal.registers.register import Register
from luming_portal.registers.services import delete_record, save_record


def create_record(by: User, register: Register, values: Mapping[str, Any], reason: str) -> Any:
    """Add a record; one without a key gets one made of its name, as on the page.

    Raises:
        Refused: the rights do not allow it, or not for such a record.
        Problem: 422 with all faults, 409 where it collides with another record.
    """
    require(by, Action.CREATE, register.noun)
    record = register.model()
    _fill(record, by, register, values)
    title = values.get(register.title)
    if not values.get("key") and "key" in writable(register) and title:
        record.key = key_for(register.slug, title)  # type: ignore[attr-defined]
    require(by, Action.CREATE, register.noun, record)
    _check(record, register)
    return _written(lambda: save_record(register, record, by=by, reason=reason))


def change_record(
    by: User, register: Register, record: Any, values: Mapping[str, Any], reason: str, expected_version: int
) -> Any:
    """Change some fields of a record that the person sees.

    Raises:
        Refused: the rights do not allow it, before or after the change.
        StaleVersion, ReasonMissing: from the audit door.
        Problem: as for create_record.
    """
    require(by, Action.CHANGE, register.noun, record)
    if record.version != expected_version:
        raise StaleVersion(record, expected_version)
    _fill(record, by, register, values)
    _check(record, register)
    return _written(
        lambda: save_record(register, record, by=by, reason=reason, expected_version=expected_version)
    )


def remove_record(by: User, register: Register, record: Any, reason: str, expected_version: int) -> None:
    """Remove a record that nothing else leads to.

    Raises:
        Refused, StaleVersion, ReasonMissing; Problem: 409 where other records lead to it.
    """
    try:
        delete_record(register, record, by=by, reason=reason, expected_version=expected_version)
    except ProtectedError as problem:
        kinds = dict.fromkeys(str(item._meta.verbose_name) for item in problem.protected_objects)
        raise Problem(
            409,
            "conflict",
            _("“%(item)s”还被这些内容引用,不能删除:%(kinds)s。")
            % {"item": record, "kinds": _("、").join(kinds)},
        ) from problem


def _written(write: Any) -> Any:
    try:
        return write()
    except IntegrityError as problem:
        raise Problem(
            409,
            "conflict",
            _("与同时写入的另一条内容冲突(编号或代码相同),没有保存任何内容。请重新读取后再试。"),
        ) from problem


def _fill(record: Any, by: User, register: Register, values: Mapping[str, Any]) -> None:
    known = writable(register)
    faults: list[Fault] = []
    for key, value in values.items():
        field: Any = known[key].field
        if not known[key].by_key or value is None:
            setattr(record, field.name, _cleaned(field, value))
            continue
        found = visible(by, field.related_model._default_manager.all()).filter(key=value).first()
        if found is None:
            faults.append(Fault(f"/{key}", "unknown_key", _("没有编号为“%s”的这一项。") % value))
        else:
            setattr(record, field.name, found)
    if faults:
        raise invalid(faults)


def _cleaned(field: Any, value: Any) -> Any:
    if value is None and not field.null:
        return field.get_default()
    return value.strip() if isinstance(value, str) else value


def _check(record: models.Model, register: Register) -> None:
    """All faults of a record at once, told by the keys of its columns."""
    keys = {one.field.name: key for key, one in writable(register).items()}
    faults: list[Fault] = []
    for step in (record.clean_fields, record.clean, record.validate_unique, record.validate_constraints):
        try:
            step()
        except ValidationError as problem:
            told = problem.error_dict if hasattr(problem, "error_dict") else {"__all__": problem.error_list}
            for name, errors in told.items():
                at = "/" if name == "__all__" else f"/{keys.get(name, name)}"
                faults += [Fault(at, str(error.code or "invalid"), _sentence(error)) for error in errors]
        except LumingError as problem:
            if not faults:  # else a field of the record has told it already
                faults.append(Fault("/", "invalid", str(problem)))
    if faults:
        raise invalid(faults)


def _sentence(error: ValidationError) -> str:
    return "".join(str(message) for message in error.messages)
