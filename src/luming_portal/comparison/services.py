"""What changes comparisons and objections: issue, correct, file, withdraw, decide. Each through the audit door."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from luming.comparison import (
    Contested,
    Frozen,
    InputRefused,
    Objecting,
    ObjectionMove,
    ObjectionState,
    contested_value,
    freeze,
    objection_window,
    reranked,
    state_after,
    with_value,
)
from luming.monitor import number
from luming.workdays import state_calendar
from luming_portal.accounts.rights import Action, Refused, Scope, require, scope_of
from luming_portal.audit.door import change
from luming_portal.comparison.current import Current
from luming_portal.comparison.models import Comparison, Objection, Settled
from luming_portal.comparison.selectors import findings_of


def issue(item: Current, *, by: Any, today: dt.date | None = None) -> Comparison:
    """Issue a ranking: from now on rows, inputs, formula and weights stay as they are, and districts may object.

    Raises:
        Refused: not the right of this person.
        Settled: it was issued before for this period, or no district is ranked. Nothing was written.
    """
    require(by, Action.PUBLISH, "comparison")
    if all(row.rank is None for row in item.content.rows):
        raise Settled(_("没有一个旗县区能排名,不公布。各旗县区未排名的原因见表。"))
    made = Comparison(
        document=item.version.document,
        target=item.target,
        label=item.label,
        indicator=item.indicator,
        unit=item.unit,
        period=item.period.text,
        as_of=item.as_of,
        demo=item.demo,
        facts=item.facts,
        content=freeze(item.content),
        **_days(today),
    )
    return _written(made, "公布旗县区比较", _("这个目标这一时期的比较已经公布;有误时请在那一份里公布更正。"))


def correct(
    former: Comparison,
    *,
    by: Any,
    reason: str,
    fresh: Current | None = None,
    today: dt.date | None = None,
) -> Comparison:
    """Issue a comparison in the place of another: what accepted objections found is put in, all is ranked again.

    Args:
        fresh: reckon from the figures as they stand now, instead of those that were issued.

    Raises:
        Refused: not the right of this person.
        Settled: it was corrected before, an objection waits, or nothing would change. InputRefused: a finding cannot
            stand beside another one. Nothing was written.
    """
    require(by, Action.PUBLISH, "comparison")
    if not reason.strip():
        raise Settled(_("更正要写明理由。"))
    with transaction.atomic():
        stored = _locked(former)
        _require_open(stored)
        if stored.objections.filter(state=ObjectionState.FILED.value).exists():
            raise Settled(_("还有异议没有处理,请先处理完再公布更正。"))
        content = corrected_content(stored, fresh)
        if content.inputs == stored.frozen().inputs:
            raise Settled(_("没有采纳的异议,台账里的数也没有变,没有可更正的内容。"))
        made = Comparison(
            document=stored.document,
            target=stored.target,
            label=stored.label,
            indicator=stored.indicator,
            unit=stored.unit,
            period=stored.period,
            as_of=fresh.as_of if fresh else stored.as_of,
            demo=stored.demo,
            facts=fresh.facts if fresh else stored.facts,
            content=freeze(content),
            corrects=stored,
            reason=reason.strip(),
            **_days(today),
        )
        return _written(made, reason, _("这一份已经更正过,请打开更正后的那一份。"))


def corrected_content(former: Comparison, fresh: Current | None) -> Frozen:
    """What a correction would be. Figures of today do not bring back what earlier corrections put right."""
    if fresh is None:
        return reranked(former.frozen(), findings_of(former))
    chain = [former]
    while chain[0].corrects is not None:
        chain.insert(0, chain[0].corrects)
    return reranked(fresh.content, [finding for one in chain for finding in findings_of(one)])


def file_objection(
    comparison: Comparison,
    input: Contested,
    should_be: Decimal,
    *,
    by: Any,
    reason: str,
    evidence: str,
    today: dt.date | None = None,
) -> Objection:
    """A district says that an input of its own row is wrong.

    Raises:
        Refused: not a district, or not in the comparison.
        Settled: too late, corrected meanwhile, or the same input waits already. InputRefused: the figure cannot stand.
            Nothing was written.
    """
    require(by, Action.CREATE, "objection")
    today = today or timezone.localdate()
    with transaction.atomic():
        stored = _locked(comparison)
        item = stored.frozen().input_of(by.district)
        if item is None:
            raise Refused(_("您的旗县区(%s)不在这次比较里,不能提异议。") % (by.district or _("未填")))
        if why_not := why_closed(stored, today):
            raise Settled(why_not)
        stood = contested_value(item, input)
        if stood is not None and stood == should_be:
            raise InputRefused(f"“{input.label}”公布的就是这个数。")
        with_value(item, input, should_be)
        made = Objection(
            comparison=stored,
            district=by.district,
            input=input.value,
            stood=None if stood is None else _plain(stood),
            should_be=should_be,
            reason=reason.strip(),
            evidence=evidence.strip(),
            filed_on=today,
            filed_by=by,
            demo=stored.demo or by.demo,
        )
        return _written(made, "提出异议", _("对这个数的异议还没有处理,处理以前不能再提一次。"))


def why_closed(comparison: Comparison, today: dt.date) -> str:
    """Why no objection is taken any more; "" while one is."""
    if comparison.superseded_by is not None:
        return _("这一份已被更正,请对更正后的那一份提异议。")
    window = comparison.window()
    if window.is_over(today):
        return _("异议期已于%(day)s结束(%(issued)s公布,公布后第3个工作日为止),不再受理。") % {
            "day": window.last_day,
            "issued": comparison.issued_on,
        }
    return ""


def withdraw(item: Objection, *, by: Any, today: dt.date | None = None) -> Objection:
    """The district takes its objection back.

    Raises:
        Refused: not a person of the district. Settled: decided before. Nothing was written.
    """
    require(by, Action.CHANGE, "objection", item)
    if scope_of(by, Action.CHANGE, "objection") is not Scope.DISTRICT:
        raise Refused(_("只有提出异议的旗县区能撤回。"))
    return _settle(item, ObjectionMove.WITHDRAW, Objecting.DISTRICT, today, "", None)


def decide_objection(
    item: Objection,
    move: ObjectionMove,
    *,
    by: Any,
    answer: str,
    finding: Decimal | None = None,
    expected_version: int | None = None,
    today: dt.date | None = None,
) -> Objection:
    """The office accepts or rejects an objection, with the reason.

    Args:
        finding: what the input is found to be, where it accepts.

    Raises:
        Refused: not the office. Settled: withdrawn or decided before. StaleVersion. InputRefused: the finding cannot
            stand. Nothing was written.
    """
    require(by, Action.CHANGE, "objection", item)
    if scope_of(by, Action.CHANGE, "objection") is not Scope.ALL:
        raise Refused(_("异议由领导小组办公室处理。"))
    if not answer.strip():
        raise Settled(_("处理异议要写明理由。"))
    if move is ObjectionMove.ACCEPT:
        row = item.comparison.frozen().input_of(item.district)
        if finding is None or row is None:
            raise Settled(_("采纳时要写明核定的数。"))
        with_value(row, item.of, finding)
    else:
        finding = None
    return _settle(item, move, Objecting.OFFICE, today, answer.strip(), finding, expected_version)


def _settle(
    item: Objection,
    move: ObjectionMove,
    part: Objecting,
    today: dt.date | None,
    answer: str,
    finding: Decimal | None,
    expected_version: int | None = None,
) -> Objection:
    with change(answer or move.label) as changes:
        _locked(item.comparison)
        stored = Objection.objects.select_for_update().get(pk=item.pk)
        following = state_after(stored.at, move, part)
        if following is None:
            raise Settled(
                _("这条异议现在是“%s”,不能这样处理。没有保存任何内容。") % stored.get_state_display()
            )
        stored.state = following.value
        stored.settled_on = today or timezone.localdate()
        stored.answer, stored.finding = answer, finding
        changes.save(stored, expected_version=expected_version)
    return stored


def _require_open(stored: Comparison) -> None:
    if stored.superseded_by is not None:
        raise Settled(_("这一份已经更正过,请打开更正后的那一份。"))


def _written(made: Any, reason: str, taken: str) -> Any:
    """Store a new record; Settled with a sentence where the same one is there already, written a moment before."""
    try:
        with change(reason) as changes:
            changes.save(made)
    except IntegrityError:
        raise Settled(taken) from None
    return made


def _days(today: dt.date | None) -> dict[str, dt.date | None]:
    issued_on = today or timezone.localdate()
    return {"issued_on": issued_on, "last_day": objection_window(issued_on, state_calendar()).last_day}


def _plain(value: Any) -> Decimal:
    """An input as a decimal; a plan, split by shares, is kept to six decimals as the row shows it."""
    return Decimal(number(value, 6))


def _locked(item: Comparison) -> Comparison:
    """The comparison, held until the transaction ends: filing, deciding and correcting do not overtake each other."""
    return Comparison.objects.select_for_update().get(pk=item.pk)
