"""What an expert does: declare, write the own sheet, lock it. Nobody else touches or reads a sheet before the close."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from luming.appraisal import AppraisalFaults, Bar, Choice, Sheet, locked, scored
from luming.errors import Fault
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.audit.door import ChangeSet, change
from luming_portal.panels.models import FoundBy, Panel, PanelSettled, PanelState, ScoreSheet, Seat, SeatState
from luming_portal.panels.schemes import items_of, thawed
from luming_portal.panels.services.checking import all_declared, keep
from luming_portal.panels.services.convening import held, let_read


def declare(seat: Seat, ties: Sequence[tuple[Bar, str, str]], *, by: Any, text: str = "") -> Seat:
    """An expert declares: no tie at all, or those there are (what, with whom, in which way).

    With a tie he does not judge and sees nothing beyond what he was shown for the declaration.

    Raises:
        Refused: not his own seat. PanelSettled: he has declared, or the panel is not at work.
    """
    _own(seat, by)
    with change(_("回避申报")) as changes:
        panel = held(seat.panel)
        stored = (
            Seat.objects.select_for_update(of=("self",))
            .select_related("panel__case", "expert__account")
            .get(pk=seat.pk)
        )
        if panel.state not in (PanelState.DECLARING, PanelState.SCORING) or stored.state != SeatState.INVITED:
            raise PanelSettled(_("现在不能申报:已经申报过,或专家组不在申报中。"))
        stored.declaration = {
            "clear": not ties,
            "text": text.strip(),
            "ties": [{"bar": bar.value, "whom": whom, "detail": detail} for bar, whom, detail in ties],
        }
        stored.declared_at = changes.now
        stored.state = SeatState.BARRED if ties else SeatState.CLEAR
        changes.save(stored)
        for bar, whom, detail in ties:
            keep(changes, stored, bar, whom, FoundBy.EXPERT, detail=detail)
        if stored.state == SeatState.CLEAR:
            let_read(changes, stored)
        if panel.state == PanelState.DECLARING and all_declared(panel):
            panel.state, panel.scoring_at = PanelState.SCORING, changes.now
            changes.save(panel)
    return stored


def write_sheet(
    seat: Seat,
    scores: Mapping[str, Decimal],
    *,
    by: Any,
    remarks: Mapping[str, str],
    impression: str = "",
    choice: str = "",
    words: str = "",
    lock: bool = False,
    expected_version: int | None = None,
) -> ScoreSheet:
    """Write one's own sheet, and lock it when asked to.

    Args:
        scores: points by item; a sheet that is not locked may leave some out.
        choice: the vote on the conclusion; asked for at locking, with words where it is not agreement.

    Raises:
        AppraisalFaults: points out of range or of no item, or something missing at locking; all of it at once.
        Refused: not his own seat, or he has not declared. PanelSettled: not scoring, or locked before.
        StaleVersion: the sheet was changed in another window.
    """
    require(by, Action.CREATE, "score_sheet")
    _own(seat, by)
    with change() as changes:
        panel = held(seat.panel)
        stored = Seat.objects.select_related("panel", "expert").get(pk=seat.pk)
        if panel.state != PanelState.SCORING or not stored.scores:
            raise PanelSettled(_("现在不能打分:要先申报无回避情形,并等全部专家申报完毕。没有保存任何内容。"))
        row = _row(stored, panel.round)
        if row.locked_at is not None:
            raise PanelSettled(_("第%d轮打分表已经锁定,不再改动。") % panel.round)
        sheet = _filled(panel, stored, scores, lock=lock, choice=choice, words=words)
        row.scores = {key: format(value, "f") for key, value in sheet.scores.items()}
        row.remarks = {key: text.strip()[:500] for key, text in remarks.items() if text.strip()}
        row.impression, row.choice, row.words = impression, choice, words.strip()
        if lock:
            row.locked_at, row.seal = changes.now, seal_of(row)
        changes.save(row, expected_version=None if row._state.adding else expected_version)
    return row


def _filled(
    panel: Panel, seat: Seat, scores: Mapping[str, Decimal], *, lock: bool, choice: str, words: str
) -> Sheet:
    """The sheet as the library takes it.

    Raises:
        AppraisalFaults: with every fault.
    """
    items = {item.id: item for item in items_of(panel)}
    sheet = Sheet(seat.expert.key, round=panel.round)
    faults: list[Fault] = []
    for key, value in scores.items():
        if key not in items:
            continue
        try:
            sheet = scored(sheet, items[key], value)
        except AppraisalFaults as problem:
            faults += problem.faults
    if lock:
        if not faults:
            try:
                locked(sheet, tuple(items.values()))
            except AppraisalFaults as problem:
                faults += problem.faults
        faults += _vote_faults(panel, choice, words)
    if faults:
        raise AppraisalFaults(faults, _("打分表没有锁定,已填的内容还在页面上。") if lock else _("没有保存。"))
    return sheet


def _vote_faults(panel: Panel, choice: str, words: str) -> list[Fault]:
    conclusion = thawed(panel.scheme).conclusion
    if choice not in {one.value for one in Choice}:
        return [Fault("panels.choice", _("表决“%s”") % conclusion, _("没有表决"), _("同意、不同意或弃权"))]
    if choice != Choice.AGREE.value and not words.strip():
        return [
            Fault("panels.words", _("评审意见"), _("没有写"), _("不同意或弃权的,写明意见;意见会原样保留"))
        ]
    return []


def seal_of(row: ScoreSheet) -> str:
    """What names the content of a sheet without telling it: without the installation's secret nobody can try values out."""
    content = {
        "seat": row.seat_id,
        "round": row.round,
        "scores": row.scores,
        "remarks": row.remarks,
        "impression": row.impression,
        "choice": row.choice,
        "words": row.words,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return salted_hmac("luming.panels.sheet", text, algorithm="sha256").hexdigest()


def _row(seat: Seat, number: int) -> ScoreSheet:
    found = ScoreSheet.objects.filter(seat=seat, round=number).first()
    if found is not None:
        found.seat = seat
        return found
    return ScoreSheet(seat=seat, round=number, demo=seat.demo)


def start_round(changes: ChangeSet, panel: Panel) -> None:
    """A new round: everybody's sheet again, with the same scores, open."""
    for seat in panel.seats.filter(state=SeatState.CLEAR).select_related("panel", "expert"):
        last = ScoreSheet.objects.filter(seat=seat, round=panel.round - 1).first()
        if last is None:
            continue
        changes.save(
            ScoreSheet(
                seat=seat,
                round=panel.round,
                scores=last.scores,
                remarks=last.remarks,
                impression=last.impression,
                choice=last.choice,
                words=last.words,
                demo=last.demo,
            )
        )


def _own(seat: Seat, by: Any) -> None:
    if not by.is_authenticated or seat.expert.account_id != by.pk:
        raise Refused(_("只有本人可以申报和打分。"))
