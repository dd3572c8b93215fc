"""文件分解台: a document decomposed by hand, one operation after another, from its text to the files of a pack.

Everything here takes a `Decomposition` and gives a new one; nothing reads or writes. `docs/guide/document_desk.md` tells
an officer the same in her words.
"""

from luming.desk.assign import MARKS, assign, known_units, not_named, read_units
from luming.desk.bind import (
    bind,
    bind_rest,
    default_reference,
    mark_not_software,
    mark_rest_not_software,
    unbind,
)
from luming.desk.decide import accept, accept_all, add, correct, explain, reject, restore, withdraw
from luming.desk.decomposition import Decomposition, Origin, Proposal, State, name_of
from luming.desk.divide import merge, split
from luming.desk.draft import decompose
from luming.desk.faults import DeskFaults
from luming.desk.fields import FIELDS
from luming.desk.files import city_files, decomposition_of, pack_files, pack_of
from luming.desk.head import HEAD_FIELDS, retitle, set_head
from luming.desk.likeness import (
    BindingSuggestion,
    Suggestion,
    level,
    like_indicators,
    like_last_year,
    like_mechanisms,
    link_known,
    said,
)
from luming.desk.numbers import LooseNumber, loose_numbers
from luming.desk.open_points import Done, OpenPoint, Progress, open_points, progress, published
from luming.desk.target import (
    CURVES,
    INDICATOR_FIELDS,
    create_indicator,
    create_missing,
    link_indicator,
    proposed_indicator,
    set_continues,
    set_curve,
)
from luming.desk.undo import EntryChange, changes, fingerprint, reverted
from luming.desk.years import YearRow, YearTable, year_table

__all__ = [
    "CURVES",
    "FIELDS",
    "HEAD_FIELDS",
    "INDICATOR_FIELDS",
    "MARKS",
    "BindingSuggestion",
    "Decomposition",
    "DeskFaults",
    "Done",
    "EntryChange",
    "LooseNumber",
    "OpenPoint",
    "Origin",
    "Progress",
    "Proposal",
    "State",
    "Suggestion",
    "YearRow",
    "YearTable",
    "accept",
    "accept_all",
    "add",
    "assign",
    "bind",
    "bind_rest",
    "changes",
    "city_files",
    "correct",
    "create_indicator",
    "create_missing",
    "decompose",
    "decomposition_of",
    "default_reference",
    "explain",
    "fingerprint",
    "known_units",
    "level",
    "like_indicators",
    "like_last_year",
    "like_mechanisms",
    "link_indicator",
    "link_known",
    "loose_numbers",
    "mark_not_software",
    "mark_rest_not_software",
    "merge",
    "name_of",
    "not_named",
    "open_points",
    "pack_files",
    "pack_of",
    "progress",
    "proposed_indicator",
    "published",
    "read_units",
    "reject",
    "restore",
    "retitle",
    "reverted",
    "said",
    "set_continues",
    "set_curve",
    "set_head",
    "split",
    "unbind",
    "withdraw",
    "year_table",
]
