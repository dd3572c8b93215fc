"""报送: who owes which figure for a month, by when, how it moves through the offices, and what looks wrong with it."""

from luming.reporting.asked import Asked, Breadth, asked_for, progress_for
from luming.reporting.chat import Owing, group_text, unit_text
from luming.reporting.check import Concern, concerns, progress_concerns
from luming.reporting.diligence import Diligence, Handled, diligence_of
from luming.reporting.invitation import (
    DEFAULT_DAYS,
    LONGEST_DAYS,
    InvitationState,
    last_day,
    masked_phone,
    state_of,
)
from luming.reporting.letter import MarkFault, answer_day, default_mark, letter_number, read_mark
from luming.reporting.rhythm import DEFAULT_RHYTHM, Dates, Reminding, Rhythm, Told, dates_of, reminding_on
from luming.reporting.stage import Move, Part, Stage, after, moves_of

__all__ = [
    "DEFAULT_DAYS",
    "DEFAULT_RHYTHM",
    "LONGEST_DAYS",
    "Asked",
    "Breadth",
    "Concern",
    "Dates",
    "Diligence",
    "Handled",
    "InvitationState",
    "MarkFault",
    "Move",
    "Owing",
    "Part",
    "Reminding",
    "Rhythm",
    "Stage",
    "Told",
    "after",
    "answer_day",
    "asked_for",
    "concerns",
    "dates_of",
    "default_mark",
    "diligence_of",
    "group_text",
    "last_day",
    "letter_number",
    "masked_phone",
    "moves_of",
    "progress_concerns",
    "progress_for",
    "read_mark",
    "reminding_on",
    "state_of",
    "unit_text",
]
