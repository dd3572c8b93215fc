"""Background jobs: asked for with a change, carried out once as the person who asked, stopped, and never lost silently."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from luming_portal.accounts.roles import Role
from luming_portal.audit import actor
from luming_portal.audit.models import Change
from luming_portal.operations import archive, backup, backup_job, jobs, worker
from luming_portal.operations.jobs import JobFailed, Progress, background_job
from luming_portal.operations.models import Heartbeat, Job, State

pytestmark = pytest.mark.both_databases

NOW = datetime.now(UTC)


@background_job("导出")
def export(progress: Progress, *, rows: int):
    progress.report(rows, total=rows, message="写入", at_once=True)
    progress.result_file("../../企业.csv").write_text("名称\n", encoding="utf-8")
    return {"sentence": f"共{rows}行。", "by": str(actor.actor()), "request": actor.request_id()}


@background_job("会失败")
def refuse(progress: Progress):
    raise JobFailed("第3行不是数字,没有导入任何内容。")


@background_job("会出错")
def break_down(progress: Progress):
    raise ZeroDivisionError("王小明 的资料")


@background_job("很久")
def last_long(progress: Progress):
    Job.objects.filter(pk=progress.job.pk).update(cancel_asked=True)
    progress.report(1, at_once=True)
    raise AssertionError("not reached")


@background_job("可重做", repeatable=True)
def repeat(progress: Progress):
    return {"sentence": "好了"}


@pytest.fixture(autouse=True)
def home(settings, tmp_path, monkeypatch):
    """Files of their own; and the worker keeps the connection, whose transaction the test rolls back."""
    settings.HOME = tmp_path
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)


@pytest.fixture
def officer(make_user):
    return make_user(Role.OFFICE)


def done(job: Job) -> Job:
    """The job after a worker did all that waits."""
    worker.run_worker(once=True, interval=0)
    job.refresh_from_db()
    return job


@pytest.mark.django_db
def test_job_runs_as_the_person_who_asked_and_offers_its_file(officer):
    actor.set_request_id("r1")
    job = export.enqueue(by=officer, rows=3)
    actor.set_request_id("")
    assert job.state == State.WAITING
    job = done(job)
    assert job.state == State.DONE
    assert (job.done, job.total, job.message) == (3, 3, "共3行。")
    assert job.result == {"sentence": "共3行。", "by": str(officer), "request": "r1"}
    assert job.file == "企业.csv"
    assert jobs.result_path(job).read_text(encoding="utf-8") == "名称\n"
    assert Change.objects.filter(action="job.enqueued", actor=officer.username).count() == 1
    assert not Heartbeat.objects.exists()


@pytest.mark.django_db
def test_job_of_a_change_that_is_rolled_back_never_was(officer):
    with transaction.atomic():
        export.enqueue(by=officer, rows=1)
        transaction.set_rollback(True)
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_failure_for_a_reason_shows_the_reason_and_an_error_shows_none(officer, capsys):
    assert done(refuse.enqueue(by=officer)).message == "第3行不是数字,没有导入任何内容。"
    job = done(break_down.enqueue(by=officer))
    assert job.state == State.FAILED
    assert "王小明" not in job.message
    assert "系统管理员" in job.message
    assert "王小明" not in capsys.readouterr().err


@pytest.mark.django_db
def test_running_job_stops_at_its_next_report(officer):
    assert done(last_long.enqueue(by=officer)).state == State.CANCELLED


@pytest.mark.django_db
def test_waiting_job_is_cancelled_at_once_and_never_runs(officer):
    job = export.enqueue(by=officer, rows=1)
    assert jobs.cancel_job(job, officer)
    assert not jobs.cancel_job(job, officer)
    job = done(job)
    assert job.state == State.CANCELLED
    assert job.started_at is None
    assert Change.objects.filter(action="job.cancelled").count() == 1


@pytest.mark.django_db
def test_job_whose_function_is_gone_fails_and_the_worker_goes_on(officer):
    gone = export.enqueue(by=officer, rows=1)
    Job.objects.filter(pk=gone.pk).update(function="os.remove")
    other = export.enqueue(by=officer, rows=2)
    assert done(gone).state == State.FAILED
    other.refresh_from_db()
    assert other.state == State.DONE


@pytest.mark.django_db
@pytest.mark.parametrize(("function", "state"), [(export, State.FAILED), (repeat, State.DONE)])
def test_job_of_a_dead_worker_fails_or_is_run_again(officer, function, state):
    job = function.enqueue(by=officer)
    DBTaskResult.objects.all().delete()
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True
    )
    Heartbeat.objects.create(
        worker="w1",
        host=socket.gethostname(),
        process=int(gone.stdout),
        started_at=NOW,
        seen_at=datetime.now(UTC),
    )
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, worker="w1")
    assert done(job).state == state
    assert not Heartbeat.objects.filter(worker="w1").exists()


@pytest.mark.django_db
def test_silent_worker_elsewhere_counts_as_dead_after_a_while():
    values = {"host": "elsewhere", "process": 1, "started_at": NOW}
    Heartbeat.objects.create(worker="fresh", seen_at=NOW - timedelta(seconds=60), **values)
    Heartbeat.objects.create(worker="silent", seen_at=NOW - timedelta(seconds=120), **values)
    assert [beat.worker for beat in worker.alive(NOW)] == ["fresh"]


@pytest.mark.django_db
def test_old_jobs_go_with_their_files(officer):
    job = done(export.enqueue(by=officer, rows=1))
    assert jobs.remove_old(datetime.now(UTC) + timedelta(days=29)) == 0
    assert jobs.remove_old(datetime.now(UTC) + timedelta(days=31)) == 1
    assert not jobs.job_folder(job).exists()


@pytest.mark.django_db
def test_page_shows_ones_own_jobs_and_administrators_see_all_without_content(officer, make_user, client_of):
    job = done(export.enqueue(by=officer, title="名单甲", rows=3))
    other, administrator, auditor = make_user(Role.OFFICE), make_user(Role.SYSTEM), make_user(Role.AUDITOR)
    address = f"/operations/jobs/{job.pk}/"
    mine = client_of(officer)
    assert "名单甲" in mine.get("/operations/jobs/").content.decode()
    page = mine.get(address).content.decode()
    assert "共3行。" in page
    assert f"{address}file/" in page
    fetched = mine.get(f"{address}file/")
    assert b"".join(fetched.streaming_content).decode() == "名称\n"
    assert "attachment" in fetched["Content-Disposition"]
    assert "名单甲" not in client_of(other).get("/operations/jobs/").content.decode()
    assert client_of(other).get(address).status_code == 404
    for person in (administrator, auditor):
        client = client_of(person)
        page = client.get(address).content.decode()
        assert str(officer) in page
        assert "共3行。" not in page
        assert client.get(f"{address}?format=json").json()["result"] is None
        assert client.get(f"{address}file/").status_code == 404
    assert client_of(None).get("/operations/jobs/").status_code == 403
    assert client_of(None).get(address).status_code == 403


@pytest.mark.django_db
def test_only_owner_and_system_administrator_stop_a_job(officer, make_user, client_of):
    job = export.enqueue(by=officer, rows=3)
    address = f"/operations/jobs/{job.pk}/cancel/"
    assert client_of(make_user(Role.OFFICE)).post(address).status_code == 404
    assert client_of(make_user(Role.AUDITOR)).post(address).status_code == 403
    assert client_of(officer).get(address).status_code == 405
    job.refresh_from_db()
    assert job.state == State.WAITING
    assert client_of(make_user(Role.SYSTEM)).post(address).status_code == 302
    job.refresh_from_db()
    assert job.state == State.CANCELLED


@pytest.mark.django_db
def test_list_takes_few_queries_however_many_jobs(officer, client_of, django_assert_max_num_queries):
    Job.objects.bulk_create([Job(function="x", title=f"任务{number}", owner=officer) for number in range(40)])
    client = client_of(officer)
    with django_assert_max_num_queries(12):
        page = client.get("/operations/jobs/")
    assert "第1页\N{FULLWIDTH COMMA}共2页" in page.content.decode()
    assert "后台进程没有运行" in page.content.decode()
    assert len(client.get("/operations/jobs/?format=json").json()["jobs"]) == 30


@pytest.mark.django_db
def test_unknown_job_is_not_found(officer, client_of):
    assert client_of(officer).get(f"/operations/jobs/{uuid.uuid4()}/").status_code == 404


@pytest.mark.django_db
def test_system_administrator_backs_up_by_a_button(settings, tmp_path, make_user, client_of, monkeypatch):
    database = tmp_path / "portal.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE unit (name text)")
    settings.BACKUPS = tmp_path / "backups"
    given = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}
    monkeypatch.setattr(backup_job, "place", lambda: backup.place_of(given, tmp_path / "uploads"))
    assert client_of(make_user(Role.OFFICE)).post("/operations/backup/").status_code == 403
    administrator = client_of(make_user(Role.SYSTEM))
    assert administrator.get("/operations/backup/").status_code == 405
    address = administrator.post("/operations/backup/")["Location"]
    job = done(Job.objects.get())
    (file,) = backup.list_backups(settings.BACKUPS)
    assert file.name in job.message
    assert archive.sha256(file) in administrator.get(address).content.decode()
    database.unlink()
    administrator.post("/operations/backup/")
    assert "没有找到数据库" in done(Job.objects.first()).message


@pytest.mark.slow
def test_real_worker_shows_life_ends_with_its_parent_and_on_request(tmp_path):
    """A worker in a process of its own, on a database file of its own."""
    environment = {**os.environ, "LUMING_HOME": str(tmp_path), "LUMING_DEBUG": "0", "LUMING_HTTPS": "0",
                   "DJANGO_SETTINGS_MODULE": "luming_portal.settings"}  # fmt: skip
    environment.pop("DATABASE_URL", None)
    program = [sys.executable, "-m", "luming_portal.cli"]
    subprocess.run([*program, "migrate", "--verbosity", "0"], env=environment, check=True)
    assert (
        subprocess.run([*program, "worker", "--is-alive"], env=environment, capture_output=True).returncode
        == 1
    )
    process = subprocess.Popen([*program, "worker"], env=environment, stderr=subprocess.PIPE)
    try:
        ends = time.monotonic() + 30
        while subprocess.run(
            [*program, "worker", "--is-alive"], env=environment, capture_output=True
        ).returncode:
            assert time.monotonic() < ends
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) == 0
        assert (
            subprocess.run(
                [*program, "worker", "--is-alive"], env=environment, capture_output=True
            ).returncode
            == 1
        )
    finally:
        process.kill()
        process.communicate()
