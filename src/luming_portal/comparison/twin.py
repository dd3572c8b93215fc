"""Comparisons and objections for programs: the same content as the pages, numbers as exact decimal text."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from luming_portal.comparison.models import Comparison, Objection


def comparison_json(item: Comparison) -> dict[str, Any]:
    """The head of an issued comparison."""
    return {
        "id": item.pk,
        "address": reverse("comparison:detail", args=[item.pk]),
        "target": item.target,
        "label": item.label,
        "indicator": item.indicator,
        "unit": item.unit,
        "period": item.period,
        "as_of": item.as_of,
        "issued_on": item.issued_on,
        "last_day": item.window().last_day,
        "corrects": item.corrects_id,
        "corrected_by": item.superseded_by.pk if item.superseded_by else None,
        "reason": item.reason,
        "demo": item.demo,
    }


def objection_json(item: Objection) -> dict[str, Any]:
    """An objection as everybody may read it."""
    return {
        "district": item.district,
        "input": item.input,
        "stood": None if item.stood is None else str(item.stood),
        "should_be": str(item.should_be),
        "reason": item.reason,
        "filed_on": item.filed_on,
        "state": item.state,
        "settled_on": item.settled_on,
        "finding": None if item.finding is None else str(item.finding),
        "answer": item.answer,
    }
