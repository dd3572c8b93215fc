"""Registers that come with Luming: files below a city's `registers/` folder, read the way that officers' imports are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from luming.errors import FactsFaults, Fault
from luming.pack import SourcesFile, read_file
from luming_portal.accounts.rights import Decision
from luming_portal.audit.door import ChangeSet
from luming_portal.indicators.models import Source
from luming_portal.indicators.services import hold_sources
from luming_portal.registers.planning import plan_records
from luming_portal.registers.reading import read_table
from luming_portal.registers.register import Register
from luming_portal.registers.targets import target_of

FOLDER = "registers"


def load_file(changes: ChangeSet, register: Register, file: Path, *, demo: bool = False) -> int:
    """Take in a register's file; how many entries are new. Entries that are there already stay as they are.

    Raises:
        FactsFaults: with all faults.
    """
    if not file.is_file():
        return 0
    load_sources(changes, file.parent)
    columns = {
        column.key: target
        for column in register.columns
        if (target := target_of(register, column)) is not None
    }
    table = read_table(file, file.name, [target.column for target in columns.values()], register.columns)
    plan = plan_records(register, table, columns, lambda action, item: Decision(True))
    if plan.problems:
        raise FactsFaults(
            Fault(
                "registers.file",
                f"{file.name} 第{problem.row}行",
                problem.column or "这一行",
                problem.sentence,
            )
            for problem in plan.problems
        )
    items = [row.item for row in plan.new]
    for item in items:
        item.demo = demo
    changes.create_many(items)
    return len(items)


def load_sources(changes: ChangeSet, folder: Path) -> None:
    """The folder's own sources, where they are not all there."""
    file = folder / "sources.yaml"
    if not file.is_file():
        return
    sources = read_file(file, SourcesFile).sources
    known = set(Source.objects.filter(key__in=[one.id for one in sources]).values_list("key", flat=True))
    hold_sources(changes, [one for one in sources if one.id not in known])


def register_file(city: Path, slug: str) -> Path:
    """Where a city's folder keeps a register."""
    return city / FOLDER / f"{slug}.csv"


def entries(model: Any, keys: set[str]) -> dict[str, Any]:
    """Entries by key."""
    return {item.key: item for item in model._default_manager.filter(key__in=keys)}
