"""The check of conflicts: what registers, experts and the subject say, kept as findings with their evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from luming.appraisal import Bar, Conflict, Known, Tie, conflicts, panel_faults, ties_known, unit_key
from luming.errors import Fault
from luming_portal.audit.door import ChangeSet
from luming_portal.panels.models import Expert, ExpertTie, Finding, FoundBy, Panel, Seat
from luming_portal.panels.models.seat import SITTING, SeatState
from luming_portal.panels.schemes import rules, thawed


def found_against(panel: Panel, experts: Iterable[Expert], day: dt.date) -> dict[int, list[Conflict]]:
    """What the registers and the subject say against some experts, by key of the expert; nothing is written."""
    wanted = list(experts)
    by_key = {one.key: one.pk for one in wanted}
    appraised = panel.appraised()
    ties = [*ties_known(_known(wanted), appraised), *_asked(panel, wanted)]
    found = conflicts([one.judge() for one in wanted], appraised, ties, day, rules().withdrawal)
    out: dict[int, list[Conflict]] = {one.pk: [] for one in wanted}
    for one in found:
        out[by_key[one.expert.id]].append(one)
    return out


def check(changes: ChangeSet, panel: Panel, seats: Iterable[Seat], day: dt.date) -> None:
    """Check seats and keep what is found; what was found before stays, with what was made of it."""
    wanted = [one for one in seats if one.sits]
    found = found_against(panel, [one.expert for one in wanted], day)
    for seat in wanted:
        known = set(seat.findings.values_list("bar", "whom"))
        for one in found[seat.expert_id]:
            if (one.bar.value, one.with_whom) in known:
                continue
            by = FoundBy.SUBJECT if one.bar is Bar.DECLARED else FoundBy.REGISTER
            keep(changes, seat, one.bar, one.with_whom, by, certain=one.certain, detail=one.detail)


def keep(
    changes: ChangeSet,
    seat: Seat,
    bar: Bar,
    whom: str,
    by: FoundBy,
    *,
    certain: bool = True,
    detail: str = "",
) -> Finding:
    """Keep one finding."""
    made = Finding(
        panel=seat.panel,
        seat=seat,
        bar=bar.value,
        whom=whom[:520],
        certain=certain,
        detail=detail[:500],
        found_by=by,
        found_at=changes.now,
        demo=seat.demo,
    )
    return changes.save(made)  # type: ignore[no-any-return]


def faults_of(panel: Panel) -> tuple[Fault, ...]:
    """Every reason why the panel cannot be invited, or its scores not be taken: composition and open findings."""
    seats = [one for one in panel.seats.select_related("expert").order_by("pk") if one.state in SITTING]
    rule = thawed(panel.scheme).rule(rules().panel)
    found = list(panel_faults([one.judge() for one in seats], rule))
    found += [
        Fault(
            f"panels.{one.bar}",
            _("专家%s") % one.seat.judge().said,
            f"{one.get_bar_display()}{'' if one.certain else _('(待核实)')}:{one.whom}",
            _("与被评对象没有利害关系"),
            _("请更换专家") if one.certain else _("请核实并写明依据,或更换专家"),
        )
        for one in Finding.objects.filter(
            panel=panel, cleared_at__isnull=True, seat__state__in=SITTING
        ).select_related("seat__expert")
    ]
    found += [
        Fault(
            "panels.account",
            _("专家%s") % one.name,
            _("没有登录账号"),
            _("有账号才能申报回避和打分"),
            _("请在专家库中登记账号"),
        )
        for one in seats
        if one.expert.account_id is None
    ]
    return tuple(found)


def all_declared(panel: Panel) -> bool:
    """Whether every seat that counts has declared to be clear."""
    states = set(panel.seats.filter(state__in=SITTING).values_list("state", flat=True))
    return states == {SeatState.CLEAR.value}


def _known(experts: list[Expert]) -> list[Known]:
    keys = {one.pk: one.key for one in experts}
    rows = ExpertTie.objects.filter(expert__in=experts).select_related("person").order_by("pk")
    return [
        Known(
            expert=keys[one.expert_id],
            bar=Bar(one.bar),
            with_whom=one.whom,
            with_id=one.person.key if one.person is not None else "",
            of_unit=one.of_unit,
            title=one.title,
            last_on=one.last_on,
            told_by=one.told_by,
        )
        for one in rows
    ]


def _asked(panel: Panel, experts: list[Expert]) -> list[Tie]:
    """What the subject asked for: experts or units that it does not want to be judged by, with its reason."""
    return [
        Tie(one.key, Bar.DECLARED, _("申报方"), told_by=str(asked.get("reason", "")))
        for asked in panel.avoid
        for one in experts
        if unit_key(str(asked.get("name", "")))
        in {unit_key(one.person.name), unit_key(one.person.employer)} - {""}
    ]
