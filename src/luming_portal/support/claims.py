"""Items of a firm as cases: which run already, what was granted before, and opening one in the lane of the item."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from luming.support import Item, Lane, Payment
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Refused
from luming_portal.accounts.roles import Role
from luming_portal.cases.models import Case
from luming_portal.cases.services import open_case
from luming_portal.enterprises.models import Enterprise, Qualification
from luming_portal.standards.catalogue import shelf
from luming_portal.support.money import fen_of, in_wan
from luming_portal.support.reckoning import Line
from luming_portal.support.steps import PROCESSES

SUPPORT = tuple(PROCESSES.values())
"""The processes in which support is claimed."""
CERTIFICATE = "certificate_no"
GRANTED = ("requesting", "finance_check", "confirming", "paying", "paid", "performance", "archived")
"""States of the two lanes that are applied for, and of the list, from which it is settled that money is paid."""
_ENDED = ("refused", "withdrawn", "closed")


def claims_of(firms: Iterable[Enterprise]) -> dict[int, list[Case]]:
    """The cases of some firms in which support is claimed and that did not end without it, by firm."""
    found: dict[int, list[Case]] = {}
    rows = Case.objects.filter(enterprise__in=[firm.pk for firm in firms], process__in=SUPPORT)
    for case in rows.exclude(outcome__in=_ENDED).order_by("pk"):
        found.setdefault(case.enterprise_id or 0, []).append(case)
    return found


def running(cases: Iterable[Case]) -> dict[str, Case]:
    """Those that still run, by item."""
    return {str(case.data.get("item", "")): case for case in cases if case.is_open}


def granted(cases: Iterable[Case]) -> list[Payment]:
    """Those that were granted, as the library takes what was paid or granted before."""
    found = []
    for case in cases:
        fen = award_of(case)
        if not was_granted(case) or fen is None:
            continue
        day = case.closed_at or case.opened_at
        found.append(Payment(str(case.data.get("item", "")), fen, day.year, str(case.data.get("matter", ""))))
    return found


def was_granted(case: Case) -> bool:
    """Whether it is settled that money is paid. A firm on a list that has yet to confirm has been granted nothing."""
    if case.process == PROCESSES[Lane.AUTOMATIC] and case.state == "confirming":
        return False
    return case.outcome == "approved" or case.state in GRANTED


def award_of(case: Case) -> int | None:
    """The award of a case in fen; None where none is written."""
    try:
        return fen_of(Decimal(str(case.data.get("award", ""))))
    except (InvalidOperation, ValueError):
        return None


def number_of(item: Item, firm: Enterprise, entries: Iterable[Qualification]) -> str:
    """The number of the certificate that an item pays for, as the register of titles holds it; "" where it does not."""
    if item.matter != CERTIFICATE:
        return ""
    titles = {
        name for rule in item.standards for key in rule.inputs for name in shelf().ladder.titles.get(key, ())
    }
    numbers = [
        one.number for one in entries if one.enterprise_id == firm.pk and one.title in titles and one.number
    ]
    return numbers[-1] if numbers else ""


def open_claim(line: Line, firm: Enterprise, *, by: User, number: str = "") -> Case:
    """Open a case for an item to which a firm is entitled; a draft that the firm completes.

    An item of the lane without application is put on a list by its department; a firm that does not want to wait for
    that claims it in the fast lane.

    Raises:
        Refused: not the firm's own user, or the case may not be opened.
    """
    require_own(firm, by)
    item = line.item
    process = PROCESSES[Lane.FAST if item.lane is Lane.AUTOMATIC else item.lane]
    return open_case(
        process,
        by=by,
        title=_("%(firm)s 申请 %(item)s") % {"firm": firm.name, "item": item.name},
        enterprise=firm,
        data=fields_of(item, line.high, number, department_of(item)),
        unit=department_of(item),
    )


def require_own(firm: Enterprise, by: User) -> None:
    """Stop here unless the person is the firm's own user.

    Raises:
        Refused: somebody else.
    """
    if by.role != Role.ENTERPRISE or by.enterprise_id != firm.pk:
        raise Refused(_("只有企业自己的账号能为本企业申请。"))


def fields_of(item: Item, fen: int | None, number: str, unit: str) -> dict[str, str]:
    """What the forms of the three lanes ask of an item and what is known of it."""
    given = {"item": item.key, "item_name": item.name[:100]}
    if fen:
        given["award"] = in_wan(fen)
    if number:
        given["matter"] = number
    if unit:
        given["unit"] = unit
    return given


def department_of(item: Item) -> str:
    """The department in charge, where somebody of it works here; else "" and the office names one."""
    return item.lead if item.lead and User.objects.filter(unit=item.lead).exists() else ""
