"""预算: money from appropriation to payment as an exact ledger in integer fen, and its allocation by a declared method.

Nothing here is stored and nothing knows the clock: `apply` takes a ledger and an entry and gives the next ledger.
"""

from luming.budget.allocation import allocate
from luming.budget.call import Call, Method, Tail, Weight, check_call
from luming.budget.cap import Cap, CapScope, counters, use
from luming.budget.carry import Carried, carry_over
from luming.budget.entry import Entry, Move, Stage
from luming.budget.faults import (
    AllocationFaults,
    BudgetRefused,
    CapExceeded,
    DeclaredLate,
    EntryInvalid,
    KeyTaken,
    MatterTaken,
    NotHeld,
    Overspent,
)
from luming.budget.ledger import Ledger, apply, key_fault, replay
from luming.budget.money import fen_of, in_words, in_yuan
from luming.budget.outcome import Allocation, Award, shown
from luming.budget.outlook import Outlook, outlook
from luming.budget.request import Request
from luming.budget.standing import Balance, Claim, post

__all__ = [
    "Allocation",
    "AllocationFaults",
    "Award",
    "Balance",
    "BudgetRefused",
    "Call",
    "Cap",
    "CapExceeded",
    "CapScope",
    "Carried",
    "Claim",
    "DeclaredLate",
    "Entry",
    "EntryInvalid",
    "KeyTaken",
    "Ledger",
    "MatterTaken",
    "Method",
    "Move",
    "NotHeld",
    "Outlook",
    "Overspent",
    "Request",
    "Stage",
    "Tail",
    "Weight",
    "allocate",
    "apply",
    "carry_over",
    "check_call",
    "counters",
    "fen_of",
    "in_words",
    "in_yuan",
    "key_fault",
    "outlook",
    "post",
    "replay",
    "shown",
    "use",
]
