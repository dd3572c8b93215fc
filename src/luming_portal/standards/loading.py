"""Facts of firms from a folder of a city, one row a firm and year, a column a fact."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from luming_portal.audit.door import ChangeSet
from luming_portal.enterprises.models import Enterprise
from luming_portal.registers.loading import entries
from luming_portal.standards.models import FirmFact, Origin


def load_facts(changes: ChangeSet, folder: Path, *, demo: bool = True) -> int:
    """Take in the facts of firms that have none yet; how many."""
    file = folder / "firm_facts.csv"
    if not file.is_file():
        return 0
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    firms = entries(Enterprise, {row["enterprise"] for row in rows})
    told = set(FirmFact.objects.filter(enterprise__in=firms.values()).values_list("enterprise_id", flat=True))
    new = [
        FirmFact(
            enterprise=firms[row["enterprise"]],
            year=int(row["year"]),
            key=key,
            value=value,
            origin=Origin.FIRM,
            source=row["source"],
            recorded_on=dt.date(int(row["year"]) + 1, 4, 20),
            demo=demo,
        )
        for row in rows
        if firms[row["enterprise"]].pk not in told
        for key, value in row.items()
        if value and key not in ("enterprise", "year", "source")
    ]
    changes.create_many(new)
    return len(new)
