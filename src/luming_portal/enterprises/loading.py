"""The register of enterprises from the city's folder into its table, with the qualifications beside it."""

from __future__ import annotations

import csv
from pathlib import Path

from luming_portal.audit.door import ChangeSet
from luming_portal.enterprises.models import Enterprise, Qualification
from luming_portal.enterprises.register import ENTERPRISES
from luming_portal.enterprises.services import note_titles
from luming_portal.indicators.models import Source
from luming_portal.registers.loading import entries, load_file, register_file


def load_register(changes: ChangeSet, city: Path) -> int:
    """Take in the city's register; how many entries are new."""
    added = load_file(changes, ENTERPRISES, register_file(city, "enterprises"))
    load_qualifications(changes, register_file(city, "qualifications"))
    return added


def load_qualifications(changes: ChangeSet, file: Path, *, demo: bool = False) -> int:
    """Take in the qualifications of enterprises that have none yet; how many."""
    if not file.is_file():
        return 0
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    firms = entries(Enterprise, {row["enterprise"] for row in rows})
    held = set(
        Qualification.objects.filter(enterprise__in=firms.values()).values_list("enterprise_id", "title")
    )
    sources = dict(Source.objects.values_list("key", "pk"))
    new = [
        Qualification(
            enterprise=firms[row["enterprise"]],
            title=row["title"],
            number=row["number"],
            year=int(row["year"]) if row["year"] else None,
            issued_on=row["issued_on"] or None,
            valid_until=row["valid_until"] or None,
            source_id=sources.get(row["source_key"]),
            mark=row["mark"],
            demo=demo,
        )
        for row in rows
        if (firms[row["enterprise"]].pk, row["title"]) not in held
    ]
    changes.create_many(new)
    for firm in {item.enterprise_id: item.enterprise for item in new}.values():
        note_titles(changes, firm)
    return len(new)
