"""A web process that is killed in the middle of writes loses nothing that it answered as saved, and leaves no halves."""

from __future__ import annotations

import http.client
import importlib.util
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("stores", Path(__file__).with_name("stores.py"))
stores = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(stores)

SERVER = """
import django
django.setup()
from django.db import connection
from waitress.server import create_server
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.enterprises.models import Enterprise

def application(environ, start_response):
    name = environ["PATH_INFO"].strip("/")
    with acting_as(None), change("写入中断试验") as changes:
        changes.create_many([Enterprise(key=f"{name}-{part}", name=f"企业{name}-{part}") for part in range(5)])
    start_response("201 Created", [("Content-Length", "0")])
    return []

server = create_server(application, host="127.0.0.1", port=0, threads=4)
print(server.effective_port, flush=True)
server.run()
"""
COUNT = """
import json, django
django.setup()
from django.db import connection
from luming_portal.audit.models import Change, Outbox
from luming_portal.enterprises.models import Enterprise
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
changes = Change.objects.filter(action="create", reason="写入中断试验")
assert all(one.outbox.digest == one.digest() for one in changes.select_related("outbox"))
print(json.dumps({"firms": list(Enterprise.objects.values_list("key", flat=True)), "changes": changes.count(),
                  "outbox": Outbox.objects.filter(change__in=changes).count()}))
"""


BEFORE_THE_KILL = 12  # writes answered as saved


def writer(port, name, stop, saved):
    """Posts until told to stop; notes what was answered as saved."""
    number = 0
    while not stop.is_set():
        number += 1
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("POST", f"/{name}x{number}")
            if connection.getresponse().status == 201:
                saved.append(f"{name}x{number}")
        except (OSError, http.client.HTTPException):
            return
        finally:
            connection.close()


def kill_during_writes(environment, seconds):
    """Starts a web process, writes from four sides, kills it; gives back what was answered as saved, and what is there."""
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER], env=environment, stdout=subprocess.PIPE, text=True
    )
    stop, saved = threading.Event(), []
    try:
        port = int(server.stdout.readline())
        prefix = f"{server.pid}"
        threads = [
            threading.Thread(target=writer, args=(port, f"{prefix}w{n}", stop, saved)) for n in range(4)
        ]
        for thread in threads:
            thread.start()
        ends = time.monotonic() + 60
        while len(saved) < BEFORE_THE_KILL and time.monotonic() < ends:
            time.sleep(0.005)
        time.sleep(seconds)
        server.send_signal(signal.SIGKILL)
    finally:
        stop.set()
        server.kill()
        server.communicate()
    for thread in threads:
        thread.join()
    told = subprocess.run([sys.executable, "-c", COUNT], env=environment, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr[-2000:]
    return saved, json.loads(told.stdout)


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgresql"))]
)
def environment(request, tmp_path_factory):
    """An empty, migrated installation of its own."""
    home = tmp_path_factory.mktemp("home")
    given = {**os.environ, "LUMING_HOME": str(home), "LUMING_DEBUG": "0", "LUMING_LOG_LEVEL": "ERROR",
             "DJANGO_SETTINGS_MODULE": "luming_portal.settings"}  # fmt: skip
    given.pop("DATABASE_URL", None)
    program = [sys.executable, "-m", "luming_portal.cli", "migrate", "--verbosity", "0"]
    if request.param == "sqlite":
        subprocess.run(program, env=given, check=True)
        yield given
        return
    with stores.postgresql_server(fsync=True) as server:
        given["DATABASE_URL"] = f"postgresql://luming@127.0.0.1:{server['PORT']}/postgres"
        subprocess.run(program, env=given, check=True)
        yield given


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0, 0.013, 0.05])
def test_killed_web_process_leaves_whole_changes_and_all_that_it_answered(environment, seconds):
    saved, found = kill_during_writes(environment, seconds)
    assert len(saved) >= BEFORE_THE_KILL
    assert {f"{name}-{part}" for name in saved for part in range(5)} <= set(found["firms"])
    assert len(found["firms"]) % 5 == 0
    assert len(found["firms"]) == found["changes"] == found["outbox"]
