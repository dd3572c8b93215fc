"""Reminders as they were sent, and letters as they were issued. Both are appended and never changed.

A letter, its withdrawal and its answer are records of their own, so that nothing of an issued letter ever changes.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming.report import LetterText
from luming.reporting import Reminding
from luming_portal.audit.governed import Governed, door_open
from luming_portal.library_words import WORDS

STEPS = [(one.value, WORDS[one.short_label]) for one in Reminding]


class Channel(models.TextChoices):
    """By which way a reminder went."""

    CHAT = "chat", _("工作群")
    PHONE = "phone", _("电话")
    LETTER = "letter", _("催报函")


class Reminder(Governed):
    """One reminder that the office has sent to a unit about a month.

    Attributes:
        step: the step of the rule on the day it was sent.
        owed: how many figures the unit owed then.
        letter: the letter that was the reminder, where it was one.
    """

    noun = "reminder"

    reporting_month = models.ForeignKey(
        "reporting.ReportingMonth",
        verbose_name=_("报送期"),
        on_delete=models.PROTECT,
        related_name="reminders",
    )
    unit = models.CharField(_("单位"), max_length=100)
    channel = models.CharField(_("方式"), max_length=8, choices=Channel.choices)
    sent_on = models.DateField(_("提醒日期"))
    step = models.CharField(_("提醒步骤"), max_length=12, choices=STEPS)
    owed = models.PositiveIntegerField(_("当时未报项数"))
    note = models.CharField(_("备注"), max_length=200, blank=True)
    letter = models.OneToOneField(
        "chasing.Letter",
        verbose_name=_("催报函"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reminder",
    )
    sent_by = models.ForeignKey(
        "accounts.User", verbose_name=_("提醒人"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("提醒记录")
        ordering = ["-sent_on", "-pk"]
        constraints = [
            # A phone call or a message counts once a day; letters count by their numbers.
            models.UniqueConstraint(
                fields=["reporting_month", "unit", "channel", "sent_on"],
                condition=~Q(channel="letter"),
                name="one_reminder_a_day_and_channel",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.sent_on} {self.get_channel_display()}"

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """The reminders to one's own unit."""
        return Q(unit=user.unit) if scope == "unit" and user.unit else None


class LetterHead(Governed):
    """How the letters of a city's office are headed: 机关代字 and issuing office."""

    noun = "letter"

    place = models.CharField(_("地区"), max_length=50, unique=True)
    mark = models.CharField(_("机关代字"), max_length=12)
    issuer = models.CharField(_("发函单位"), max_length=60)

    class Meta:
        verbose_name = _("催报函抬头")

    def __str__(self) -> str:
        return f"{self.place} {self.mark}"


class Letter(Governed):
    """A reminder letter as it was issued.

    Attributes:
        serial: runs without gaps within the year, apart for invented letters, so that those take no real number.
        ordinal: the how manieth letter to the unit about the month; two officers cannot issue the same one twice.
        text: the words (luming.report.LetterText) in full.
    """

    noun = "letter"

    reporting_month = models.ForeignKey(
        "reporting.ReportingMonth", verbose_name=_("报送期"), on_delete=models.PROTECT, related_name="letters"
    )
    unit = models.CharField(_("收函单位"), max_length=100)
    ordinal = models.PositiveSmallIntegerField(_("对该单位第几次发函"))
    year = models.PositiveSmallIntegerField(_("发函年度"))
    serial = models.PositiveIntegerField(_("序号"))
    number = models.CharField(_("文号"), max_length=40)
    title = models.CharField(_("标题"), max_length=200)
    reason = models.TextField(_("发函原因"), blank=True)
    step = models.CharField(_("发函时的提醒步骤"), max_length=12, choices=STEPS)
    issued_on = models.DateField(_("发函日期"))
    answer_by = models.DateField(_("答复期限"))
    text = models.JSONField(_("函文"))
    issued_by = models.ForeignKey(
        "accounts.User", verbose_name=_("发函人"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("催报函")
        ordering = ["-year", "-serial", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["demo", "year", "serial"], name="letter_number_once"),
            models.UniqueConstraint(fields=["reporting_month", "unit", "ordinal"], name="letter_once"),
        ]
        indexes = [models.Index(fields=["unit"])]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once.

        Raises:
            RuntimeError: the letter is issued already.
        """
        if door_open.get() and not self._state.adding:
            raise RuntimeError("an issued letter never changes; withdraw it and issue another")
        super().save(*args, **kwargs)

    def words(self) -> LetterText:
        """The words as they were issued."""
        return LetterText.from_data(self.text)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """The letters to one's own unit."""
        return Q(unit=user.unit) if scope == "unit" and user.unit else None


class LetterWithdrawal(Governed):
    """A letter taken back. Its number stays used."""

    noun = "letter"

    letter = models.OneToOneField(
        Letter, verbose_name=_("催报函"), on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.CharField(_("撤回理由"), max_length=500)
    withdrawn_on = models.DateField(_("撤回日期"))

    class Meta:
        verbose_name = _("催报函撤回")

    def __str__(self) -> str:
        return str(self.letter)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """As the letter."""
        return Q(letter__unit=user.unit) if scope == "unit" and user.unit else None


class LetterAnswer(Governed):
    """What the unit has answered to a letter, once."""

    noun = "letter_answer"

    letter = models.OneToOneField(
        Letter, verbose_name=_("催报函"), on_delete=models.PROTECT, related_name="answer"
    )
    text = models.TextField(_("答复"))
    answered_on = models.DateField(_("答复日期"))
    answered_by = models.ForeignKey(
        "accounts.User", verbose_name=_("答复人"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("催报函答复")

    def __str__(self) -> str:
        return str(self.letter)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """As the letter."""
        return Q(letter__unit=user.unit) if scope == "unit" and user.unit else None
