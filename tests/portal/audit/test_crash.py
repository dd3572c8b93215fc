"""A process killed between writing and committing leaves the record, its entry and its outbox row, or none of them."""

from __future__ import annotations

import json
import signal
import time
from typing import Any

import pytest

from portal.audit.installation import Installation

_WRITE = """
import os, sys, time
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change, ChangeSet
from luming_portal.enterprises.models import Enterprise

def stop(where):
    if where == {where!r}:
        print("here", flush=True)
        time.sleep(60)

write = ChangeSet.write
def halting(self):
    stop("before the entry")
    write(self)
    stop("after the entry")
ChangeSet.write = halting

with acting_as(None):
    with change("登记") as changes:
        changes.save(Enterprise(key={key!r}, name="甲公司"))
        stop("after the record")
    stop("after the commit")
"""
_READ = """
import json
from django.db import connection
from luming_portal.audit.models import Change, Outbox
from luming_portal.enterprises.models import Enterprise
firm = Enterprise.objects.filter(key={key!r}).first()
entries = Change.objects.filter(model="enterprises.enterprise", object_id=str(firm.pk)) if firm else Change.objects.none()
lost = Change.objects.filter(after__key={key!r}).count()
with connection.cursor() as cursor:
    cursor.execute("PRAGMA integrity_check")
    sound = cursor.fetchone()[0]
print(json.dumps([int(firm is not None), entries.count(), Outbox.objects.filter(change__in=entries).count(), lost, sound]))
"""


@pytest.mark.parametrize(
    ("where", "there"),
    [("after the record", 0), ("before the entry", 0), ("after the entry", 0), ("after the commit", 1)],
)
def test_a_kill_leaves_all_or_nothing(where: str, there: int, installation: Installation) -> None:
    key = f"E-{where}"
    process = installation.start(_WRITE.format(where=where, key=key))
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "here"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    found: list[Any] = json.loads(installation.run(_READ.format(key=key)))
    assert found == [there, there, there, there, "ok"]


_STREAM = """
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
from luming_portal.enterprises.models import Enterprise
number = 0
with acting_as(None):
    while True:
        with change("登记") as changes:
            changes.save(Enterprise(key=f"S{seed}-{{number}}", name="甲公司"))
        number += 1
        print(number, flush=True)
"""
_COUNT = """
import json
from luming_portal.audit.models import Change, Outbox
from luming_portal.enterprises.models import Enterprise
firms = Enterprise.objects.filter(key__startswith="S{seed}-")
entries = Change.objects.filter(object_id__in=[str(pk) for pk in firms.values_list("pk", flat=True)], model="enterprises.enterprise")
print(json.dumps([firms.count(), entries.count(), Outbox.objects.filter(change__in=entries).count(),
                  Change.objects.filter(outbox=None).count()]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_kills_at_any_moment_leave_nothing_half_done(seed: int, installation: Installation) -> None:
    process = installation.start(_STREAM.format(seed=seed))
    assert process.stdout is not None
    for _ in range(3 + seed):
        process.stdout.readline()
    time.sleep(0.003 * seed)
    process.kill()
    process.communicate()
    firms, entries, rows, without = json.loads(installation.run(_COUNT.format(seed=seed)))
    assert firms >= 3
    assert (entries, rows, without) == (firms, firms, 0)


_RACE = """
import json, threading
from django.contrib.auth.hashers import make_password
from django.db import connection
from luming_portal.accounts import services
from luming_portal.accounts.models import User
from luming_portal.accounts.rights import Refused
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
with acting_as(None), change("任命") as changes:
    first, second = [changes.save(User(username=f"race-{n}", name="安全员", role="security")) for n in (1, 2)]
start, outcomes = threading.Barrier(2), []
def remove(by, account):
    try:
        start.wait(5)
        services.deactivate(User.objects.get(pk=account.pk), by=by, reason="试")
        outcomes.append("removed")
    except Refused:
        outcomes.append("refused")
    finally:
        connection.close()
threads = [threading.Thread(target=remove, args=pair) for pair in ((first, second), (second, first))]
[thread.start() for thread in threads]; [thread.join() for thread in threads]
print(json.dumps([sorted(outcomes), User.objects.filter(role="security", is_active=True).count()]))
"""


def test_two_security_administrators_do_not_remove_each_other_at_once(installation: Installation) -> None:
    assert json.loads(installation.run(_RACE)) == [["refused", "removed"], 1]
