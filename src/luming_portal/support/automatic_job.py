"""The background jobs of the lane without application: the list over the register, then a case for each firm on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luming.support import Item, Lane, Verdict, entitlement
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Refused
from luming_portal.audit.door import change
from luming_portal.cases.models import Case
from luming_portal.cases.recording import CaseRefused
from luming_portal.cases.services import move, open_case
from luming_portal.cases.shelf import process_of
from luming_portal.enterprises.models import Enterprise, Qualification
from luming_portal.operations.jobs import JobCancelled, JobFailed, Progress, background_job
from luming_portal.standards.known import Knowledge, knowledge
from luming_portal.support.catalogue import rule_digest, support_shelf
from luming_portal.support.claims import claims_of, fields_of, granted, number_of
from luming_portal.support.comparison import OF_FIRM, checks_of, duplicate_of, matter_key, met_before
from luming_portal.support.models import AutomaticFirm, AutomaticRun
from luming_portal.support.selectors import Told, told
from luming_portal.support.steps import PROCESSES

BATCH = 100
LIST, LISTING = "list", "listing"
"""The first step of the process of the lane, and its form."""


@background_job(_("免申即享名单"), repeatable=True)
def list_firms(progress: Progress, *, run: int) -> dict[str, Any]:
    """Who qualifies by what is known; may be begun anew, what a dead worker left is written again."""
    item = AutomaticRun.objects.get(pk=run)
    if item.state != "open":
        raise JobFailed(gettext("这份名单已经生成。"))
    rule = rule_of(item)
    firms = list(Enterprise.objects.filter(demo=item.invented).select_related("source").order_by("pk"))
    _clear(item)
    count = dict.fromkeys(Verdict, 0)
    listed: dict[str, str] = {}
    entered = told(item.as_of)
    try:
        for start in range(0, len(firms), BATCH):
            progress.report(start, total=len(firms), message=gettext("逐家比对"))
            batch = firms[start : start + BATCH]
            made = []
            for verdict, row in _judged(item, rule, batch, listed, entered):
                count[verdict] += 1
                made += [row] if row is not None else []
            with change(gettext("生成免申即享名单")) as changes:
                changes.create_many(made)
        progress.report(len(firms), total=len(firms), at_once=True)
    except JobCancelled:
        _clear(item)
        item.stopped_at = timezone.now()
        with change(gettext("停止免申即享名单")) as changes:
            changes.save(item)
        raise
    rows = list(AutomaticFirm.objects.filter(run=item))
    item.summary = {
        "firms": len(firms),
        "yes": count[Verdict.YES],
        "no": count[Verdict.NO],
        "unknown": count[Verdict.UNKNOWN],
        "duplicates": sum(bool(one.duplicate) for one in rows),
        "high": sum(one.high or 0 for one in rows if one.stands),
    }
    item.finished_at = timezone.now()
    with change(gettext("生成免申即享名单")) as changes:
        changes.save(item)
    return {"sentence": gettext("比对了%(firms)d家企业,%(yes)d家符合。") % item.summary}


@background_job(_("免申即享建立办件"), repeatable=True)
def open_cases(progress: Progress, *, run: int, officer: int, line: str, basis: str) -> dict[str, Any]:
    """A case for each firm that stands on a confirmed list; a firm that has one already is passed over."""
    item = AutomaticRun.objects.get(pk=run)
    rule, person = rule_of(item), User.objects.get(pk=officer)
    waiting = [one for one in _standing(item) if one.case_pk is None]
    opened, refused = 0, 0
    for place, firm in enumerate(waiting):
        progress.report(place, total=len(waiting), message=gettext("逐家建立办件"))
        try:
            with transaction.atomic():  # case and note together, so that a worker that dies opens none twice
                case = _open(rule, firm, person, line, basis)
                _note(firm, case_pk=case.pk, case_number=case.number)
        except (Refused, CaseRefused) as problem:
            refused += 1
            _note(firm, left_out=str(problem)[:300])
        else:
            opened += 1
    sentence = gettext("建立了%(opened)d件办件。") % {"opened": opened}
    if refused:
        sentence += gettext("%d家没有建成,原因写在名单里。") % refused
    return {"sentence": sentence}


def rule_of(run: AutomaticRun) -> Item:
    """The item of a run, which must still be the one that it names.

    Raises:
        JobFailed: it is gone or has changed since.
    """
    item = support_shelf().items.get(run.item)
    if item is None or rule_digest(item) != run.item_sha256 or item.lane is not Lane.AUTOMATIC:
        raise JobFailed(gettext("事项“%s”已不在或已改动,请重新发起。") % run.item_name)
    return item


def _judged(
    run: AutomaticRun, rule: Item, firms: Sequence[Enterprise], listed: dict[str, str], entered: Told
) -> list[tuple[Verdict, AutomaticFirm | None]]:
    known = knowledge(firms, run.as_of, run.known_on)
    cases = claims_of(firms)
    titles = list(Qualification.objects.filter(enterprise__in=firms).order_by("pk"))
    found: list[tuple[Verdict, AutomaticFirm | None]] = []
    for firm in firms:
        earlier = cases.get(firm.pk, [])
        number = number_of(rule, firm, titles)
        matters = {rule.matter: number} if number else {}
        one = entitlement(rule, known[firm.pk].facts, run.as_of, granted(earlier), matters)
        paid_before = one.verdict is Verdict.NO and bool(granted(earlier)) and bool(one.sentences)
        if one.verdict is not Verdict.YES and not paid_before:
            found.append((one.verdict, None))
            continue
        amount = entered.amounts.get(rule.key)
        low, high = (amount.low, amount.high) if amount else (one.expected.low, one.expected.high)
        row = _row(run, rule, firm, known[firm.pk], number, (low, high), earlier, listed)
        if paid_before and not row.duplicate:
            found.append((one.verdict, None))
            continue
        found.append((Verdict.YES, row))
    return found


def _row(
    run: AutomaticRun,
    rule: Item,
    firm: Enterprise,
    known: Knowledge,
    number: str,
    money: tuple[int, int],
    earlier: Sequence[Case],
    listed: dict[str, str],
) -> AutomaticFirm:
    matter = matter_key(rule, firm.pk, number, run.as_of.year)
    duplicate = duplicate_of(matter, met_before(earlier, support_shelf().items), listed)
    if not duplicate:
        listed[matter] = firm.name
    asked = {key for one in rule.standards for key in one.inputs}
    return AutomaticFirm(
        run=run,
        enterprise=firm,
        name=firm.name,
        district=firm.district,
        low=money[0] if money[1] else None,
        high=money[1] or None,
        facts={key: one.frozen() for key, one in known.known.items() if key in asked},
        checks=checks_of(rule, known, number),
        matter=matter,
        duplicate=duplicate[:300],
        demo=run.demo,
    )


def _open(rule: Item, firm: AutomaticFirm, person: User, line: str, basis: str) -> Case:
    number = firm.matter[-60:] if OF_FIRM in firm.matter else firm.matter.rpartition(":")[2]
    data = fields_of(rule, firm.high, number, person.unit) | {"line": line, "list_source": basis[:200]}
    case = open_case(
        PROCESSES[Lane.AUTOMATIC],
        by=person,
        title=gettext("%(firm)s %(item)s") % {"firm": firm.name, "item": rule.name},
        enterprise=firm.enterprise,
        data=data,
        unit=person.unit,
        demo=firm.demo,
    )
    asked = process_of(case).forms[LISTING].properties
    return move(case, LIST, by=person, data={name: value for name, value in data.items() if name in asked})


def _standing(run: AutomaticRun) -> list[AutomaticFirm]:
    rows = AutomaticFirm.objects.filter(run=run, left_out="", duplicate="")
    return list(rows.select_related("enterprise").order_by("name", "pk"))


def _note(firm: AutomaticFirm, **values: Any) -> None:
    for name, value in values.items():
        setattr(firm, name, value)
    with change(gettext("免申即享建立办件")) as changes:
        changes.save(firm)


def _clear(run: AutomaticRun) -> None:
    """Take away what an unfinished list has written."""
    with change(gettext("重新生成免申即享名单")) as changes:
        for row in AutomaticFirm.objects.filter(run=run):
            changes.delete(row)
