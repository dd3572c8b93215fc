"""The register of projects from the city's folder into its table, and invented progress for the demonstration."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

from luming.period import parse_period
from luming_portal.audit.door import ChangeSet
from luming_portal.projects.models import InvestmentRow, Milestone, Project
from luming_portal.projects.register import PROJECTS
from luming_portal.registers.loading import entries, load_file, register_file


def load_register(changes: ChangeSet, city: Path) -> int:
    """Take in the city's register; how many entries are new."""
    return load_file(changes, PROJECTS, register_file(city, "projects"))


def load_progress(changes: ChangeSet, folder: Path) -> int:
    """Take in invented milestones and investment of projects that have none yet; how many lines."""
    steps, rows = _read(folder / "milestones.csv"), _read(folder / "investment.csv")
    owners = entries(Project, {row["project"] for row in (*steps, *rows)})
    begun = set(Milestone.objects.filter(project__in=owners.values()).values_list("project__key", flat=True))
    begun |= set(
        InvestmentRow.objects.filter(project__in=owners.values()).values_list("project__key", flat=True)
    )
    changes.create_many(
        [_milestone(owners[row["project"]], row) for row in steps if row["project"] not in begun]
    )
    changes.create_many([_money(owners[row["project"]], row) for row in rows if row["project"] not in begun])
    return sum(row["project"] not in begun for row in (*steps, *rows))


def _read(file: Path) -> list[dict[str, str]]:
    if not file.is_file():
        return []
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def _milestone(project: Project, row: dict[str, str]) -> Milestone:
    return Milestone(
        project=project,
        label=row["label"],
        due=dt.date.fromisoformat(row["due"]),
        weight=row["weight"],
        done_on=dt.date.fromisoformat(row["done_on"]) if row["done_on"] else None,
        unit=row["unit"],
        evidence=row["evidence"],
        demo=True,
    )


def _money(project: Project, row: dict[str, str]) -> InvestmentRow:
    return InvestmentRow(
        project=project,
        period=row["period"],
        period_end=parse_period(row["period"]).end,
        planned=row["planned"] or None,
        actual=row["actual"] or None,
        unit=row["unit"],
        evidence=row["evidence"],
        demo=True,
    )
