"""What real processes do to one database: killed while publishing, and several officers at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent.parent
PUBLISH = """
import os, sys, traceback
import django
django.setup()
from django.db import connection
from luming_portal.accounts.models import User
from luming_portal.audit.actor import acting_as
from luming_portal.audit.models import Change, Outbox
from luming_portal.documents.models import DocumentVersion, Draft
from luming_portal.documents.packs import files_hash, pack_of
from luming_portal.documents.services import publish
from luming_portal.indicators.models import Indicator
import signal

def apart(work, *arguments):
    "Do something in a process of its own, which shares no connection with any other; how it ended."
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        work(*arguments)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)

def publish_and_die(last):
    writes = 0
    def count(execute, sql, params, many, context):
        nonlocal writes
        answer = execute(sql, params, many, context)
        if sql.split(" ", 1)[0] in ("INSERT", "UPDATE", "DELETE"):
            writes += 1
            if writes == last:
                os.kill(os.getpid(), signal.SIGKILL)
        return answer
    officer, draft = User.objects.get(username="office"), Draft.objects.get()
    with acting_as(officer), connection.execute_wrapper(count):
        publish(draft, by=officer, reason="首次发布")
    if last < 0:
        os.kill(os.getpid(), signal.SIGKILL)

def look():
    versions = list(DocumentVersion.objects.all())
    assert all(files_hash(one.files) == one.sha256 and pack_of(one) for one in versions)
    assert Change.objects.count() == Outbox.objects.count()
    print(Draft.objects.get().state, len(versions), Indicator.objects.count(),
          Change.objects.filter(action="document.published").count(), flush=True)

assert apart(look) == 0
for last in map(int, sys.argv[1:]):
    print(apart(publish_and_die, last), flush=True)
    assert apart(look) == 0
"""
TEXT_HEAD = "云溪市人民政府关于创新的若干措施\n云政发〔2026〕1号\n一、甲。年内建成平台5个。\n"
PREPARE = f"""
TEXT_HEAD = {TEXT_HEAD!r}
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from luming_portal.accounts.models import User
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.documents.services import start_draft
from portal.documents.working import finish
with change("测试") as changes:
    officer = changes.save(User(username="office", role="office", password="!"))
text = TEXT_HEAD
with acting_as(officer):
    draft = start_draft(by=officer, text=text, key="yunxi.2026-1", place="云溪市", year=2026, head={{}})
    finish(draft, officer)
"""
WORK = """
import sys, time
import django
django.setup()
from luming_portal.accounts.models import User
from luming_portal.audit.actor import acting_as
from luming_portal.documents.models import Draft
from luming_portal.documents.services import work_on_sentence
officer, draft = User.objects.get(username="office"), Draft.objects.get()
start, word = int(sys.argv[1]), sys.argv[2]
time.sleep(max(float(sys.argv[3]) - time.time(), 0))
with acting_as(officer):
    for turn in range(5):
        form = {"mechanism": "matching", "status": "planned", "reference": f"{word}{turn}"}
        work_on_sentence(draft, start, "bind", form, "", by=officer)
"""
BOUND = """
import django
django.setup()
from luming_portal.documents.drafts import desk_of
from luming_portal.documents.models import DeskStep, Draft
desk = desk_of(Draft.objects.get())
print(sum(one.mechanism == "matching" for sentence in desk.sentences() for one in sentence.bindings),
      DeskStep.objects.filter(label__startswith="对应机制").count())
"""


class Installation:
    """A database of its own that processes work on."""

    def __init__(self, home: Path) -> None:
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "LUMING_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "portal_settings",
            "PYTHONPATH": str(TESTS),
        }

    def start(self, program: str, *arguments: str) -> subprocess.Popen[str]:
        """Start a program and go on."""
        return subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program to its end, whichever that is."""
        return subprocess.run(
            [sys.executable, "-c", program, *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.mark.slow
def test_a_kill_while_publishing_leaves_the_old_or_the_new_state(tmp_path):
    installation = Installation(tmp_path)
    prepared = installation.run(PREPARE)
    assert prepared.returncode == 0, prepared.stderr
    old, new = "open 0 0 0", "published 1 1 1"
    told = installation.run(PUBLISH, "1", "2", "3", "4", "5", "-1")
    assert told.returncode == 0, told.stderr
    killed = str(-signal.SIGKILL)
    assert told.stdout.splitlines() == [old, *(killed, old) * 5, killed, new], told.stderr


@pytest.mark.slow
def test_officers_who_work_at_the_same_moment_lose_nothing(tmp_path):
    installation = Installation(tmp_path)
    prepared = installation.run(PREPARE)
    assert prepared.returncode == 0, prepared.stderr
    place = str(TEXT_HEAD.index("年内建成"))
    moment = str(time.time() + 4)
    workers = [installation.start(WORK, place, name, moment) for name in ("甲", "乙", "丙")]
    for worker in workers:
        _, told = worker.communicate(timeout=120)
        assert worker.returncode == 0, told
    assert installation.run(BOUND).stdout.split() == ["15", "15"]
