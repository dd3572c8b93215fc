"""Standards as data: read, assessed in three values, explained, advised.

One file per version; `read_standards` reads those of some packs, `assess` says what one of them says of one firm.
"""

from luming.standards.assessment import Assessment, Outcome, assess
from luming.standards.evaluator import Fact, Facts
from luming.standards.explanation import Explanation, Step, explain
from luming.standards.facts import read_facts
from luming.standards.firm_table import FirmRow, FirmTable, TableFaults, read_columns, read_firms
from luming.standards.input_check import Doubt, Finding, check_row
from luming.standards.loader import Catalogue, StandardFaults, read_standards
from luming.standards.model import Input, InputKind, Standard, StandardKind
from luming.standards.span import Span

__all__ = [
    "Assessment",
    "Catalogue",
    "Doubt",
    "Explanation",
    "Fact",
    "Facts",
    "Finding",
    "FirmRow",
    "FirmTable",
    "Input",
    "InputKind",
    "Outcome",
    "Span",
    "Standard",
    "StandardFaults",
    "StandardKind",
    "Step",
    "TableFaults",
    "assess",
    "check_row",
    "explain",
    "read_columns",
    "read_facts",
    "read_firms",
    "read_standards",
]
