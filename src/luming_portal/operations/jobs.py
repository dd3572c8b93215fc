"""Work that goes on after the page is closed: large exports and imports, deliveries, nightly runs.

A job is a function with a title. It gets a `Progress` and plain values, and gives back what shall be shown:

    @background_job(_("导出企业"))
    def export_enterprises(progress: Progress, *, address: str) -> dict[str, Any]:
        for number, row in enumerate(rows):
            write(row)
            progress.report(number, total=len(rows), message=_("写入工作簿"))
        path = progress.result_file("企业.xlsx")
        book.save(path)
        return {"sentence": _("共导出%d家企业。") % len(rows)}

    job = export_enterprises.enqueue(by=request.user, address="...")      # → redirect("operations:job", job.pk)

The job runs in the worker (`luming-portal worker`), once, as the person who asked (actor.acting_as), outside any
transaction: use the audit door inside as everywhere. It must be enqueued in the transaction of the change that it
belongs to; if that is rolled back, the job never was. `report` stops a job that somebody cancelled, so call it
between units of work, not inside a transaction. A failing job keeps no half-written business data when each unit of
work is one `change(...)`. A job whose worker dies is marked as failed; with `repeatable=True` it is run again instead,
so only jobs that may run twice are so marked. Arguments are kept in the database: no passwords, no secrets.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_tasks import task

from luming_portal.accounts.rights import Action, require
from luming_portal.audit import actor
from luming_portal.audit.door import change
from luming_portal.operations import logs
from luming_portal.operations.models import OPEN, Job, State

REPORT_EVERY = 0.5  # seconds between two writes of progress
KEEP_FOR = timedelta(days=30)
Outcome = dict[str, Any] | None


class JobCancelled(Exception):
    """Somebody cancelled the job; raised by `Progress.report` inside it."""


class JobFailed(Exception):
    """A job cannot be done; the sentence is shown to whoever asked. Other exceptions show no detail."""


class Progress:
    """What a running job tells, and where it puts its file."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self._last = 0.0

    def report(
        self, done: int, total: int | None = None, message: str = "", *, at_once: bool = False
    ) -> None:
        """Tell how far the job is; cheap enough to call for each row.

        Args:
            done, total: in units of the job's own.
            at_once: write now, although the last report was a moment ago.

        Raises:
            JobCancelled: somebody cancelled the job.
        """
        now = time.monotonic()
        if now - self._last < REPORT_EVERY and not at_once:
            return
        self._last = now
        values: dict[str, Any] = {"done": done}
        if total is not None:
            values["total"] = total
        if message:
            values["message"] = message[:300]
        Job.objects.filter(pk=self.job.pk).update(**values)
        if Job.objects.filter(pk=self.job.pk, cancel_asked=True).exists():
            raise JobCancelled

    def result_file(self, name: str) -> Path:
        """Where the job writes the file that is offered for download under this name."""
        plain = Path(name).name.lstrip(".")[:120] or "result"
        folder = job_folder(self.job)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        Job.objects.filter(pk=self.job.pk).update(file=plain)
        return folder / plain


class BackgroundJob:
    """A function that the worker carries out."""

    def __init__(self, run: Callable[..., Outcome], title: Any, *, repeatable: bool) -> None:
        self.run = run
        self.title = title
        self.repeatable = repeatable
        self.path = f"{run.__module__}.{run.__qualname__}"
        self.__doc__ = run.__doc__

    def enqueue(self, by: Any, *, title: str = "", **arguments: Any) -> Job:
        """Ask for the job.

        Args:
            by: the person who asks and as whom it runs; None for the system.
            title: instead of the general one, such as with the name of the file.
            arguments: plain values (JSON); no secrets.
        """
        with actor.acting_as(by), change() as changes:
            job = Job.objects.create(
                function=self.path,
                title=(title or str(self.title))[:200],
                owner=by,
                arguments=arguments,
                request_id=actor.request_id(),
            )
            if by is not None:
                changes.event("job.enqueued", job.title, job)
            run_job.enqueue(str(job.pk))
        return job


def background_job(
    title: Any, *, repeatable: bool = False
) -> Callable[[Callable[..., Outcome]], BackgroundJob]:
    """Makes a function of a module a background job; see the head of this module."""

    def make(run: Callable[..., Outcome]) -> BackgroundJob:
        return BackgroundJob(run, title, repeatable=repeatable)

    return make


