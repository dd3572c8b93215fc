"""旗县区比较: an issued ranking of districts, the sum behind each row, and the objection of a district.

What is ranked and how is luming.monitor's; here stands what happens to a ranking once the office issues it.
"""

from luming.comparison.contested import CONTESTED, Contested, InputRefused, contested_value, with_value
from luming.comparison.frozen import Finding, Frozen, freeze, frozen, reranked, thaw
from luming.comparison.objection import Objecting, ObjectionMove, ObjectionState, state_after
from luming.comparison.window import OBJECTION_WORKDAYS, ObjectionWindow, objection_window
from luming.comparison.worked import Part, Worked, worked

__all__ = [
    "CONTESTED",
    "OBJECTION_WORKDAYS",
    "Contested",
    "Finding",
    "Frozen",
    "InputRefused",
    "Objecting",
    "ObjectionMove",
    "ObjectionState",
    "ObjectionWindow",
    "Part",
    "Worked",
    "contested_value",
    "freeze",
    "frozen",
    "objection_window",
    "reranked",
    "state_after",
    "thaw",
    "with_value",
    "worked",
]
