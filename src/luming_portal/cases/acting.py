"""Who plays which role of a process: a person of the portal on one case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luming.cases import Process
from luming_portal.accounts.roles import Role
from luming_portal.cases.models import Case


def plays_of(role: Any) -> tuple[str, ...]:
    """The roles of the portal that may play a role of a process."""
    return (role.plays,) if isinstance(role.plays, str) else tuple(role.plays)


def units_of(process: Process, part: str, data: Mapping[str, Any], charge: str) -> tuple[str, ...]:
    """The departments that play a role in a case.

    The one that the process names, that of a field, those that are asked for an opinion in this role, else the one in
    charge of the case. None where nobody is named yet.
    """
    role = process.roles.get(part)
    if role is not None and role.unit:
        return (role.unit,)
    if role is not None and role.unit_field:
        named = data.get(role.unit_field)
        found = (
            tuple(str(one) for one in named) if isinstance(named, list) else (str(named),) if named else ()
        )
        return found or ((charge,) if charge else ())
    asked = [unit for item in process.opinions.values() if item.role == part for unit in item.asked(data)]
    if asked:
        return tuple(dict.fromkeys(asked))
    return (charge,) if charge else ()


def parts_in(process: Process, case: Case, user: Any) -> tuple[str, ...]:
    """The roles of the process that a person plays in a case, in the order of the file."""
    if user is None or not user.is_authenticated:
        return ()
    return tuple(key for key in process.roles if _plays(process, key, case, user))


def _plays(process: Process, part: str, case: Case, user: Any) -> bool:
    allowed = plays_of(process.roles[part])
    if user.role not in allowed and "anyone" not in allowed:
        return False
    if user.role == Role.ENTERPRISE:
        return bool(user.enterprise_id) and user.enterprise_id == case.enterprise_id
    if user.role == Role.INSTITUTION:
        return bool(user.institution_id) and user.institution_id == case.institution_id
    if user.role == Role.DEPARTMENT:
        found = units_of(process, part, case.data, case.unit)
        # Where no department is named yet, the one that opened the case goes on with it.
        return user.unit in found if found else case.applicant_id == user.pk
    if user.role == Role.DISTRICT:
        return bool(user.district) and user.district == district_of(case)
    if user.role == Role.OFFICE:
        return True
    return case.applicant_id == user.pk or "anyone" in allowed


def district_of(case: Case) -> str:
    """The district of the subject; that of the opener where the case has no subject."""
    if case.enterprise is not None:
        return str(case.enterprise.district)
    if case.institution is not None:
        return str(case.institution.district)
    return str(getattr(case.applicant, "district", "") or "")


def may_open(process: Process, user: Any) -> bool:
    """Whether a person plays a role that takes a step out of the start."""
    if user is None or not user.is_authenticated:
        return False
    parts = {part for step in process.leaving(process.start.key) for part in step.roles}
    for part in parts & set(process.roles):
        allowed = plays_of(process.roles[part])
        if user.role not in allowed and "anyone" not in allowed:
            continue
        if user.role == Role.ENTERPRISE and not user.enterprise_id:
            continue
        if user.role == Role.INSTITUTION and not user.institution_id:
            continue
        fixed = str(getattr(process.roles[part], "unit", "") or "")
        if user.role == Role.DEPARTMENT and fixed and user.unit != fixed:
            continue
        return True
    return False
