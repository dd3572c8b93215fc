"""The process that carries out background jobs, with a sign of life every few seconds.

A worker that was killed leaves its job marked as running. The next worker notices by the missing sign of life (at once
on the same machine, where the process is gone) and deals with the job: see jobs.give_up.
"""

from __future__ import annotations

import os
import socket
import threading
import uuid
from datetime import UTC, datetime, timedelta

from django.db import close_old_connections, connection
from django.utils.module_loading import import_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.management.commands.db_worker import Worker

from luming_portal.operations import logs
from luming_portal.operations.jobs import give_up, remove_old
from luming_portal.operations.models import OPEN, Heartbeat, Job, State

BEAT_EVERY = 10  # seconds
SILENT_AFTER = timedelta(seconds=90)
_TIDY_EVERY = 6 * 60  # beats, which is one hour
_REGULAR_EVERY = 6 * 15  # beats, which is a quarter of an hour
_REGULAR = ("luming_portal.cases.tick_job.tick_cases",)
"""Background jobs that a worker asks for by itself, where none of the kind waits."""
_worker = ""


def current_worker() -> str:
    """Name of the worker that this process is; "" in other processes."""
    return _worker


def run_worker(*, once: bool = False, interval: float = 1.0, parent: int | None = None) -> None:
    """Carry out jobs until told to stop.

    Args:
        once: carry out what waits and stop.
        interval: seconds between two looks for work.
        parent: stop when this process is no longer our parent: whoever started us was killed.
    """
    global _worker
    _worker = f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid.uuid4().hex[:6]}"
    stopped = threading.Event()
    _beat(_worker, _now())
    recover(_now())
    beats = threading.Thread(target=_beat_on, args=(_worker, stopped, parent), daemon=True)
    beats.start()
    worker = Worker(
        queue_names=["*"],
        interval=interval,
        batch=once,
        backend_name=DEFAULT_TASK_BACKEND_ALIAS,
        startup_delay=False,
        max_tasks=None,
        worker_id=_worker,
        excluded_queue_names=[],
    )
    if not once:
        worker.configure_signals()
    logs.event("worker_started", worker=_worker)
    try:
        worker.run()
    finally:
        stopped.set()
        beats.join(timeout=5)
        Heartbeat.objects.filter(worker=_worker).delete()
        logs.event("worker_stopped", worker=_worker)
        _worker = ""


def alive(now: datetime) -> list[Heartbeat]:
    """The workers that showed a sign of life lately."""
    return [beat for beat in Heartbeat.objects.order_by("-seen_at") if _is_alive(beat, now)]


def recover(now: datetime) -> int:
    """Deal with the jobs of workers that died. How many are run again."""
    living = {beat.worker for beat in alive(now)}
    dead = Heartbeat.objects.exclude(worker__in=living)
    again = give_up(Job.objects.filter(state=State.RUNNING).exclude(worker__in=living))
    dead.delete()
    return len(again)


def ask_for_regular() -> int:
    """Ask for the jobs that come round by themselves; how many were asked for."""
    asked = 0
    for path in _REGULAR:
        if not Job.objects.filter(function=path, state__in=OPEN).exists():
            import_string(path).enqueue(by=None)
            asked += 1
    return asked


def _is_alive(beat: Heartbeat, now: datetime) -> bool:
    if now - beat.seen_at > SILENT_AFTER:
        return False
    if beat.host != socket.gethostname() or os.name == "nt":
        return True
    try:
        os.kill(beat.process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _beat(worker: str, now: datetime) -> None:
    values = {"host": socket.gethostname(), "process": os.getpid(), "seen_at": now}
    Heartbeat.objects.update_or_create(
        worker=worker, defaults=values, create_defaults={**values, "started_at": now}
    )


def _beat_on(worker: str, stopped: threading.Event, parent: int | None) -> None:
    """The thread that shows signs of life, looks for dead workers, and tidies up once an hour, asks for regular jobs."""
    count = 0
    while not stopped.wait(BEAT_EVERY):
        count += 1
        if parent is not None and os.getppid() != parent:
            os._exit(0)
        try:
            close_old_connections()
            _beat(worker, _now())
            recover(_now())
            if count % _TIDY_EVERY == 1:
                remove_old(_now())
            if count % _REGULAR_EVERY == 3:
                ask_for_regular()
        except Exception as problem:
            # A database that is busy or away for a moment: the next beat tries again.
            logs.problem("heartbeat_failed", problem)
    connection.close()


def _now() -> datetime:
    return datetime.now(UTC)
