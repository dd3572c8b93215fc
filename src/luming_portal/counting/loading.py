"""Invented entries for the demonstration, read the way that officers' tables are."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from pathlib import Path

from django.utils import timezone

from luming.errors import FactsFaults, Fault
from luming_portal.audit.door import ChangeSet
from luming_portal.counting.models import CountedEntry, EntryPaper, StandIn
from luming_portal.counting.planning import plan_entries, sealed
from luming_portal.counting.register import COUNTED
from luming_portal.counting.services import write_entries, write_withdrawal
from luming_portal.indicators.models import Indicator
from luming_portal.registers.reading import read_table

_FEW = "演示条目只有几条,演示年度的总数照旧手填"
ENTRIES, WITHDRAWALS = "counted_entries.csv", "counted_withdrawals.csv"


def load_entries(changes: ChangeSet, folder: Path) -> int:
    """Take in the invented entries that are not there yet, as if each had been entered on its own day; how many.

    Raises:
        FactsFaults: with all faults.
    """
    file = folder / ENTRIES
    if not file.is_file():
        return 0
    table = sealed(read_table(file, file.name, COUNTED.columns))
    keys = {row.number: row.cells["key"] for row in table.rows}
    known = set(CountedEntry.objects.filter(key__in=keys.values()).values_list("key", flat=True))
    table = replace(table, rows=tuple(row for row in table.rows if keys[row.number] not in known))
    plan = plan_entries(table, None, demo=True)
    if plan.problems:
        raise FactsFaults(
            Fault("counting.file", f"{file.name} 第{one.row}行", one.column or "这一行", one.sentence)
            for one in plan.problems
        )
    for row in plan.new:
        row.item.entry.key = keys[row.number]
        row.item.entry.recorded_on = row.item.entry.counted_on
    write_entries(changes, [(row.item.entry, row.item.paper) for row in plan.new])
    _withdraw(changes, folder / WITHDRAWALS, {keys[row.number] for row in plan.new})
    _stand_in(changes, {row.item.entry.indicator for row in plan.new})
    return len(plan.new)


def _stand_in(changes: ChangeSet, indicators: set[Indicator]) -> None:
    """A handful of invented entries does not take the place of the demonstration's totals, until the office says so."""
    known = set(StandIn.objects.filter(indicator__in=indicators).values_list("indicator_id", flat=True))
    for one in sorted(indicators, key=lambda one: one.pk):
        if one.pk not in known:
            changes.save(StandIn(indicator=one, reason=_FEW, since=timezone.localdate(), demo=True))


def _withdraw(changes: ChangeSet, file: Path, new: set[str]) -> None:
    """Withdraw the papers of new entries that the file names."""
    if not file.is_file():
        return
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if row["key"] in new]
    for row in rows:
        paper = EntryPaper.objects.select_related("entry__indicator").get(entry__key=row["key"])
        day = dt.date.fromisoformat(row["withdrawn_on"])
        write_withdrawal(changes, paper, day, row["reason"], paper.entry.unit, day)
