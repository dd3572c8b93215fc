"""What the office does about figures that are owed: reminders sent, letters issued and withdrawn; what units answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from luming.period import parse_period
from luming.report import EarlierReminder, OverdueLetter, OwedFigure, compose_overdue_letter
from luming.reporting import Stage, letter_number, reminding_on
from luming_portal.accounts.rights import Action, Refused, require
from luming_portal.audit.door import ChangeSet, change
from luming_portal.chasing.letterheads import Head, head_for
from luming_portal.chasing.models import (
    Channel,
    Letter,
    LetterAnswer,
    LetterHead,
    LetterWithdrawal,
    Reminder,
)
from luming_portal.reporting.models import Report, ReportingMonth

_TRIES = 50
"""How often a number is asked for again while others take numbers at the same time."""


class ChasingRefused(Exception):
    """Something that cannot be done now; carries the sentence. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Noted:
    """How many reminders were noted, and the sentence for each unit that was left out."""

    count: int
    left: tuple[str, ...]


def note_reminders(
    month: ReportingMonth,
    units: Collection[str],
    channel: Channel,
    *,
    by: Any,
    sent_on: dt.date,
    note: str = "",
    today: dt.date | None = None,
) -> Noted:
    """Note that units were reminded of what they owe for a month.

    Raises:
        Refused: not the right of this person.
        ChasingRefused: the day has not come yet, letters are noted by issuing them, or a colleague noted the same now.
    """
    require(by, Action.CREATE, "reminder")
    today = today or timezone.localdate()
    if channel is Channel.LETTER:
        raise ChasingRefused(_("催报函在发出时自动记入提醒,不用另外登记。"))
    if sent_on > today:
        raise ChasingRefused(_("提醒日期%(day)s还没有到,没有登记。") % {"day": sent_on.isoformat()})
    owed = _owed_counts(month)
    known = set(
        Reminder.objects.filter(reporting_month=month, channel=channel, sent_on=sent_on).values_list(
            "unit", flat=True
        )
    )
    left = []
    rows = []
    for unit in dict.fromkeys(units):
        if unit not in owed:
            left.append(_("“%(unit)s”没有未报的数,没有登记提醒。") % {"unit": unit})
        elif unit in known:
            left.append(_("“%(unit)s”这一天已经登记过这种提醒,不重复登记。") % {"unit": unit})
        else:
            rows.append(_reminder(month, unit, channel, sent_on, owed[unit], note, by))
    try:
        with change() as changes:
            changes.create_many(rows)
    except IntegrityError as twice:
        raise ChasingRefused(_("刚才有同事登记了同样的提醒,没有重复登记。请刷新后查看。")) from twice
    return Noted(len(rows), tuple(left))


def issue_letter(
    month: ReportingMonth,
    unit: str,
    *,
    by: Any,
    ordinal: int,
    answer_by: dt.date,
    reason: str = "",
    today: dt.date | None = None,
) -> Letter:
    """Issue a reminder letter with the next number of the year.

    Two who issue at once never share a number and leave none out: the database holds each number once, whoever comes
    second starts over with the next, and what is not committed has taken no number.

    Args:
        ordinal: the how manieth letter to the unit about the month the officer meant to issue.

    Raises:
        Refused: not the right of this person.
        ChasingRefused: nothing is owed, a reason is missing, the day to answer is over, or a colleague was faster.
    """
    require(by, Action.CREATE, "letter")
    today = today or timezone.localdate()
    step = reminding_on(today, month.due_on)
    if not step.wants_letter and not reason.strip():
        raise ChasingRefused(_("现在还不到按规则发催报函的时候,提前发函请写明原因。没有发出。"))
    if answer_by <= today:
        raise ChasingRefused(_("答复期限应在今天以后,没有发出。"))
    head = head_for(month.document)
    for _try in range(_TRIES):
        try:
            with change(_("发催报函")) as changes:
                return _issued(changes, month, unit, by, ordinal, answer_by, reason.strip(), today, head)
        except IntegrityError:
            if Letter.objects.filter(reporting_month=month, unit=unit, ordinal=ordinal).exists():
                raise _already(unit) from None
    raise ChasingRefused(_("同时发函的人太多,没有取到文号,没有发出。请稍后再试。"))


def _already(unit: str) -> ChasingRefused:
    return ChasingRefused(
        _("对“%(unit)s”的这份催报函刚才已经发出,没有重复发出。请刷新后查看。") % {"unit": unit}
    )


def _issued(
    changes: ChangeSet,
    month: ReportingMonth,
    unit: str,
    by: Any,
    ordinal: int,
    answer_by: dt.date,
    reason: str,
    today: dt.date,
    head: Head,
) -> Letter:
    reports = list(
        Report.objects.filter(reporting_month=month, unit=unit, stage=Stage.DRAFT.value).select_related(
            "indicator"
        )
    )
    if not reports:
        raise ChasingRefused(_("“%(unit)s”这个月的数都已报了,不用发函。没有发出。") % {"unit": unit})
    if Letter.objects.filter(reporting_month=month, unit=unit).count() != ordinal - 1:
        raise _already(unit)
    last = Letter.objects.filter(year=today.year, demo=month.demo).order_by("-serial").first()
    serial = last.serial + 1 if last is not None else 1
    mark = f"演示{head.mark}" if month.demo else head.mark
    text = compose_overdue_letter(
        OverdueLetter(
            number=letter_number(mark, today.year, serial),
            issuer=head.issuer,
            issued_on=today,
            unit=unit,
            document=month.document.number or str(month.document),
            month=f"{month.year}年{month.month}月",
            due_on=month.due_on,
            owed=tuple(
                OwedFigure(one.label, parse_period(one.period).label(), one.of_measure) for one in reports
            ),
            reminders=tuple(_earlier(month, unit)),
            reason=reason,
            answer_by=answer_by,
            demo=month.demo,
        )
    )
    letter: Letter = changes.save(
        Letter(
            reporting_month=month,
            unit=unit,
            ordinal=ordinal,
            year=today.year,
            serial=serial,
            number=text.number,
            title=text.title[:200],
            reason=reason,
            step=reminding_on(today, month.due_on).value,
            issued_on=today,
            answer_by=answer_by,
            text=text.as_data(),
            issued_by=by,
            demo=month.demo,
        )
    )
    changes.save(_reminder(month, unit, Channel.LETTER, today, len(reports), "", by, letter))
    return letter


