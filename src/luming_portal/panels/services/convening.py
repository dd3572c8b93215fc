"""Convening a panel: opened for a case, experts proposed and checked, invited, replaced, dissolved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming.appraisal import AppraisalFaults, Bar, Scheme
from luming.errors import Fault
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.audit.door import ChangeSet, change
from luming_portal.cases.models import Case, CaseReader
from luming_portal.panels.models import (
    Expert,
    Finding,
    FoundBy,
    Panel,
    PanelSettled,
    PanelState,
    Seat,
    SeatState,
)
from luming_portal.panels.schemes import frozen, items_of, scheme_named
from luming_portal.panels.services.checking import check, faults_of, keep
from luming_portal.panels.subject import people_of, said_of, units_of


class NoPanel(Refused):
    """The experts are no panel yet; carries every reason as a sentence."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__(_("专家组还不能成立:") + " ".join(self.sentences))


def make_panel(
    changes: ChangeSet, case: Case, scheme: Scheme, *, category: str = "", unit: str = ""
) -> Panel:
    """Open a panel for a case within a change that is under way."""
    category = category or _category(case, scheme)
    made = Panel(
        case=case,
        title=case.title[:200],
        scheme=frozen(scheme),
        category=category,
        units=units_of(case),
        people=people_of(case),
        avoid=said_of(case, "avoid"),
        unit=unit or case.unit,
        opened_at=changes.now,
        demo=case.demo,
    )
    return changes.save(made)  # type: ignore[no-any-return]


def open_panel(case: Case, scheme: str, *, by: Any, category: str = "") -> Panel:
    """Open a panel by hand.

    Raises:
        Refused: not allowed, no such scheme or category, or a panel of the case is at work.
    """
    require(by, Action.CREATE, "panel")
    found = scheme_named(scheme)
    if found.categories and category not in found.categories:
        raise Refused(_("请选择评审类别:%s。") % _("、").join(found.categories.values()))
    with change(_("组建专家组")) as changes:
        stored = Case.objects.select_for_update().get(pk=case.pk)
        _one_at_a_time(stored)
        return make_panel(changes, stored, found, category=category, unit=by.unit)


def _one_at_a_time(case: Case) -> None:
    at_work = case.panels.exclude(state__in=(PanelState.CLOSED, PanelState.DISSOLVED)).exists()
    if at_work:
        raise Refused(_("这件事项已有一个专家组在工作,先汇总或解散它。"))


def propose(
    panel: Panel, experts: Iterable[Expert], *, leader: Expert | None, category: str = "", by: Any,
    day: dt.date | None = None,
) -> Panel:  # fmt: skip
    """Propose experts and check them; what is found against them is kept whether or not they stay.

    While the panel is at work only those are added who are new; nobody is dropped silently: see `release`.

    Raises:
        PanelSettled: it is over.
    """
    require(by, Action.CHANGE, "panel", panel)
    wanted = {one.pk: one for one in experts}
    with change(_("拟定专家组")) as changes:
        stored = _open(panel)
        if stored.state == PanelState.DRAFT and category and category != stored.category:
            stored.category = category
            changes.save(stored)
        there = {one.expert_id: one for one in stored.seats.select_related("expert__person", "panel")}
        if stored.state == PanelState.DRAFT:
            for key, seat in there.items():
                if key not in wanted and seat.state == SeatState.PROPOSED:
                    _leave(changes, seat, _("未列入拟请名单"))
        for key, one in wanted.items():
            _seat(changes, stored, there.get(key), one)
        seats = list(stored.seats.select_related("expert__person", "panel"))
        for seat in seats:
            leads = leader is not None and seat.expert_id == leader.pk
            if seat.leader != leads:
                seat.leader = leads
                changes.save(seat)
        check(changes, stored, seats, day or timezone.localdate())
    return stored


def _seat(changes: ChangeSet, panel: Panel, there: Seat | None, one: Expert) -> None:
    if there is not None:
        if there.state == SeatState.RELEASED and panel.state == PanelState.DRAFT:
            there.state, there.released_why = SeatState.PROPOSED, ""
            changes.save(there)
        return
    made = Seat(
        panel=panel,
        expert=one,
        name=one.person.name,
        unit=one.person.employer,
        speciality=one.speciality,
        state=SeatState.PROPOSED,
        demo=panel.demo,
    )
    changes.save(made)


def invite(panel: Panel, *, by: Any, due_on: dt.date | None = None) -> Panel:
    """Ask the experts to declare. Later on, ask those who were added.

    Raises:
        NoPanel: composition or conflicts, with every reason.
        PanelSettled: it is over.
    """
    require(by, Action.CHANGE, "panel", panel)
    with change(_("邀请专家")) as changes:
        stored = _open(panel)
        check(changes, stored, stored.seats.select_related("expert__person", "panel"), timezone.localdate())
    # What was found is kept also where the invitation is refused: hence two transactions.
    with change(_("邀请专家")) as changes:
        stored = held(panel)
        faults = [*faults_of(stored), *_category_faults(stored)]
        if faults:
            raise NoPanel(fault.sentence() for fault in faults)
        for seat in stored.seats.filter(state=SeatState.PROPOSED).select_related("panel", "expert__person"):
            seat.state = SeatState.INVITED
            changes.save(seat)
        stored.due_on = due_on or stored.due_on
        if stored.state == PanelState.DRAFT:
            stored.state, stored.invited_at = PanelState.DECLARING, changes.now
        changes.save(stored)
    return stored


