"""The examples of docs/guide/api.md, run as they stand, in order, against a server that is alive."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from luming_portal.accounts.roles import Role
from luming_portal.api.webhooks.signature import is_genuine, signature

GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "api.md"
_FENCE = re.compile(r"^```(bash|python|text)\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Example:
    """A block of code with what it prints, where the guide says so."""

    language: str
    code: str
    expected: str | None
    line: int


def examples() -> list[Example]:
    """All blocks that run, in order."""
    text = GUIDE.read_text(encoding="utf-8")
    found: list[Example] = []
    end = 0
    for block in _FENCE.finditer(text):
        language, code = block[1], block[2]
        if language == "text":
            assert found, "an output without a block before it"
            assert not text[end : block.start()].strip(), "words between a block and its output"
            last = found.pop()
            found.append(Example(last.language, last.code, code, last.line))
        else:
            found.append(Example(language, code, None, text[: block.start()].count("\n") + 1))
        end = block.end()
    return found


def agrees(printed: str, expected: str) -> bool:
    """Whether an output is the one told; … stands for anything."""
    pattern = ".*".join(re.escape(part) for part in expected.strip().split("…"))
    return re.fullmatch(pattern, printed.strip(), re.S) is not None


@pytest.mark.django_db(transaction=True)
def test_the_examples_of_the_guide_run(
    live_server: Any,
    baotou: None,
    make_user: Any,
    token_of: Any,
    settings: Any,
    tmp_path: Path,
    monkeypatch: Any,
) -> None:
    curl = shutil.which("curl")
    settings.LUMING_WEBHOOK_HOSTS = ["data.example.gov.cn"]
    environment = {
        "LUMING": live_server.url,
        "TOKEN": token_of(make_user(Role.OFFICE)),
        "AUDITOR_TOKEN": token_of(make_user(Role.AUDITOR)),
        "SYSTEM_TOKEN": token_of(make_user(Role.SYSTEM)),
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    names: dict[str, Any] = {}
    ran = {"bash": 0, "python": 0}
    for example in examples():
        if example.language == "bash" and curl is None:
            continue
        where = f"docs/guide/api.md:{example.line}"
        if example.language == "python":
            printed = run_python(example.code, names, where)
        else:
            printed = run_bash(example.code, tmp_path, where)
        if example.expected is not None:
            assert agrees(printed, example.expected), f"{where}\n{printed}"
        ran[example.language] += 1
    assert ran["python"] >= 6
    assert curl is None or ran["bash"] >= 8


def run_python(code: str, names: dict[str, Any], where: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, where, "exec"), names)
    return out.getvalue()


def run_bash(code: str, folder: Path, where: str) -> str:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", code],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "no_proxy": "*"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"{where}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_function_for_receivers_agrees_with_ours() -> None:
    code = next(one.code for one in examples() if "def is_genuine" in one.code)
    names: dict[str, Any] = {"secret": "whsec_x"}
    run_python(code, names, "guide")
    body = "正文".encode()
    for secret, header in (
        ("whsec_x", signature("whsec_x", body, 1000)),
        ("whsec_y", signature("whsec_x", body, 1000)),
        ("whsec_x", "t=1000,v1=0"),
        ("whsec_x", ""),
        ("whsec_x", "t=abc,v1=0"),
    ):
        assert names["is_genuine"](secret, body, header, now=1100) is is_genuine(secret, body, header, 1100)
        assert names["is_genuine"](secret, body, header, now=9999) is False
