"""What changes the facts of firms and the declarations of completeness; every value is read before it is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from luming.standards.facts import read_fact
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.accounts.roles import Role
from luming_portal.audit.door import change
from luming_portal.enterprises.models import Enterprise
from luming_portal.standards.catalogue import shelf
from luming_portal.standards.models import CompleteRegister, FirmFact, Origin


class FactsRefused(Exception):
    """Facts that cannot be kept: key and sentence of each; nothing was written."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(sentence for _key, sentence in problems))


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody states of a firm for a year: written values by key; "" takes a fact back."""

    firm: Enterprise
    year: int
    values: Mapping[str, str]
    source: str = ""


def faults_in(values: Mapping[str, str]) -> list[tuple[str, str]]:
    """What cannot be read: key and sentence of each."""
    inputs, found = shelf().inputs, []
    for key, written in values.items():
        item = inputs.get(key)
        if item is None:
            found.append((key, _("不认识的事实“%s”。") % key))
            continue
        try:
            read_fact(written, item)
        except ValueError as expected:
            found.append(
                (key, _("“%(value)s”不能用,应为%(expected)s。") % {"value": written, "expected": expected})
            )
    return found


def state_facts(
    statements: Iterable[Statement], *, by: Any, origin: Origin | None = None, today: dt.date | None = None
) -> int:
    """Keep what is stated of some firms, where it differs from what stands; how many facts are new.

    Raises:
        Refused: not the right of this person for one of the firms.
        FactsRefused: something cannot be read. Nothing was written.
    """
    given = list(statements)
    own = by.role == Role.ENTERPRISE
    problems = []
    for one in given:
        require(by, Action.CREATE, "firm_fact", FirmFact(enterprise=one.firm))
        problems += faults_in(one.values)
        if own:
            problems += [(key, _("专家评分由主管部门录入。")) for key in one.values if key in shelf().judged]
    if problems:
        raise FactsRefused(problems)
    day = today or timezone.localdate()
    new: list[FirmFact] = []
    with change(_("填报企业事实")) as changes:
        standing = _standing(one.firm.pk for one in given)
        for one in given:
            for key, written in one.values.items():
                before = standing.get((one.firm.pk, one.year, key))
                value, source = written.strip(), one.source.strip()
                if (before.value if before else "") == value and (
                    not value or (before is not None and before.source == source)
                ):
                    continue
                fact = FirmFact(
                    enterprise=one.firm,
                    year=one.year,
                    key=key,
                    value=value,
                    origin=Origin.FIRM if own else origin or Origin.OFFICE,
                    source=source,
                    recorded_on=day,
                    entered_by=by,
                    demo=one.firm.demo or by.demo,
                )
                standing[one.firm.pk, one.year, key] = fact
                new.append(fact)
        changes.create_many(new)
    return len(new)


def _standing(firms: Iterable[int]) -> dict[tuple[int, int, str], FirmFact]:
    rows = FirmFact.objects.filter(enterprise__in=set(firms)).order_by("recorded_on", "pk")
    return {(row.enterprise_id, row.year, row.key): row for row in rows}


def declare_complete(
    title: str, first_day: dt.date, last_day: dt.date, basis: str, *, by: Any
) -> CompleteRegister:
    """Declare that the register holds every firm with a title.

    Raises:
        Refused: not the office, not a title of the ladder, no basis, or a term that ends before it begins.
    """
    require(by, Action.CREATE, "complete_register")
    if title not in titles_at_hand():
        raise Refused(_("“%s”不是阶梯和标准用到的资质。") % title)
    if not basis.strip():
        raise Refused(_("要写明按哪份名单核全。"))
    if last_day < first_day:
        raise Refused(_("截止日早于起始日。"))
    with change(basis.strip()) as changes:
        item: CompleteRegister = changes.save(
            CompleteRegister(title=title, first_day=first_day, last_day=last_day, basis=basis.strip())
        )
    return item


def withdraw_complete(item: CompleteRegister, *, by: Any, reason: str) -> None:
    """Take a declaration back: what it settled is unknown again.

    Raises:
        Refused: not the office, or no reason.
    """
    require(by, Action.CHANGE, "complete_register", item)
    if not reason.strip():
        raise Refused(_("要写明撤回的理由。"))
    item.withdrawn_on = timezone.localdate()
    with change(reason) as changes:
        changes.save(item)


def titles_at_hand() -> tuple[str, ...]:
    """Every title that a rung or a fact of the ladder names."""
    ladder = shelf().ladder
    names = [name for rung in ladder.rungs for name in rung.titles]
    names += [name for titles in ladder.titles.values() for name in titles]
    return tuple(dict.fromkeys(names))
