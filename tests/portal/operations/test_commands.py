"""The commands of operations on a real installation: set up, back up, change, restore, check; on both databases."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("stores", Path(__file__).with_name("stores.py"))
stores = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(stores)

CHANGE = """
import django
django.setup()
from luming_portal.audit.actor import acting_as
from luming_portal.audit.door import change
with acting_as(None), change("恢复试验") as changes:
    changes.event("test.after_backup")
"""


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs("postgresql"))]
)
def installation(request, root, tmp_path_factory):
    """A function that runs a command of the portal in an installation with Baotou's data."""
    home = tmp_path_factory.mktemp("home")
    given = {**os.environ, "LUMING_HOME": str(home), "LUMING_DEBUG": "0", "LUMING_PACKS": str(root / "packs"),
             "DJANGO_SETTINGS_MODULE": "luming_portal.settings"}  # fmt: skip
    given.pop("DATABASE_URL", None)

    def run(*arguments, expect=0, program=("-m", "luming_portal.cli")):
        command = [sys.executable, *program, *arguments]
        done = subprocess.run(command, env=given, capture_output=True, text=True, encoding="utf-8")
        assert expect is None or done.returncode == expect, done.stdout + done.stderr
        return done.stdout

    if request.param == "sqlite":
        run("setup")
        yield run
        return
    with stores.postgresql_server(fsync=True) as server:
        address = f"postgresql://luming@127.0.0.1:{server['PORT']}"
        given["DATABASE_URL"] = f"{address}/postgres"
        run("-c", "import django; django.setup(); from django.db import connection; "
            "connection.cursor().execute('CREATE DATABASE luming')", program=())  # fmt: skip
        given["DATABASE_URL"] = f"{address}/luming"
        run("setup")
        yield run


@pytest.mark.slow
def test_restore_brings_back_the_state_of_the_backup(installation):
    run = installation
    told = run("backup")
    file = told.splitlines()[0]
    sha = told.strip().splitlines()[-1].removeprefix("SHA-256: ")
    assert "逐表相符" in run("backup", "verify", file, "--sha256", sha)
    run("-c", CHANGE, program=())
    assert "逐表相符" in run("restore", file, "--yes", "--sha256", sha)
    second = run("backup").splitlines()[0]
    assert _tables(file) == _tables(second)
    assert _tables(file)["audit_change"]["rows"] > 0
    assert "SHA-256 与给出的不符" in _error(run, "restore", file, "--yes", "--sha256", "0" * 64)
    found = {one["code"]: one["level"] for one in json.loads(run("check", "--json", expect=None))["findings"]}
    assert {
        found[code] for code in ("database", "migrations", "durability", "backup", "packs", "assets")
    } == {"ok"}
    # The record of changes is still append-only after a restore.
    refused = "import django; django.setup(); from luming_portal.audit.models import Change; Change.objects.all().delete()"
    run("-c", refused, program=(), expect=1)


def _tables(file):
    import zipfile

    with zipfile.ZipFile(file) as archive:
        return json.loads(archive.read("manifest.json"))["tables"]


def _error(run, *arguments):
    with pytest.raises(AssertionError) as refused:
        run(*arguments)
    return str(refused.value)
