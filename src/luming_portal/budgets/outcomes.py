"""An allocation as JSON, to be kept with its call; and the same shape for one that is only tried."""

from __future__ import annotations

from typing import Any

from luming.budget import Allocation, Award, in_words, shown


def frozen_outcome(found: Allocation) -> dict[str, Any]:
    """Rule, sums and awards; sums in fen beside their words, fair shares exact as fractions."""
    return {
        "rule": found.call.rule(),
        "seed": found.call.seed,
        "budget": found.budget,
        "given": found.given,
        "left": found.left,
        "edge": found.edge,
        "asked": sum(one.request.asked for one in found.awards),
        "awards": [_award(one) for one in found.awards],
    }


def _award(one: Award) -> dict[str, Any]:
    request = one.request
    return {
        "place": one.place,
        "matter": request.id,
        "name": request.name,
        "asked": request.asked,
        "cap": request.cap,
        "score": None if request.score is None else shown(request.score),
        "at": request.at.isoformat(),
        "precedence": request.precedence,
        "amount": one.amount,
        "amount_words": in_words(one.amount),
        "fair": None if one.fair is None else str(one.fair),
        "short": one.short,
        "reason": one.reason,
        "tie": one.tie,
        "undecided": one.undecided,
    }
