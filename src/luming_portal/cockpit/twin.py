"""The cockpit and the page of a target for programs: the same content, numbers as exact decimal text with their unit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from luming.monitor import Assessment, Forecast, measure_standings
from luming_portal.cockpit.boards import Shown
from luming_portal.cockpit.target_page import TargetPage


def board_json(shown: Shown) -> dict[str, Any]:
    """The whole board."""
    board = shown.board
    return {
        "document": {
            "key": board.pack.document.id,
            "number": board.pack.document.number,
            "version": shown.version.number,
        },
        "as_of": board.as_of.isoformat(),
        "demo": board.demo,
        "counts": {light.value: count for light, count in board.counts().items()},
        "rule": {"label": board.rule.label, "source": board.rule.source, "mark": board.rule.mark.value},
        "measures": [
            {
                "id": one.measure.id,
                "number": one.measure.number,
                "title": one.measure.title,
                "light": one.light.value if one.light else None,
                "targets": [item.target.id for item in one.targets],
            }
            for one in measure_standings(board)
        ],
        "targets": [assessment_json(item) for item in board.assessments],
        "changes": list(board.changes),
        "contradictions": [{"title": one.title, "sentence": one.sentence} for one in board.contradictions],
    }


def assessment_json(item: Assessment) -> dict[str, Any]:
    """One target with its standing, light and forecast."""
    standing = item.standing
    latest = standing.latest
    return {
        "id": item.target.id,
        "label": item.target.label,
        "clause": item.target.clause,
        "quote": item.target.quote,
        "comparator": item.target.comparator.value,
        "value": _exact(item.target.value),
        "unit": item.target.unit,
        "deadline": item.target.deadline.isoformat() if item.target.deadline else None,
        "aspiration": item.target.aspiration,
        "latest": {
            "fact": latest.id,
            "value": _exact(latest.value),
            "unit": latest.unit,
            "period": latest.period.text,
            "status": latest.status.value,
            "source": latest.source,
        }
        if latest
        else None,
        "completion": _exact(standing.completion),
        "scheduled": _exact(standing.scheduled),
        "deviation_points": _exact(standing.deviation_points),
        "light": item.light.light.value,
        "reason": item.light.reason,
        "forecast": _forecast(item),
        "missing": [
            {
                "indicator": gap.indicator,
                "period": gap.period.text,
                "due_on": gap.due_on.isoformat(),
                "ask": gap.ask,
            }
            for gap in item.missing
        ],
        "lead": list(item.lead),
    }


def target_json(page: TargetPage, shown: Shown) -> dict[str, Any]:
    """A target with its facts and its recorded lights."""
    return {
        "as_of": shown.board.as_of.isoformat(),
        "demo": shown.board.demo,
        **assessment_json(page.item),
        "definition": page.item.indicator.definition,
        "facts": [
            {
                "id": fact.id,
                "subject": fact.subject,
                "period": fact.period,
                "value": format(fact.amount, "f"),
                "shown": fact.value,
                "status": fact.status,
                "recorded_on": fact.recorded_on,
                "publisher": fact.publisher,
                "mark": fact.mark,
                "supersedes": fact.supersedes,
                "demo": fact.demo,
            }
            for fact in (*page.facts, *page.far)
        ],
        "history": [
            {"as_of": one.as_of.isoformat(), "light": one.light.value, "reason": one.reason}
            for one in page.history
        ],
    }


def _forecast(item: Assessment) -> dict[str, Any]:
    forecast = item.forecast
    if not isinstance(forecast, Forecast):
        return {"value": None, "reason": forecast.reason}
    return {
        "value": _exact(forecast.value),
        "low": _exact(forecast.low),
        "high": _exact(forecast.high),
        "unit": forecast.unit,
        "chance": _exact(forecast.chance),
        "method": forecast.method,
        "values_used": forecast.values_used,
    }


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