def clear(finding: Finding, *, by: Any, why: str) -> Finding:
    """Clear a finding that was uncertain: somebody has looked and says on what ground.

    Raises:
        Refused: it is certain, cleared before, or no ground is given.
    """
    require(by, Action.CHANGE, "panel", finding.panel)
    if not why.strip():
        raise Refused(_("要写明核实的依据。"))
    with change(_("核实回避情形")) as changes:
        held(finding.panel)
        stored = Finding.objects.select_for_update().get(pk=finding.pk)
        if stored.certain:
            raise Refused(_("这一情形已经确定,只能更换专家。"))
        if stored.cleared_at is not None:
            raise Refused(_("这一情形已经核实过。"))
        stored.cleared_at, stored.cleared_by, stored.cleared_why = changes.now, by, why.strip()
        changes.save(stored)
    return stored


def accuse(seat: Seat, bar: Bar, whom: str, *, by: Any, detail: str) -> Finding:
    """The convener learned of a tie: the expert does not judge any more, and what he kept back is counted.

    Raises:
        Refused: nothing is said of whom, or on what ground.
    """
    require(by, Action.CHANGE, "panel", seat.panel)
    if not whom.strip() or not detail.strip():
        raise Refused(_("要写明对方是谁、依据是什么。"))
    with change(_("发现回避情形")) as changes:
        held(seat.panel)
        stored = (
            Seat.objects.select_for_update(of=("self",))
            .select_related("panel", "expert__person")
            .get(pk=seat.pk)
        )
        if stored.state == SeatState.RELEASED:
            raise Refused(_("这位专家已经换下。"))
        made = keep(changes, stored, bar, whom.strip(), FoundBy.OFFICE, detail=detail.strip())
        stored.undeclared += stored.state == SeatState.CLEAR
        stored.state = SeatState.BARRED
        changes.save(stored)
        shut(changes, stored)
    return made


def release(seat: Seat, *, by: Any, why: str) -> Seat:
    """Take an expert off the panel. What he scored does not count; it stays where it is, unread.

    Raises:
        Refused: no reason.
    """
    require(by, Action.CHANGE, "panel", seat.panel)
    if not why.strip():
        raise Refused(_("要写明换下的理由。"))
    with change(_("换下专家")) as changes:
        held(seat.panel)
        stored = (
            Seat.objects.select_for_update(of=("self",))
            .select_related("panel", "expert__person")
            .get(pk=seat.pk)
        )
        _leave(changes, stored, why.strip())
        shut(changes, stored)
    return stored


def _leave(changes: ChangeSet, seat: Seat, why: str) -> None:
    if seat.state == SeatState.RELEASED:
        return
    seat.state, seat.released_why, seat.leader = SeatState.RELEASED, why[:300], False
    changes.save(seat)


def dissolve(panel: Panel, *, by: Any, reason: str) -> Panel:
    """End a panel without a result.

    Raises:
        PanelSettled: it is over. ReasonMissing: no reason.
    """
    require(by, Action.CHANGE, "panel", panel)
    if not reason.strip():
        raise Refused(_("要写明解散的理由。"))
    with change(reason) as changes:
        stored = held(panel)
        for seat in stored.seats.select_related("panel", "expert"):
            shut(changes, seat)
        stored.state = PanelState.DISSOLVED
        changes.save(stored)
    return stored


def _open(panel: Panel) -> Panel:
    stored = held(panel)
    if not stored.is_open:
        raise PanelSettled(_("专家组已经汇总或解散,没有改动任何内容。"))
    return stored


def _category_faults(panel: Panel) -> tuple[Fault, ...]:
    try:
        items_of(panel)
    except AppraisalFaults as problem:
        return problem.faults
    return ()


def held(panel: Panel) -> Panel:
    """The panel as it stands, held until the transaction ends."""
    return Panel.objects.select_for_update().get(pk=panel.pk)


def let_read(changes: ChangeSet, seat: Seat) -> None:
    """Open the case to the expert of a seat."""
    case, account = seat.panel.case, seat.expert.account
    if account is not None and not CaseReader.objects.filter(case=case, user=account).exists():
        changes.save(CaseReader(case=case, user=account, demo=case.demo))


def shut(changes: ChangeSet, seat: Seat) -> None:
    """Close the case to the expert of a seat again."""
    for reader in CaseReader.objects.filter(case=seat.panel.case_id, user=seat.expert.account_id):
        changes.delete(reader)


def _category(case: Case, scheme: Scheme) -> str:
    """The category that the case's own words name; "" where they name none, then the convener chooses."""
    said = str(case.data.get("category") or case.data.get("result_category") or "").strip()
    for key, label in scheme.categories.items():
        if said in (key, label):
            return key
    return ""
