"""The offline archive: chosen for old systems, checked before it installs, and running without any network."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile

import pytest

SERVE = """
set -e
ip link set lo up
test "$(ip -o addr show scope global | wc -l)" = 0
sh install.sh --to "$1" --port 8765 --demo
"$1/luming-portal" serve --port 8765 & server=$!
trap 'kill $server' EXIT
"$1/venv/bin/python" - <<'END'
import json, time, urllib.request
for _ in range(120):
    try:
        for path in ("healthz", "readyz", ""):
            answer = urllib.request.urlopen(f"http://127.0.0.1:8765/{path}", timeout=10)
            print(path or "home", answer.status)
        break
    except OSError as error:
        time.sleep(0.5)
else:
    raise SystemExit(f"no answer: {error}")
END
"$1/luming-portal" check --json > "$1/check.json" || true
"""


@pytest.fixture(scope="module")
def maker(root):
    spec = importlib.util.spec_from_file_location("make_bundle", root / "bundle" / "make_bundle.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def bundle(root, maker, tmp_path_factory):
    """The archive of this machine, laid out in a folder; made from the registry with locked hashes."""
    folder = tmp_path_factory.mktemp("bundle")
    command = [sys.executable, str(root / "bundle" / "make_bundle.py"), "--to", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == maker.NO_REGISTRY:
        pytest.skip("needs the Python package registry to make the archive")
    assert done.returncode == 0, done.stderr
    (archive,) = folder.glob("luming-*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return next(file for file in folder.iterdir() if file.is_dir())


@pytest.mark.parametrize("architecture", ["x86_64", "aarch64"])
def test_wheels_are_chosen_for_the_oldest_supported_glibc(maker, architecture):
    options = maker.Target(architecture, "3.11").pip_options()
    tags = [word for word in options if word.startswith("manylinux")]
    assert tags[0] == f"manylinux_2_28_{architecture}"
    assert not any(f"manylinux_2_{newer}_" in tag for tag in tags for newer in range(29, 45))


def test_markers_are_held_against_the_target_and_not_this_machine(maker):
    old = maker.locked(maker.Target("x86_64", "3.11"))
    new = maker.locked(maker.Target("x86_64", "3.13"))
    assert old["numpy"] != new["numpy"]
    assert "colorama" not in old
    assert not maker.NOT_AT_RUN_TIME & set(old)
    assert all("--hash=sha256:" in text for text in old.values())


@pytest.mark.parametrize(
    ("arguments", "environment", "word"),
    [
        (["--port", "x"], {}, "端口应是数字"),
        (["--what"], {}, "不认识的参数"),
        (["--to"], {}, "后面要写安装目录"),
        ([], {"PYTHON": "PROGRAMS/old-python"}, "需要 Python 3.11"),
        ([], {"MACHINE": "mips"}, "这台机器是 mips"),
        ([], {"GLIBC": "glibc 2.17"}, "glibc 是 2.17"),
        ([], {"GLIBC": ""}, "没有 glibc"),
        (
            ["--to", "/proc/nowhere"],
            {"GLIBC": "glibc 2.28", "PYTHON": "PROGRAMS/good-python"},
            "不能在 /proc/nowhere 写入",
        ),
    ],
)
def test_script_says_why_it_does_not_install(root, tmp_path, arguments, environment, word):
    """With programs of our own for what the machine is."""
    text = (root / "bundle" / "install.sh").read_text(encoding="utf-8")
    for mark, value in {
        "@PYTHON@": "3.11",
        "@ARCHITECTURE@": "x86_64",
        "@GLIBC@": "2.28",
        "@VERSION@": "0",
    }.items():
        text = text.replace(mark, value)
    (tmp_path / "install.sh").write_text(text, encoding="utf-8")
    (tmp_path / "SHA256SUMS").write_text("", encoding="utf-8")
    programs = tmp_path / "programs"
    programs.mkdir()
    answers = {
        "uname": f'[ "$1" = -s ] && echo Linux || echo {environment.get("MACHINE", "x86_64")}',
        "getconf": f'echo "{environment.get("GLIBC", "glibc 2.36")}"',
        "old-python": "echo 3.8",
        "good-python": "echo 3.11",
        "sha256sum": "exit 0",
    }
    for name, answer in answers.items():
        (programs / name).write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    given = {name: value.replace("PROGRAMS", str(programs)) for name, value in environment.items()}
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    command = ["sh", str(tmp_path / "install.sh"), *arguments]
    done = subprocess.run(
        command, env={**given, "PATH": path}, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 1
    assert word in done.stderr


@pytest.mark.slow
@pytest.mark.needs("netns")
def test_archive_installs_and_runs_without_any_network(bundle, tmp_path):
    to = tmp_path / "installed"
    command = ["unshare", "--net", "sh", "-c", SERVE, "sh", str(to)]
    clean = {"PATH": f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path),
             "PYTHON": getattr(sys, "_base_executable", sys.executable), "LANG": "C.UTF-8"}  # fmt: skip
    done = subprocess.run(command, cwd=bundle, env=clean, capture_output=True, text=True, timeout=560)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "healthz 200" in done.stdout
    assert "readyz 200" in done.stdout
    assert "home 200" in done.stdout
    assert "http://127.0.0.1:8765/" in done.stdout
    assert (to / "settings.sh").stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("sha256sum"), reason="needs sha256sum")
def test_altered_archive_is_refused_before_anything_is_installed(bundle, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(bundle, copy)
    wheel = next((copy / "wheels").glob("luming-*.whl"))
    wheel.write_bytes(wheel.read_bytes() + b"x")
    environment = {**os.environ, "PYTHON": getattr(sys, "_base_executable", sys.executable)}
    command = ["sh", str(copy / "install.sh"), "--to", str(tmp_path / "to")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 1
    assert "改动过" in done.stderr
    assert not (tmp_path / "to").exists()
