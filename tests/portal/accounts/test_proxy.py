"""Behind a reverse proxy: its word on HTTPS and on the visitor's address is believed, and nobody else's is."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from portal.audit.installation import Installation, environment


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A portal in a folder."""
    found = Installation(tmp_path_factory.mktemp("behind-proxy"))
    found.run(
        "from django.core.management import call_command\ncall_command('collectstatic', verbosity=0, interactive=False)"
    )
    return found


@contextmanager
def _serving(installation: Installation, **settings: str) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "luming_portal.cli", "serve", "--port", "0", "--no-worker"],
        env={**environment(installation.home), "LUMING_HTTPS": "1", "PYTHONUNBUFFERED": "1", **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = next((one for one in process.stdout if "http://localhost:" in one), "")
        assert line, "the portal did not start"
        yield line.split("http://localhost:")[1].split("/")[0]
    finally:
        process.terminate()
        process.communicate(timeout=20)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: Any) -> None:
        return None


def _get(port: str, **headers: str) -> tuple[int, str]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/accounts/signup/",
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    )
    opener = urllib.request.build_opener(_Stay)
    deadline = time.monotonic() + 20
    while True:
        try:
            with opener.open(request, timeout=20) as answer:
                return int(answer.status), ""
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.headers.get("Location", "")
        except urllib.error.URLError:
            assert time.monotonic() < deadline, "the portal did not start"
            time.sleep(0.1)


@pytest.mark.slow
def test_the_proxys_word_is_believed(installation: Installation) -> None:
    with _serving(installation, LUMING_BEHIND_PROXY="1") as port:
        assert _get(port, X_Forwarded_Proto="https", X_Forwarded_For="10.1.2.3")[0] == 200
        status, target = _get(port)
        assert (status, target.startswith("https://")) == (301, True)


@pytest.mark.slow
def test_nobody_elses_word_is_believed(installation: Installation) -> None:
    with _serving(installation) as port:
        assert _get(port, X_Forwarded_Proto="https")[0] == 301
    with _serving(installation, LUMING_BEHIND_PROXY="1", LUMING_PROXY="192.0.2.1") as port:
        assert _get(port, X_Forwarded_Proto="https")[0] == 301


@pytest.mark.slow
def test_the_visitors_address_enters_the_record(installation: Installation) -> None:
    script = """
import json
from luming_portal.audit.models import Change
print(json.dumps([one.after for one in Change.objects.filter(action="account.sign_in_failed")]))
"""
    with _serving(installation, LUMING_BEHIND_PROXY="1", LUMING_SECOND_FACTOR="1") as port:
        _sign_in(port)
    found = json.loads(installation.run(script))
    assert found == [{"ip": "10.1.2.3"}]


def _sign_in(port: str) -> None:
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.1.2.3", "Host": "localhost"}
    page = urllib.request.Request(f"http://127.0.0.1:{port}/accounts/login/", headers=headers)
    with urllib.request.urlopen(page, timeout=20) as answer:
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        token = answer.read().decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    body = f"csrfmiddlewaretoken={token}&login=nobody&password=wrong".encode()
    post = urllib.request.Request(
        f"http://127.0.0.1:{port}/accounts/login/",
        data=body,
        headers={**headers, "Cookie": cookie, "Referer": "https://localhost/accounts/login/"},
    )
    with urllib.request.urlopen(post, timeout=20) as answer:
        assert answer.status == 200
