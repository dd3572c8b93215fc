"""A firm's standing for programs: the same content as the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from luming_portal.standards.known import Knowledge
from luming_portal.standards.standing import RungStanding, Verdict


def firm_json(known: Knowledge, found: Iterable[Verdict], rungs: Iterable[RungStanding]) -> dict[str, Any]:
    """Verdicts with rule version and hash, place on the ladder, and the facts with their sources."""
    return {
        "firm": {"id": known.firm.pk, "name": known.firm.name, "demo": known.firm.demo},
        "as_of": known.as_of,
        "ladder": [
            {
                "rung": one.rung.key,
                "label": one.label,
                "state": one.state,
                "words": one.words,
                "here": one.here,
            }
            for one in rungs
        ],
        "standards": [
            {
                "standard": one.standard.key,
                "version": one.standard.version,
                "sha256": one.standard.sha256,
                "name": one.name,
                "outcome": one.outcome.value,
                "class": one.explanation.assessment.class_,
                "figures": dict(one.figures),
                "missing": [item.key for item in one.missing],
                "sentences": one.explanation.sentences(),
            }
            for one in found
        ],
        "facts": {key: item.frozen() for key, item in known.known.items()},
    }
