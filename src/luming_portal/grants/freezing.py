"""What a grant opens, frozen: each standard with version and hash, the verdict with its parts, and the facts asked."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from luming.standards import Standard
from luming_portal.enterprises.models import Enterprise
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.known import knowledge_of
from luming_portal.standards.run_services import told_of
from luming_portal.standards.standing import verdict


def frozen_sight(firm: Enterprise, standards: Sequence[Standard], as_of: dt.date) -> dict[str, Any]:
    """The content of a grant: nothing but what the chosen standards ask and say. In Chinese, as the rules are."""
    known = knowledge_of(firm, as_of)
    asked = {key for rule in standards for key in rule.inputs}
    return {
        "firm": {"id": firm.pk, "name": firm.name, "credit_code": firm.credit_code or ""},
        "as_of": as_of.isoformat(),
        "rules_digest": shelf().digest,
        "standards": [_said(rule, known.facts, as_of) for rule in standards],
        "facts": [
            {"key": key, "label": item.about.label, "unit": item.unit, **known.known[key].frozen()}
            for key, item in shelf().inputs.items()
            if key in asked and key in known.known
        ],
        "unknown": [
            item.about.label for key, item in shelf().inputs.items() if key in asked - set(known.known)
        ],
    }


def _said(rule: Standard, facts: Any, as_of: dt.date) -> dict[str, Any]:
    one = verdict(rule, facts, as_of, "zh")
    return {
        **told_of(rule),
        "mark": rule.about.mark.value,
        "caution": rule.caution,
        "outcome": one.outcome.value,
        "class": one.class_words,
        "figures": [list(pair) for pair in one.figures],
        "conclusion": one.explanation.conclusion,
        "steps": [
            {"depth": depth, "state": step.state, "sentence": step.sentence}
            for top in one.explanation.steps
            for depth, step in top.walk()
        ],
    }


def digest_of(frozen: dict[str, Any]) -> str:
    """Names the frozen content, so that bank and firm know that they speak of the same."""
    text = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
