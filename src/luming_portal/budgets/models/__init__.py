"""Lines and their entries, what is reckoned from them, orders of payment, caps, and calls with their requests."""

from __future__ import annotations

from luming_portal.budgets.models.allocation import AllocationCall, AllocationRequest
from luming_portal.budgets.models.ledger import BudgetBalance, BudgetClaim, BudgetCounter, BudgetEntry
from luming_portal.budgets.models.line import BudgetLine, FundCap
from luming_portal.budgets.models.payment import PaymentOrder

__all__ = [
    "AllocationCall",
    "AllocationRequest",
    "BudgetBalance",
    "BudgetClaim",
    "BudgetCounter",
    "BudgetEntry",
    "BudgetLine",
    "FundCap",
    "PaymentOrder",
]
