"""推演: what a changed clause, cap or threshold would do, before it is issued. The rules in force are read and never written."""

from luming.rehearsal.clauses import changed_numbers, changed_text, edits_of
from luming.rehearsal.knob import Knob, KnobFaults, knobs, turned
from luming.rehearsal.overlay import item_files, rules_with, standard_file
from luming.rehearsal.rehearse import Firm, ItemRehearsal, Moved, Rehearsal, StandardRehearsal, rehearse
from luming.rehearsal.reworded import LONGEST, ChangedNumber, reworded, span_of
from luming.rehearsal.touched import Touched, measure_of, touched

__all__ = [
    "LONGEST",
    "ChangedNumber",
    "Firm",
    "ItemRehearsal",
    "Knob",
    "KnobFaults",
    "Moved",
    "Rehearsal",
    "StandardRehearsal",
    "Touched",
    "changed_numbers",
    "changed_text",
    "edits_of",
    "item_files",
    "knobs",
    "measure_of",
    "rehearse",
    "reworded",
    "rules_with",
    "span_of",
    "standard_file",
    "touched",
    "turned",
]
