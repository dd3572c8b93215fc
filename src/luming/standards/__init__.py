"""Standards as data: read, assessed in three values, explained, advised.

One file per version; `read_standards` reads those of some packs, `assess` says what one of them says of one firm.
"""

from luming.standards.advice import (
    PASSING,
    Advice,
    Change,
    Goal,
    Obstacle,
    Plan,
    Prospect,
    advise,
    in_class,
    next_class,
    next_line,
    scoring,
)
from luming.standards.assessment import Assessment, Outcome, assess
from luming.standards.cases import cases_file, differences, read_cases
from luming.standards.condition import leaves
from luming.standards.deciding import deciding
from luming.standards.embedding import embed, overlap
from luming.standards.entry import ABOUT, Entry
from luming.standards.evaluator import Evaluator, Fact, Facts, domain
from luming.standards.explanation import explain
from luming.standards.expression import names
from luming.standards.facts import read_facts
from luming.standards.firm_table import FirmRow, FirmTable, TableFaults, read_columns, read_firms
from luming.standards.input_check import Doubt, Finding, check_row
from luming.standards.kind import kind_of, yuan
from luming.standards.loader import Catalogue, StandardFaults, read_standards, standard_of
from luming.standards.model import Input, InputKind, Standard, StandardKind, Subject
from luming.standards.nearness import is_near
from luming.standards.outline import outline
from luming.standards.places import places
from luming.standards.points import parts_within
from luming.standards.record import RecordFaults, record, replay
from luming.standards.result_table import ResultTable, assess_firms, write_result
from luming.standards.sensitivity import rank_spread, ranking, stable_ranges
from luming.standards.span import Span
from luming.standards.split import edges_of, stretches
from luming.standards.step import Explanation, Step
from luming.standards.words import figure

__all__ = [
    "ABOUT",
    "PASSING",
    "Advice",
    "Assessment",
    "Catalogue",
    "Change",
    "Doubt",
    "Entry",
    "Evaluator",
    "Explanation",
    "Fact",
    "Facts",
    "Finding",
    "FirmRow",
    "FirmTable",
    "Goal",
    "Input",
    "InputKind",
    "Obstacle",
    "Outcome",
    "Plan",
    "Prospect",
    "RecordFaults",
    "ResultTable",
    "Span",
    "Standard",
    "StandardFaults",
    "StandardKind",
    "Step",
    "Subject",
    "TableFaults",
    "advise",
    "assess",
    "assess_firms",
    "cases_file",
    "check_row",
    "deciding",
    "differences",
    "domain",
    "edges_of",
    "embed",
    "explain",
    "figure",
    "in_class",
    "is_near",
    "kind_of",
    "leaves",
    "names",
    "next_class",
    "next_line",
    "outline",
    "overlap",
    "parts_within",
    "places",
    "rank_spread",
    "ranking",
    "read_cases",
    "read_columns",
    "read_facts",
    "read_firms",
    "read_standards",
    "record",
    "replay",
    "scoring",
    "stable_ranges",
    "standard_of",
    "stretches",
    "write_result",
    "yuan",
]