def withdraw_letter(letter: Letter, *, by: Any, reason: str) -> LetterWithdrawal:
    """Take a letter back; its number stays used.

    Raises:
        Refused: not the right of this person.
        ChasingRefused: no reason, or the letter is withdrawn or answered already.
    """
    require(by, Action.CHANGE, "letter")
    if not reason.strip():
        raise ChasingRefused(_("撤回催报函需要写明理由,没有撤回。"))
    with change(reason) as changes:
        _require_pending(letter)
        return changes.save(
            LetterWithdrawal(
                letter=letter,
                reason=reason.strip()[:500],
                withdrawn_on=timezone.localdate(),
                demo=letter.demo,
            )
        )


def answer_letter(letter: Letter, *, by: Any, text: str) -> LetterAnswer:
    """Answer a letter for the unit that it went to, once.

    Raises:
        Refused: not an officer of that unit.
        ChasingRefused: an empty answer, or the letter is withdrawn or answered already.
    """
    require(by, Action.CREATE, "letter_answer")
    if by.unit != letter.unit:
        raise Refused(_("这份函发给“%(unit)s”,由该单位答复。") % {"unit": letter.unit})
    if not text.strip():
        raise ChasingRefused(_("答复没有内容,没有提交。"))
    with change() as changes:
        _require_pending(letter)
        return changes.save(
            LetterAnswer(
                letter=letter,
                text=text.strip(),
                answered_on=timezone.localdate(),
                answered_by=by,
                demo=letter.demo,
            )
        )


def set_letterhead(
    place: str, *, by: Any, mark: str, issuer: str, expected_version: int | None
) -> LetterHead:
    """Set how the letters to come are headed; those that are issued stay as they are.

    Raises:
        Refused: not the right of this person.
        StaleVersion: a colleague has set it in between.
        ChasingRefused: a colleague has set it for the first time just now.
    """
    require(by, Action.CHANGE, "letter")
    head = LetterHead.objects.filter(place=place).first()
    if head is None:
        head = LetterHead(place=place)
        expected_version = None
    elif expected_version is None:
        raise ChasingRefused(_("抬头刚才已由同事设定,没有保存。请刷新后查看。"))
    head.mark, head.issuer = mark, issuer
    try:
        with change(_("设定催报函抬头")) as changes:
            return changes.save(head, expected_version=expected_version)
    except IntegrityError as twice:
        raise ChasingRefused(_("抬头刚才已由同事设定,没有保存。请刷新后查看。")) from twice


def _require_pending(letter: Letter) -> None:
    """Lock the letter, and stop where it is over: an answer and a withdrawal never cross."""
    Letter._base_manager.select_for_update().get(pk=letter.pk)
    if LetterWithdrawal.objects.filter(letter=letter).exists():
        raise ChasingRefused(_("“%(number)s”已经撤回,没有保存任何内容。") % {"number": letter.number})
    if LetterAnswer.objects.filter(letter=letter).exists():
        raise ChasingRefused(_("“%(number)s”已经答复,没有保存任何内容。") % {"number": letter.number})


def _reminder(
    month: ReportingMonth,
    unit: str,
    channel: Channel,
    day: dt.date,
    owed: int,
    note: str,
    by: Any,
    letter: Letter | None = None,
) -> Reminder:
    return Reminder(
        reporting_month=month,
        unit=unit,
        channel=channel.value,
        sent_on=day,
        step=reminding_on(day, month.due_on).value,
        owed=owed,
        note=note[:200],
        letter=letter,
        sent_by=by,
        demo=month.demo,
    )


def _owed_counts(month: ReportingMonth) -> dict[str, int]:
    found: dict[str, int] = {}
    drafts = Report.objects.filter(reporting_month=month, stage=Stage.DRAFT.value)
    for unit in drafts.values_list("unit", flat=True):
        found[unit] = found.get(unit, 0) + 1
    return found


def _earlier(month: ReportingMonth, unit: str) -> list[EarlierReminder]:
    """The reminders so far, oldest first; of a letter that was withdrawn nobody was reminded."""
    rows = Reminder.objects.filter(reporting_month=month, unit=unit, letter__withdrawal__isnull=True)
    return [
        EarlierReminder(
            row.sent_on, row.letter.number if row.letter is not None else _CHANNEL_WORDS[row.channel]
        )
        for row in rows.select_related("letter").order_by("sent_on", "pk")
    ]


_CHANNEL_WORDS = {"chat": "工作群", "phone": "电话"}
"""The letter itself is always in Chinese."""
