"""The count for target T04 by the real ladder: each firm once, and where it differs from the entries, which firms do."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from luming_portal.counting.models import CountedEntry, EntryPaper
from luming_portal.enterprises.models import Enterprise, Qualification
from luming_portal.indicators.models import Indicator
from luming_portal.standards import catalogue
from luming_portal.standards.overview import target_count
from portal.conftest import recorded

DAY = dt.date(2025, 12, 31)
CODES = {"甲公司": "91150200MA0DEM0002", "乙公司": "91150203MA0DEM001G", "丙公司": "91150207MA0DEM003G"}


@pytest.fixture
def real_packs(settings: Any, small_packs: None) -> None:
    """The packs of the repository instead of the small ones."""
    settings.PACKS = Path(__file__).parents[3] / "packs"
    catalogue.forget()


@pytest.mark.django_db
def test_a_firm_with_several_titles_is_counted_once_and_differences_are_named(
    real_packs: None, baotou: None
) -> None:
    with recorded() as changes:
        firms = {
            name: changes.save(Enterprise(key=f"T-{name}", name=name, credit_code=code, district="青山区"))
            for name, code in CODES.items()
        }
        for name, title in (
            ("甲公司", "高新技术企业"),
            ("甲公司", "科技型中小企业"),
            ("乙公司", "高新技术企业"),
        ):
            changes.save(
                Qualification(
                    enterprise=firms[name],
                    title=title,
                    issued_on=dt.date(2025, 1, 1),
                    valid_until=dt.date(2027, 12, 31),
                )
            )
        indicator = Indicator.objects.get(key="tech_firms_total")
        for at, name in enumerate(("甲公司", "丙公司")):
            entry = changes.save(
                CountedEntry(
                    key=f"T{at}",
                    indicator=indicator,
                    category="高新技术企业",
                    name=name,
                    label=name,
                    identity=CODES[name],
                    credit_code=CODES[name],
                    unit="市科技局",
                    counted_on=dt.date(2025, 1, 1),
                    recorded_on=dt.date(2025, 1, 2),
                    evidence_state="stands",
                )
            )
            changes.save(
                EntryPaper(
                    entry=entry,
                    kind="证书",
                    number="1",
                    issued_on=dt.date(2025, 1, 1),
                    valid_until=dt.date(2027, 12, 31),
                    recorded_on=dt.date(2025, 1, 2),
                )
            )
    found = target_count(list(firms.values()), DAY, DAY, demo=False)
    assert found is not None
    assert found.union == 2
    assert found.sum_of_categories == 3
    assert found.standing is not None
    assert found.standing.counted.number == 2
    assert found.only_register == ("乙公司",)
    assert found.only_entries == ("丙公司",)
