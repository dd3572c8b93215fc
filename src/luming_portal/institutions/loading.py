"""The register of institutions from the city's folder into its table."""

from __future__ import annotations

from pathlib import Path

from luming_portal.audit.door import ChangeSet
from luming_portal.institutions.register import INSTITUTIONS
from luming_portal.registers.loading import load_file, register_file


def load_register(changes: ChangeSet, city: Path) -> int:
    """Take in the city's register; how many entries are new."""
    return load_file(changes, INSTITUTIONS, register_file(city, "institutions"))
