"""What the office does with locked sheets: a discussion where experts differ, the sum, and its way back to the case.

The office makes the score, not the experts; it reads no sheet before. Source: mechanisms reference, section 3.3.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luming.appraisal import (
    Ballot,
    Choice,
    Item,
    Result,
    Scheme,
    Vote,
    result_of,
    rounded,
    vote_of,
)
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.audit.door import change
from luming_portal.cases.recording import CaseRefused
from luming_portal.cases.services import hand_in_panel as hand_in
from luming_portal.panels.models import Panel, PanelSettled, PanelState, ScoreSheet, Seat, SeatState
from luming_portal.panels.schemes import items_of, rules, thawed
from luming_portal.panels.services.checking import faults_of
from luming_portal.panels.services.convening import NoPanel, held, shut
from luming_portal.panels.services.scoring import seal_of, start_round

LAST_ROUND = 2
"""One discussion; what then still differs is kept as dissent (平台默认口径)."""


class MustDiscuss(PanelSettled):
    """Experts differ too far on some items: a discussion comes first."""


def still_open(panel: Panel) -> list[Seat]:
    """Seats that judge and have not locked a sheet of this round."""
    done = ScoreSheet.objects.filter(seat__panel=panel, round=panel.round, locked_at__isnull=False).values(
        "seat"
    )
    return list(panel.seats.filter(state=SeatState.CLEAR).exclude(pk__in=done))


def to_discuss(panel: Panel) -> tuple[str, ...]:
    """Labels of the items on which the experts differ too far; nothing while a sheet is open."""
    if panel.state != PanelState.SCORING or still_open(panel):
        return ()
    labels = {item.id: item.label for item in items_of(panel)}
    return tuple(labels[one.item] for one in _result(panel, _sheets(panel)).to_discuss)


def measure(panel: Panel, value: Decimal, *, by: Any, basis: str) -> Panel:
    """Enter the part of the score that is measured and not judged.

    Raises:
        Refused: the scheme has no such part, no basis, or the figure is out of range.
    """
    require(by, Action.CHANGE, "panel", panel)
    scheme = thawed(panel.scheme)
    if scheme.expert_share == 1:
        raise Refused(_("这个打分方案没有量化部分。"))
    if not basis.strip() or not value.is_finite() or not 0 <= value <= 100:
        raise Refused(_("量化得分应为0至100,并写明依据。"))
    with change(_("录入量化得分")) as changes:
        stored = held(panel)
        stored.measured, stored.measured_basis = value, basis.strip()
        changes.save(stored)
    return stored


def discuss(panel: Panel, *, by: Any, minutes: str) -> Panel:
    """Open a second round after a discussion: everybody scores again, alone, on a copy of the own sheet.

    Raises:
        PanelSettled: sheets are open, nothing is to be discussed, or it was discussed before. Refused: no minutes.
    """
    require(by, Action.CHANGE, "panel", panel)
    if not minutes.strip():
        raise Refused(_("要写明讨论的情况。"))
    with change(_("讨论后重新评分")) as changes:
        stored = held(panel)
        if stored.round >= LAST_ROUND or not to_discuss(stored):
            raise PanelSettled(_("现在不需要讨论:还有打分表未锁定、没有分差过大的项目,或已经讨论过。"))
        stored.round += 1
        stored.minutes = minutes.strip()
        changes.save(stored)
        start_round(changes, stored)
    return stored


def close(panel: Panel, *, by: Any, reason: str = "") -> Panel:
    """Sum up, freeze, hand the result to the case.

    Raises:
        NoPanel: those who sit are no panel any more. MustDiscuss: first discuss.
        PanelSettled: sheets are open, the measured part is missing, or the case does not wait for it now.
    """
    require(by, Action.CHANGE, "panel", panel)
    with change(reason or _("汇总评审结果")) as changes:
        stored = held(panel)
        if stored.state != PanelState.SCORING:
            raise PanelSettled(_("专家组不在评分中,不能汇总。"))
        faults = faults_of(stored)
        if faults:
            raise NoPanel(fault.sentence() for fault in faults)
        if open_seats := still_open(stored):
            raise PanelSettled(_("还有%d位专家没有锁定打分表,不能汇总。") % len(open_seats))
        sheets = _sheets(stored)
        result = _result(stored, sheets)
        if result.to_discuss and stored.round < LAST_ROUND:
            raise MustDiscuss(
                _("这些项目的分差超过%(line)s分,先讨论再汇总:%(items)s。")
                % {"line": rules().scoring.discuss_above, "items": _("、").join(to_discuss(stored))}
            )
        scheme = thawed(stored.scheme)
        final = scheme.final(result.mean, stored.measured)
        if final is None:
            raise PanelSettled(_("量化得分还没有录入,不能汇总。"))
        vote = vote_of(
            [one.seat.expert.key for one in sheets],
            [Ballot(one.seat.expert.key, Choice(one.choice), one.words) for one in sheets],
            rules().vote,
        )
        told = told_of(stored, scheme, sheets, result, vote, final)
        for seat in stored.seats.select_related("panel__case", "expert"):
            shut(changes, seat)
        stored.result, stored.score, stored.grade = told, final, scheme.grade_of(final)
        stored.state, stored.closed_at, stored.closed_by = PanelState.CLOSED, changes.now, by
        changes.save(stored)
        try:
            hand_in(stored.case, by=by, data=handed(stored))
        except CaseRefused as problem:
            raise PanelSettled(_("事项现在不接收评审结果,没有汇总:%s") % problem) from problem
    return stored


def handed(panel: Panel) -> dict[str, str]:
    """What a case learns of its panel: score, grade, vote; no name and no single score."""
    vote = panel.result["vote"]
    return {
        "panel": str(panel.pk),
        "panel_scheme": panel.scheme["scheme"],
        "panel_score": format(panel.score, "f"),
        "panel_grade": panel.grade,
        "panel_carried": vote["carried"],
        "panel_dissent": str(len(vote["dissent"])),
    }


def told_of(
    panel: Panel, scheme: Scheme, sheets: list[ScoreSheet], result: Result, vote: Vote, final: Decimal
) -> dict[str, Any]:
    """The result as it is frozen: every sheet with its sum, the spreads, the vote with every dissent, and how it came about."""
    names = {one.seat.expert.key: one.seat for one in sheets}
    sums = {one.expert: one for one in result.sums}
    return {
        "round": panel.round,
        "items": [
            {"id": one.id, "label": one.label, "weight": str(one.weight), "full": str(one.full)}
            for one in items_of(panel)
        ],
        "sheets": [_told_sheet(one, sums[one.seat.expert.key]) for one in sheets],
        "spreads": [
            {
                "item": one.item,
                "lowest": str(rounded(one.lowest, 2)),
                "highest": str(rounded(one.highest, 2)),
                "range": str(rounded(one.range, 2)),
                "wide": one.discuss,
            }
            for one in result.spreads
        ],
        "score": str(result.score),
        "trimmed": result.trimmed,
        "deviation": None if result.deviation is None else str(result.deviation),
        "measured": None if panel.measured is None else format(panel.measured, "f"),
        "expert_share": str(scheme.expert_share),
        "final": str(final),
        "grade": scheme.grade_of(final),
        "vote": {
            "conclusion": scheme.conclusion,
            "carried": vote.carried.value,
            "agree": vote.agree,
            "panel": vote.panel,
            "dissent": [
                {"name": names[one.expert].name, "choice": one.choice.value, "words": one.words}
                for one in vote.dissent
            ],
        },
        "rules": {
            "scoring": rules().scoring.model_dump(mode="json"),
            "vote": rules().vote.model_dump(mode="json"),
        },
    }


def _told_sheet(row: ScoreSheet, found: Any) -> dict[str, Any]:
    gap = None if not row.impression else Decimal(row.impression) - rounded(found.points, 2)
    return {
        "expert": row.seat.expert.key,
        "name": row.seat.name,
        "unit": row.seat.unit,
        "speciality": row.seat.speciality,
        "leader": row.seat.leader,
        "scores": row.scores,
        "remarks": row.remarks,
        "sum": str(rounded(found.points, 2)),
        "left_out": found.left_out,
        "z": None if found.z is None else str(found.z),
        "impression": row.impression or None,
        "gap": None if gap is None else str(gap),
        "choice": row.choice,
        "words": row.words,
        "seal": row.seal,
        "whole": seal_of(row) == row.seal,
    }


def _sheets(panel: Panel) -> list[ScoreSheet]:
    """The locked sheets of this round of those who judge, in the order of the seats."""
    rows = ScoreSheet.objects.filter(
        seat__panel=panel, seat__state=SeatState.CLEAR, round=panel.round, locked_at__isnull=False
    )
    return list(rows.select_related("seat__expert").order_by("seat"))


def _result(panel: Panel, sheets: list[ScoreSheet]) -> Result:
    items: tuple[Item, ...] = items_of(panel)
    return result_of([one.sheet() for one in sheets], items, rules().scoring)
