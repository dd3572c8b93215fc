"""What the ledger and the allocation refuse, told to the officer who decides.

FaultyInput
├── BudgetRefused        an entry that cannot stand; nothing was booked
│   ├── EntryInvalid         a sum that is none, an entry without what its move needs
│   ├── Overspent            more than the line has left
│   ├── NotHeld              the matter has less in that stage
│   ├── MatterTaken          the matter was reserved or paid before
│   ├── CapExceeded          more than a cap allows
│   └── KeyTaken             the key stands for another entry
└── AllocationFaults     requests or a call that cannot be decided on; nothing was allocated
    └── DeclaredLate         the method was named after the window had opened
"""

from __future__ import annotations

from luming.errors import FaultyInput


class BudgetRefused(FaultyInput):
    """An entry that cannot stand."""

    consequence = "没有记账。"


class EntryInvalid(BudgetRefused):
    """A sum that is none, or an entry without what its move needs."""


class Overspent(BudgetRefused):
    """More than the line has left."""


class NotHeld(BudgetRefused):
    """The matter has less in the stage that the entry takes it from."""


class MatterTaken(BudgetRefused):
    """The matter was reserved or paid before; one matter is paid once."""


class CapExceeded(BudgetRefused):
    """More than a cap per matter, firm, year or fund allows."""


class KeyTaken(BudgetRefused):
    """The key of an entry was used before, for something else."""


class AllocationFaults(FaultyInput):
    """Requests or a call that cannot be decided on."""

    consequence = "没有分配。"


class DeclaredLate(AllocationFaults):
    """The method was named only after the window had opened."""
