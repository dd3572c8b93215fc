"""A month of thirty units and 200 figures each: opened, filled, handed in with its checks, verified, published.

    make bench NAME=reporting

In a database of its own, thrown away afterwards; every step by the services that the pages call, through the audit door.
What the document asks is given (a document with 6,000 targets is not written for this); all else is the portal's own.
The peer writes the same reports and figures with Django's bulk_create alone: no rights, checks, record of changes or outbox.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

UNITS, ROWS = 30, 200
DUE = dt.date(2025, 10, 1)


def main() -> None:
    """Measure on SQLite."""
    with tempfile.TemporaryDirectory(prefix="luming-bench-") as home:
        os.environ |= {
            "LUMING_HOME": home,
            "LUMING_DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "luming_portal.settings",
        }
        os.environ.pop("DATABASE_URL", None)
        from luming_portal.cli import start_django

        start_django()
        measure()


def measure() -> None:
    """Fill, run the month, print."""
    from django.conf import settings
    from django.core.management import call_command

    from luming.reporting import Move
    from luming_portal.audit.actor import acting_as
    from luming_portal.audit.door import change
    from luming_portal.documents.models import Document
    from luming_portal.documents.packs import pack_of
    from luming_portal.documents.selectors import latest_version
    from luming_portal.installation import load_packs
    from luming_portal.reporting import services
    from luming_portal.reporting.selectors import reports_for, unit_states

    call_command("migrate", interactive=False, verbosity=0)
    load_packs(settings.PACKS)
    office, officers = people()
    services.asked_for = lambda *_given: asked()  # type: ignore[assignment]
    document = Document.objects.get(key="baotou.2025-1")
    took: dict[str, float] = {}

    def timed(name: str, deed: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        result = deed()
        took[name] = time.perf_counter() - start
        return result

    def by_units(move: Move) -> None:
        for officer in officers:
            with acting_as(officer):
                its = list(reports_for(officer, month).filter(unit=officer.unit))
                done = services.move_reports(its, move, by=officer)
            assert (done.count, done.left) == (ROWS, ()), done.left[:1]

    def by_office(move: Move) -> None:
        with acting_as(office):
            assert (
                services.move_reports(list(reports_for(office, month)), move, by=office).count == UNITS * ROWS
            )

    def fill() -> None:
        its = list(month.reports.all())
        for one in its:
            one.value = Decimal(one.position)
        with acting_as(office), change("填数") as changes:
            changes.save_many(its)

    # Any look at the cockpit has read the pack; with 6,000 new indicators in the dictionary that takes its own time.
    timed("read_pack", lambda: pack_of(latest_version(document)))
    with acting_as(office):
        month = timed("open", lambda: services.open_month(document, 2025, 9, by=office, today=DUE))
    timed("fill", fill)
    timed("check_and_submit", lambda: by_units(Move.SUBMIT))
    timed("approve", lambda: by_units(Move.APPROVE))
    timed("verify", lambda: by_office(Move.VERIFY))
    timed("publish", lambda: by_office(Move.PUBLISH))
    timed("table", lambda: unit_states(month, list(reports_for(office, month)), DUE))
    peer = plain_writing(month)
    took["open_check_publish"] = took["open"] + took["check_and_submit"] + took["publish"]
    for name, seconds in took.items():
        tell(f"reporting.{name}", seconds, peer)


def people() -> tuple[Any, list[Any]]:
    """An officer of the office and one of each unit, and the indicators."""
    from luming_portal.accounts.models import User
    from luming_portal.accounts.roles import Role
    from luming_portal.audit.actor import acting_as
    from luming_portal.audit.door import change
    from luming_portal.indicators.models import Indicator

    with acting_as(None), change("性能测试") as changes:
        changes.create_many(
            [
                Indicator(
                    key=f"bench_{number}",
                    label=f"指标{number}",
                    definition="性能测试用",
                    unit="亿元",
                    kind="flow",
                    frequency="month",
                    steward=unit_of(number),
                )
                for number in range(UNITS * ROWS)
            ]
        )
        office = changes.save(User(username="office", name="办公室", role=Role.OFFICE, unit="领导小组办公室"))
        officers = [
            changes.save(
                User(username=f"unit-{at}", name=f"单位{at}", role=Role.DEPARTMENT, unit=unit_of(at * ROWS))
            )
            for at in range(UNITS)
        ]
    return office, officers


def unit_of(number: int) -> str:
    """Whose figure it is."""
    return f"单位{number // ROWS:02d}"


def asked() -> Sequence[Any]:
    """What the document asks: each unit for its figures, which it leads itself."""
    from luming.mark import Mark
    from luming.period import parse_period
    from luming.reporting import Asked

    return tuple(
        Asked(
            unit=unit_of(number),
            lead=unit_of(number),
            indicator=f"bench_{number}",
            label=f"指标{number}",
            subject="包头市",
            period=parse_period("2025-01/2025-09"),
            of_measure="亿元",
            mark=Mark.EXPECTED,
        )
        for number in range(UNITS * ROWS)
    )


def plain_writing(month: Any) -> float:
    """Seconds to write as many reports and figures with bulk_create alone, which is then undone."""
    from django.db import transaction

    from luming_portal.audit.governed import door_open
    from luming_portal.indicators.models import Fact
    from luming_portal.reporting.models import Report, ReportingMonth

    facts = list(Fact.objects.filter(indicator__key__startswith="bench_"))
    reports = list(month.reports.all())
    token = door_open.set(True)
    try:
        with transaction.atomic():
            other = ReportingMonth(document=month.document, year=2024, month=9)
            other.due_on = other.verify_by = other.publish_by = DUE
            other.save()
            for report in reports:
                report.pk, report.reporting_month = None, other
            for fact in facts:
                fact.pk, fact.key = None, f"again.{fact.key}"
            start = time.perf_counter()
            Report.objects.bulk_create(reports, batch_size=500)
            Fact.objects.bulk_create(facts, batch_size=500)
            took = time.perf_counter() - start
            transaction.set_rollback(True)
    finally:
        door_open.reset(token)
    return took


def tell(name: str, seconds: float, peer: float) -> None:
    """Print one figure."""
    line = {
        "name": name,
        "value": round(seconds, 2),
        "unit": "s",
        "peer": "Django bulk_create of the same reports and figures",
        "peer_value": round(peer, 2),
        "ratio": round(seconds / peer, 2),
        "size": f"{UNITS} units x {ROWS} figures",
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
