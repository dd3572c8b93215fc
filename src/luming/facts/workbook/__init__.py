"""Workbooks as offices keep them, read by a mapping that a person confirms once."""

from luming.facts.workbook.account import Account, Kind, Provenance, Reading
from luming.facts.workbook.apply import apply, fingerprint_of
from luming.facts.workbook.carry import Carried, carry, likeness, most_alike
from luming.facts.workbook.grid import Grid, grid_of
from luming.facts.workbook.grid import address as address_of
from luming.facts.workbook.heads import Role
from luming.facts.workbook.mapping import (
    ColumnMapping,
    Mapping,
    NameMapping,
    SheetMapping,
    mapping_file,
    mapping_of,
    mapping_text,
    only_certain,
    read_mapping,
    write_mapping,
)
from luming.facts.workbook.names import Confidence
from luming.facts.workbook.office_file import ENDINGS, OfficeFile, read_office_file
from luming.facts.workbook.propose import Choices, SheetChoice, propose

__all__ = [
    "ENDINGS",
    "Account",
    "Carried",
    "Choices",
    "ColumnMapping",
    "Confidence",
    "Grid",
    "Kind",
    "Mapping",
    "NameMapping",
    "OfficeFile",
    "Provenance",
    "Reading",
    "Role",
    "SheetChoice",
    "SheetMapping",
    "address_of",
    "apply",
    "carry",
    "fingerprint_of",
    "grid_of",
    "likeness",
    "mapping_file",
    "mapping_of",
    "mapping_text",
    "most_alike",
    "only_certain",
    "propose",
    "read_mapping",
    "read_office_file",
    "write_mapping",
]
