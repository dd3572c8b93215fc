"""Pages of the portal under an open load, beside Django's own admin over the same tables in the same run.

100,000 enterprises and 1,000,000 facts, generated and marked, with rights, sign-in and layout. Requests are sent at
their appointed times whether or not earlier ones have been answered, and a latency counts from the appointed time, so
that a server that falls behind cannot hide it. Client and server share the machine's two cores. The blocks of portal
and admin alternate. Prints one JSON line a figure. `make bench NAME=portal`; smaller and quicker for a look:

    python benchmarks/portal.py --enterprises 2000 --facts 20000 --seconds 10 --engines sqlite
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
RATE = 20.0
WORKERS = 2
SESSION = """
import django
django.setup()
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from luming_portal.accounts.models import User
from luming_portal.audit.door import change
from luming_portal.enterprises.models import Enterprise
from luming_portal.indicators.models import Fact
from django.contrib.auth.hashers import make_password
user = User(username="bench", name="测量", role="office", password=make_password("not-for-signing-in"))
with change("测量") as changes:
    changes.save(user)
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "luming_portal.accounts.sign_in.PortalBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session["second_factor_known"] = user.pk
session.save()
firms = list(Enterprise.objects.order_by("?").values_list("pk", flat=True)[:200])
facts = list(Fact.objects.order_by("-pk").values_list("pk", flat=True)[:200])
import json
print(json.dumps({"session": session.session_key, "firms": firms, "facts": facts}))
"""


def environment(home: str, **more: str) -> dict[str, str]:
    """The environment of every process of one engine."""
    return {
        **os.environ,
        "LUMING_HOME": home,
        "LUMING_DEBUG": "0",
        "LUMING_HTTPS": "0",
        "LUMING_PACKS": str(ROOT / "packs"),
        "DJANGO_SETTINGS_MODULE": "luming_portal.settings",
        "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")]),
        **more,
    }


def prepare(env: dict[str, str], enterprises: int, facts: int) -> dict[str, object]:
    """Set up, fill, sign somebody in; what the client needs to know."""
    portal = [sys.executable, "-m", "luming_portal.cli"]
    subprocess.run([*portal, "setup", "--no-demo"], env=env, check=True, stdout=subprocess.DEVNULL)
    fill = [
        sys.executable,
        str(HERE / "portal_data.py"),
        "--enterprises",
        str(enterprises),
        "--facts",
        str(facts),
    ]
    subprocess.run(fill, env=env, check=True, stdout=subprocess.DEVNULL)
    told = subprocess.run([sys.executable, "-c", SESSION], env=env, check=True, stdout=subprocess.PIPE)
    known: dict[str, object] = json.loads(told.stdout.splitlines()[-1])
    return known


@contextmanager
def server(env: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    """gunicorn with two workers on the loopback."""
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "luming_portal.wsgi",
        "-w",
        str(WORKERS),
        "--threads",
        "2",
        "-b",
    ]
    process = subprocess.Popen(
        [*command, f"127.0.0.1:{port}"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
                connection.request("GET", "/nowhere")
                connection.getresponse().read()
                break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError(f"{env['DJANGO_SETTINGS_MODULE']} did not start") from None
                time.sleep(0.1)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


class Client:
    """Keeps a connection a thread; asks at appointed times."""

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self.headers = {"Cookie": f"sessionid={session}", "Accept-Encoding": "gzip", "Host": "localhost"}
        self.local = threading.local()

    def ask(self, path: str) -> tuple[int, bytes]:
        """One request, answered whole."""
        for attempt in (1, 2):
            connection = getattr(self.local, "connection", None)
            if connection is None:
                connection = self.local.connection = http.client.HTTPConnection(
                    "127.0.0.1", self.port, timeout=60
                )
            try:
                connection.request("GET", path, headers=self.headers)
                answer = connection.getresponse()
                return answer.status, answer.read()
            except (http.client.HTTPException, OSError):
                self.local.connection = None
                if attempt == 2:
                    raise
        raise AssertionError

    def load(self, paths: Sequence[str], seconds: float, rate: float = RATE) -> list[tuple[str, float]]:
        """Ask for random paths at a steady rate; each path with its latency from the appointed time."""
        chosen = random.Random(7).choices(paths, k=int(seconds * rate))
        found: list[tuple[str, float]] = []
        start = time.perf_counter() + 0.2

        def one(number: int, path: str) -> None:
            due = start + number / rate
            time.sleep(max(0.0, due - time.perf_counter()))
            status, _body = self.ask(path)
            if status != 200:
                raise RuntimeError(f"{path} answered {status}")
            found.append((path, time.perf_counter() - due))

        with ThreadPoolExecutor(48) as pool:
            for task in [pool.submit(one, number, path) for number, path in enumerate(chosen)]:
                task.result()
        return found


def p95(values: Sequence[float]) -> float:
    """The 95th percentile, in milliseconds."""
    return statistics.quantiles(values, n=20)[-1] * 1000


def memory_of(process: subprocess.Popen[bytes]) -> float:
    """Resident memory of a server with its workers, in MB."""
    pids = [process.pid]
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    pids += [int(pid) for pid in children.read_text().split()] if children.exists() else []
    total = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                total += int(line.split()[1])
    return total / 1024


def first_page_bytes(client: Client) -> int:
    """Compressed size of the home page with everything that it asks for."""
    status, body = client.ask("/")
    assert status == 200
    page = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    parts = set(re.findall(rb'(?:href|src)="(/static/[^"#]+)', page))
    return len(body) + sum(len(client.ask(part.decode())[1]) for part in parts)


def lists(base: str) -> list[str]:
    """List pages as officers ask for them: plain, searched, filtered, sorted, further on."""
    firms, facts = f"{base}/enterprises/", f"{base}/facts/"
    return [
        firms,
        f"{firms}?page=7",
        f"{firms}?district=%E9%9D%92%E5%B1%B1%E5%8C%BA",
        f"{firms}?q=%E7%A8%80%E5%9C%9F",
        f"{firms}?sort=-revenue",
        facts,
        f"{facts}?page=3",
        f"{facts}?status=actual",
    ]


def tell(name: str, value: float, unit: str, peer: str, peer_value: float, size: str, memory: float) -> None:
    """Print one figure."""
    ratio = round(value / peer_value, 2) if peer_value else None
    line = {
        "name": name,
        "value": round(value, 1),
        "unit": unit,
        "peer": peer,
        "peer_value": round(peer_value, 1),
        "ratio": ratio,
        "size": size,
        "memory_mb": round(memory),
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


def measure(engine: str, env: dict[str, str], enterprises: int, facts: int, seconds: float) -> None:
    """Fill one engine and measure both sites in turn."""
    known = prepare(env, enterprises, facts)
    firms: list[int] = known["firms"]  # type: ignore[assignment]
    session = str(known["session"])
    admin_env = {**env, "DJANGO_SETTINGS_MODULE": "portal_admin"}
    ours = lists("/registers")
    details = [f"/registers/enterprises/{pk}/" for pk in firms]
    theirs = [
        "/admin/enterprises/enterprise/",
        "/admin/enterprises/enterprise/?p=7",
        "/admin/indicators/fact/",
        "/admin/indicators/fact/?p=3",
    ]
    their_details = [f"/admin/enterprises/enterprise/{pk}/change/" for pk in firms]
    with server(env, 8961) as portal, server(admin_env, 8962) as admin:
        site, peer = Client(8961, session), Client(8962, session)
        for client, paths in ((site, [*ours, *details[:8]]), (peer, [*theirs, *their_details[:8]])):
            for path in [*paths, *paths]:
                client.ask(path)
        found: dict[str, list[float]] = {"list": [], "detail": [], "admin_list": [], "admin_detail": []}
        for _ in range(2):
            for path, took in site.load([*ours * 10, *details[: len(ours) * 10]], seconds / 2):
                found["list" if path in ours else "detail"].append(took)
            for path, took in peer.load([*theirs * 20, *their_details[: len(theirs) * 20]], seconds / 2):
                found["admin_list" if path in theirs else "admin_detail"].append(took)
        size = f"{enterprises} enterprises, {facts} facts, {RATE:.0f}/s"
        used, theirs_used = memory_of(portal), memory_of(admin)
        tell(
            f"portal.{engine}.list.p95",
            p95(found["list"]),
            "ms",
            "Django admin list",
            p95(found["admin_list"]),
            size,
            used,
        )
        tell(
            f"portal.{engine}.detail.p95",
            p95(found["detail"]),
            "ms",
            "Django admin change page",
            p95(found["admin_detail"]),
            size,
            used,
        )
        tell(f"portal.{engine}.memory", used, "MB", "Django admin", theirs_used, size, used)
        tell(
            f"portal.{engine}.first_page",
            first_page_bytes(site) / 1000,
            "kB compressed",
            "limit of the issue",
            200,
            size,
            used,
        )


def main() -> None:
    """Measure on SQLite, and on PostgreSQL where the machine has it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--enterprises", type=int, default=100_000)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=40)
    parser.add_argument("--engines", nargs="*", default=["sqlite", "postgresql"])
    given = parser.parse_args()
    if "sqlite" in given.engines:
        with tempfile.TemporaryDirectory(prefix="luming-bench-") as home:
            env = environment(home)
            env.pop("DATABASE_URL", None)
            measure("sqlite", env, given.enterprises, given.facts, given.seconds)
    if "postgresql" in given.engines:
        if os.environ.get("DATABASE_URL", "").startswith("postgres"):
            with tempfile.TemporaryDirectory(prefix="luming-bench-") as home:
                measure("postgresql", environment(home), given.enterprises, given.facts, given.seconds)
        else:
            again = [sys.executable, __file__, "--engines", "postgresql", "--seconds", str(given.seconds)]
            again += ["--enterprises", str(given.enterprises), "--facts", str(given.facts)]
            subprocess.run(
                [sys.executable, str(ROOT / "tests/portal/with_postgresql.py"), *again], check=True
            )


if __name__ == "__main__":
    main()
