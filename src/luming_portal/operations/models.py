"""Background jobs as people see them, and the signs of life of the processes that carry them out.

Neither is business data: progress is written many times a second and says nothing that must be kept. That somebody
asked for a job, or stopped one, is an event in the record of changes (jobs.py).
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luming_portal.accounts.rights import Scope


class State(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("等待")
    RUNNING = "running", _("进行中")
    DONE = "done", _("完成")
    FAILED = "failed", _("失败")
    CANCELLED = "cancelled", _("已取消")


OPEN = (State.WAITING, State.RUNNING)


class Job(models.Model):
    """One piece of work that somebody asked for and that goes on after the page is closed.

    Attributes:
        function: import path of the BackgroundJob that carries it out.
        owner: who asked; None for the system itself.
        done, total: progress in `unit`s of the job's own; total 0 where it is not known.
        result: what the job gives back, to be shown: {"sentence": …} and figures.
        file: name of the result file in the job's folder; "" where there is none.
        cancel_asked: the job stops at its next report of progress.
    """

    noun: ClassVar[str] = "job"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    function = models.CharField(max_length=200)
    title = models.CharField(_("任务"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提交人"),
        null=True,
        on_delete=models.CASCADE,
        related_name="jobs",
    )
    arguments = models.JSONField(default=dict)
    request_id = models.CharField(_("请求编号"), max_length=36, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveBigIntegerField(_("已完成"), default=0)
    total = models.PositiveBigIntegerField(_("总数"), default=0)
    message = models.CharField(_("进展"), max_length=300, blank=True)
    result = models.JSONField(_("结果"), null=True)
    file = models.CharField(_("结果文件"), max_length=200, blank=True)
    cancel_asked = models.BooleanField(default=False)
    worker = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(_("提交时间"), auto_now_add=True)
    started_at = models.DateTimeField(_("开始时间"), null=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True)

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = _("后台任务")
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["owner", "-created_at"]), models.Index(fields=["state"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN

    @property
    def percent(self) -> int | None:
        """Progress from 0 to 100; None where the total is not known."""
        return min(100, self.done * 100 // self.total) if self.total else None

    @classmethod
    def scope_filter(cls, scope: Any, user: Any) -> Q | None:
        """One's own jobs."""
        return Q(owner=user) if scope == Scope.OWN else None


class Heartbeat(models.Model):
    """The sign of life of one worker process."""

    worker = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=200)
    process = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker} {self.seen_at:%Y-%m-%d %H:%M:%S}"
