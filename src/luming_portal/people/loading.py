"""The registers of persons and teams from the city's folder into their tables. Baotou's holds none: nobody's data is public."""

from __future__ import annotations

from pathlib import Path

from luming_portal.audit.door import ChangeSet
from luming_portal.people.register import PERSONS, TEAMS
from luming_portal.registers.loading import load_file, register_file


def load_register(changes: ChangeSet, city: Path) -> int:
    """Take in the city's registers; how many entries are new."""
    return load_file(changes, PERSONS, register_file(city, "persons")) + load_file(
        changes, TEAMS, register_file(city, "teams")
    )
