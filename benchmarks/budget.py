"""Decisions on one budget line: reserve, promise, ask, release; on SQLite and on PostgreSQL, both writing through to the disk.

    make bench NAME=budget

Each decision is a transaction of its own with row locks, caps, a gap-free entry under a key, sums, record of changes and
outbox. The peer, in the same run and on the same database, is a bare INSERT of one row in its own transaction. Without a
PostgreSQL server on the machine its part is left out, by name.
"""

from __future__ import annotations

import json
import os
import pwd
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

DECISIONS = int(os.environ.get("DECISIONS", "400"))
THREADS = 8


def main() -> None:
    """Both databases, each in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="luming-bench-") as home:
        _measured(home, None)
    programs = shutil.which("pg_ctl")
    found = [
        Path(programs).parent if programs else None,
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
    ]
    folder = next((one for one in found if one is not None), None)
    if folder is None:
        print(json.dumps({"name": "budget.postgresql", "skipped": "no PostgreSQL server on this machine"}))
        return
    _with_server(folder)


def _measured(home: str, address: str | None) -> None:
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    settings = {"LUMING_HOME": home, "LUMING_DEBUG": "0", "DJANGO_SETTINGS_MODULE": "luming_portal.settings"}
    if address:
        settings["DATABASE_URL"] = address
    subprocess.run([sys.executable, __file__, "measure"], env={**given, **settings}, check=True)


def _with_server(programs: Path) -> None:
    """A PostgreSQL server of its own with its usual care for the disk."""

    def owned(*command: str) -> None:
        before = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run([*before, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    with (
        tempfile.TemporaryDirectory(prefix="luming-bench-") as home,
        tempfile.TemporaryDirectory(prefix="luming-pg-") as folder,
    ):
        if os.geteuid() == 0:
            shutil.chown(folder, pwd.getpwnam("postgres").pw_uid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        data = f"{folder}/data"
        owned(
            str(programs / "initdb"),
            "-D",
            data,
            "-U",
            "luming",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
        owned(str(programs / "pg_ctl"), "-D", data, "-o", options, "-w", "-l", f"{folder}/log", "start")
        try:
            _measured(home, f"postgresql://luming@127.0.0.1:{port}/postgres")
        finally:
            owned(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "stop")


def measure() -> None:
    """One database: fill, decide, print."""
    from luming_portal.cli import start_django

    start_django()
    from django.core.management import call_command
    from django.db import connection

    from luming_portal.accounts.models import User
    from luming_portal.accounts.roles import Role
    from luming_portal.audit.actor import acting_as
    from luming_portal.audit.door import change
    from luming_portal.budgets.replaying import prove
    from luming_portal.budgets.services import (
        appropriate,
        ask_payment,
        commit,
        open_line,
        release_payment,
        reserve,
    )

    call_command("migrate", interactive=False, verbosity=0)
    with acting_as(None), change("性能测试") as changes:
        one, two = (
            changes.save(User(username=f"office-{at}", name="办公室", role=Role.OFFICE, unit="办公室"))
            for at in range(2)
        )
    line = open_line(by=one, title="性能测试", fund="性能测试", year=2025, unit="市科技局")
    appropriate(line, 10**12, by=one, key="begin", reason="下达")
    orders: list[Any] = []

    def told(at: int) -> dict[str, Any]:
        return {"matter": f"M{at}", "payee": f"P{at % 50}", "by": one, "reason": "决定"}

    bare = rate(lambda at: insert(at), DECISIONS)
    rates = {
        "reserve": rate(lambda at: reserve(line, 100, key=f"r{at}", **told(at)), DECISIONS),
        "commit": rate(lambda at: commit(line, 100, key=f"c{at}", **told(at)), DECISIONS),
        "ask": rate(
            lambda at: orders.append(ask_payment(line, 100, matter=f"M{at}", by=one, reason="申请")),
            DECISIONS,
        ),
        "release": rate(lambda at: release_payment(orders[at], by=two), DECISIONS),
    }
    for name, value in rates.items():
        tell(f"budget.{connection.vendor}.{name}", value, bare, 1)
    at_once = together(lambda at: reserve(line, 100, key=f"t{at}", **told(10**6 + at)))
    tell(
        f"budget.{connection.vendor}.reserve_at_once",
        at_once,
        together(lambda at: insert(10**6 + at)),
        THREADS,
    )
    assert prove(line).faults == ()


def insert(at: int) -> None:
    """The peer: one row, in its own transaction."""
    from django.db import transaction

    from luming_portal.budgets.models import BudgetCounter

    with transaction.atomic():
        BudgetCounter(name=f"bare|{at}").save(force_insert=True)


def rate(deed: Callable[[int], Any], times: int) -> float:
    """How often a second, one after the other."""
    start = time.perf_counter()
    for at in range(times):
        deed(at)
    return times / (time.perf_counter() - start)


def together(deed: Callable[[int], Any]) -> float:
    """How often a second, from several threads on the same line."""
    from django.db import connections

    ready = threading.Barrier(THREADS + 1)
    each = DECISIONS // THREADS

    def work(number: int) -> None:
        ready.wait()
        try:
            for at in range(each):
                deed(number * each + at)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        running = [pool.submit(work, number) for number in range(THREADS)]
        ready.wait()
        start = time.perf_counter()
        for one in running:
            one.result()
        return each * THREADS / (time.perf_counter() - start)


def tell(name: str, value: float, peer: float, threads: int) -> None:
    """Print one figure."""
    line = {
        "name": name,
        "value": round(value),
        "unit": "1/s",
        "peer": "a bare INSERT of one row in its own transaction",
        "peer_value": round(peer),
        "ratio": round(value / peer, 3),
        "size": f"{DECISIONS} decisions, {threads} thread{'s' if threads > 1 else ''}",
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["measure"] else main()
