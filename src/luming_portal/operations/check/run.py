"""Runs all checks. One that cannot be carried out is a finding, not the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from luming_portal.operations import logs
from luming_portal.operations.check import daily_work, database, files, machine, safety
from luming_portal.operations.check.finding import Finding, Severity, fault

Check = Callable[[datetime], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    machine.python,
    machine.home,
    database.reachable,
    database.durability,
    database.leftovers,
    database.readers,
    files.browser_assets,
    files.compiled_translations,
    files.pdf,
    files.packs,
    safety.secret_key,
    safety.demonstration,
    safety.hosts,
    safety.https,
    safety.second_factor,
    safety.account_of_process,
    machine.clock,
    daily_work.worker_alive,
    daily_work.backups,
    daily_work.room_for_backup,
)
NEED_DATABASE = frozenset({database.durability, safety.demonstration, machine.clock, daily_work.worker_alive})


def findings(now: datetime, checks: Iterable[Check] = CHECKS) -> list[Finding]:
    """Everything that was found, in the order of the checks."""
    found: list[Finding] = []
    for check in checks:
        if check in NEED_DATABASE and _has_no_database(found):
            continue
        try:
            found.extend(check(now))
        except Exception as error:
            logs.problem("check_failed", error, function=check.__name__)
            kind = type(error).__name__
            found.append(
                fault(
                    check.__name__,
                    _("检查"),
                    _("“%(check)s”这项检查没有完成(%(kind)s)。") % {"check": check.__name__, "kind": kind},
                    _("把这一行告诉维护人员。"),
                )
            )
    return found


def gravest_first(found: Iterable[Finding]) -> list[Finding]:
    """Faults, then warnings, then what is well; otherwise in the order of the checks."""
    order = [Severity.FAULT, Severity.WARNING, Severity.OK]
    return sorted(found, key=lambda one: order.index(one.level))


def _has_no_database(found: Iterable[Finding]) -> bool:
    return any(one.code in ("database", "migrations") and one.level is Severity.FAULT for one in found)


def worst(found: Iterable[Finding]) -> Severity:
    """The gravest level among findings."""
    levels = {one.level for one in found}
    return next((level for level in (Severity.FAULT, Severity.WARNING) if level in levels), Severity.OK)
