"""The table of benefits from the city's folder. Cards are nobody's public data: the folder holds none."""

from __future__ import annotations

from pathlib import Path

from luming_portal.audit.door import ChangeSet
from luming_portal.registers.loading import load_file, register_file
from luming_portal.talents.register import BENEFITS


def load_register(changes: ChangeSet, city: Path) -> int:
    """Take in the city's table of benefits; how many lines are new."""
    return load_file(changes, BENEFITS, register_file(city, BENEFITS.slug))
