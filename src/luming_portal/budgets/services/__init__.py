"""What changes budgets: lines and caps, decisions on money, payments that two people release, allocation."""

from __future__ import annotations

from luming_portal.budgets.services.allocation import decide_call, declare_call, enter_requests
from luming_portal.budgets.services.lines import change_line, end_cap, open_line, set_cap
from luming_portal.budgets.services.money import (
    appropriate,
    cancel,
    carry,
    commit,
    cut,
    give_back,
    release,
    reserve,
)
from luming_portal.budgets.services.payments import ask_payment, refuse_payment, release_payment

__all__ = [
    "appropriate",
    "ask_payment",
    "cancel",
    "carry",
    "change_line",
    "commit",
    "cut",
    "decide_call",
    "declare_call",
    "end_cap",
    "enter_requests",
    "give_back",
    "open_line",
    "refuse_payment",
    "release",
    "release_payment",
    "reserve",
    "set_cap",
]
