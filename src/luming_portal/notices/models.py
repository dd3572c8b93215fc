"""What a person was told, how he wants to be told, and mails on their way."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming_portal.audit.governed import Governed


class NoticeKind(models.TextChoices):
    """Why somebody is told."""

    TURN = "turn", _("待我办理")
    PROGRESS = "progress", _("办理进展")
    DEADLINE = "deadline", _("期限将至")
    ESCALATION = "escalation", _("超期升级")
    PAPER = "paper", _("收到文书")


class Notice(Governed):
    """One thing that one person was told. It never changes; that it was read is noted beside.

    Attributes:
        key: what it is about; nobody is told the same twice.
        href: the page on which to act.
    """

    noun = "notice"
    quiet_fields = frozenset({"read_at"})

    recipient = models.ForeignKey(
        "accounts.User", verbose_name=_("收件人"), on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField(_("类别"), max_length=12, choices=NoticeKind.choices)
    title = models.CharField(_("标题"), max_length=200)
    body = models.CharField(_("内容"), max_length=500, blank=True)
    href = models.CharField(_("网页"), max_length=200, blank=True)
    key = models.CharField(_("事由"), max_length=120)
    told_at = models.DateTimeField(_("通知时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("通知")
        ordering = ["-told_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="told_once")]
        indexes = [
            models.Index(fields=["recipient", "-told_at"]),
            models.Index(fields=["recipient"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """One's own."""
        return Q(recipient_id=user.pk) if scope == "own" and user.is_authenticated else None


class NoticePreference(Governed):
    """By which kinds a person wants mail; the inbox has everything."""

    noun = "notice"
    governed_fields = frozenset()

    user = models.OneToOneField(
        "accounts.User", verbose_name=_("本人"), on_delete=models.PROTECT, related_name="notice_preference"
    )
    mail = models.JSONField(_("发邮件的类别"), default=list)

    class Meta:
        verbose_name = _("通知设置")

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """One's own."""
        return Q(user_id=user.pk) if scope == "own" and user.is_authenticated else None


class MailStatus(models.TextChoices):
    """How far a mail is."""

    WAITING = "waiting", _("待发送")
    SENT = "sent", _("已发出")
    GIVEN_UP = "given_up", _("已放弃")


class Mail(models.Model):
    """One mail about one notice, written in the transaction of the notice and sent after it: a log of its own."""

    notice = models.OneToOneField(
        Notice, verbose_name=_("通知"), on_delete=models.PROTECT, related_name="mail"
    )
    status = models.CharField(
        _("状态"), max_length=10, choices=MailStatus.choices, default=MailStatus.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    next_attempt_at = models.DateTimeField(_("下次尝试"), null=True)
    sent_at = models.DateTimeField(_("发出时间"), null=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("邮件")
        ordering = ["pk"]
        indexes = [models.Index(fields=["status", "next_attempt_at"])]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.status}"