def background_job_of(job: Job) -> BackgroundJob:
    """The function of a stored job.

    Raises:
        ImportError: it is not there any more, or is not a job.
    """
    found = import_string(job.function)
    if not isinstance(found, BackgroundJob):
        raise ImportError(job.function)
    return found


@task()
def run_job(id: str) -> None:
    """Carries out one stored job; called by the worker."""
    job = Job.objects.select_related("owner").filter(pk=id).first()
    if job is None or not _start(job):
        return
    actor.set_request_id(job.request_id)
    try:
        with actor.acting_as(job.owner):
            result = background_job_of(job).run(Progress(job), **job.arguments)
    except JobCancelled:
        _finish(job, State.CANCELLED, message=_("已按要求停止。"))
    except JobFailed as problem:
        _finish(job, State.FAILED, message=str(problem))
    except Exception as problem:
        logs.problem("job_failed", problem, function=job.function, job=str(job.pk))
        _finish(job, State.FAILED, message=_("程序出错,任务没有完成。请把任务编号告诉系统管理员。"))
    else:
        sentence = str((result or {}).get("sentence", ""))
        _finish(job, State.DONE, message=sentence, result=result)
    finally:
        actor.set_request_id("")


def cancel_job(job: Job, by: Any) -> bool:
    """Stop a job: at once when it waits, else at its next report. Whether there was anything to stop.

    Raises:
        Refused: not one's own job.
    """
    require(by, Action.DELETE, "job", job)
    with actor.acting_as(by), change() as changes:
        waiting = Job.objects.filter(pk=job.pk, state=State.WAITING).update(
            state=State.CANCELLED, cancel_asked=True, finished_at=_now(), message=_("开始前已取消。")
        )
        running = waiting or Job.objects.filter(pk=job.pk, state=State.RUNNING, cancel_asked=False).update(
            cancel_asked=True
        )
        if running:
            changes.event("job.cancelled", job.title, job)
    return bool(running)


def job_folder(job: Job) -> Path:
    """Where the files of a job lie."""
    return Path(settings.HOME) / "jobs" / str(job.pk)


def result_path(job: Job) -> Path | None:
    """The file that a finished job offers, if it is there."""
    if job.state != State.DONE or not job.file:
        return None
    path = job_folder(job) / Path(job.file).name
    return path if path.is_file() else None


def fetch_file(job: Job) -> Path | None:
    """The file of a finished job for handing out, which is recorded."""
    path = result_path(job)
    if path is not None:
        with change() as changes:
            changes.event("job.file_fetched", job.title, job)
    return path


def give_up(jobs: QuerySet[Job]) -> list[Job]:
    """Deal with jobs whose worker died: run repeatable ones again, mark the others as failed. Those run again."""
    again = []
    for job in jobs.filter(state=State.RUNNING):
        if _is_repeatable(job) and not job.cancel_asked:
            with transaction.atomic():
                if Job.objects.filter(pk=job.pk, state=State.RUNNING).update(state=State.WAITING, worker=""):
                    run_job.enqueue(str(job.pk))
                    again.append(job)
        else:
            _finish(job, State.FAILED, message=_("后台进程中断,任务没有完成。可重新提交。"))
    return again


def remove_old(now: datetime) -> int:
    """Remove finished jobs and their files after a month. How many."""
    old = Job.objects.exclude(state__in=OPEN).filter(finished_at__lt=now - KEEP_FOR)
    for job in old:
        shutil.rmtree(job_folder(job), ignore_errors=True)
    return old.delete()[0]


def _is_repeatable(job: Job) -> bool:
    try:
        return background_job_of(job).repeatable
    except ImportError:
        return False


def _start(job: Job) -> bool:
    from luming_portal.operations.worker import current_worker

    return bool(
        Job.objects.filter(pk=job.pk, state=State.WAITING).update(
            state=State.RUNNING, started_at=_now(), worker=current_worker()
        )
    )


def _finish(job: Job, state: State, *, message: str = "", result: Outcome = None) -> None:
    Job.objects.filter(pk=job.pk, state=State.RUNNING).update(
        state=state, finished_at=_now(), message=message[:300], result=result
    )


def _now() -> datetime:
    return datetime.now(UTC)
