"""申诉: a unit contests a light with reason and evidence, the office decides, and it is said beside the light."""

from luming.dispute.beside import Beside, Contested, beside, contestants
from luming.dispute.way import DisputeMove, DisputePart, DisputeState, dispute_after, dispute_moves

__all__ = [
    "Beside",
    "Contested",
    "DisputeMove",
    "DisputePart",
    "DisputeState",
    "beside",
    "contestants",
    "dispute_after",
    "dispute_moves",
]
