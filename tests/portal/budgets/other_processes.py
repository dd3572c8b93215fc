"""Python in processes of its own on the very database of the test: for writers at once, and for writers that are killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

SOURCE = Path(__file__).parents[3] / "src"
_START = """
import os, signal, sys, time
import django
django.setup()
from django.db import connection
from luming.budget import BudgetRefused
from luming_portal.accounts.models import User
from luming_portal.audit.actor import acting_as
from luming_portal.budgets.models import BudgetBalance, BudgetClaim, BudgetEntry, BudgetLine
from luming_portal.budgets.replaying import prove
from luming_portal.budgets.services import ask_payment, commit, release_payment, reserve
one, two = User.objects.get(username="one"), User.objects.get(username="two")
line = BudgetLine.objects.get(title={title!r})
"""


def _address() -> str:
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    return f"postgresql://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"


def start(script: str, home: Path, *arguments: str, title: str = "平台支持") -> subprocess.Popen[str]:
    """Start a script that finds `line`, `one`, `two` and the services, and leave it running."""
    return subprocess.Popen(
        [sys.executable, "-c", _START.format(title=title) + script, *arguments],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "luming_portal.settings",
            "DATABASE_URL": _address(),
            "LUMING_HOME": str(home),
            "LUMING_SECRET_KEY": "only-for-tests-" * 4,
            "PYTHONPATH": str(SOURCE),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> str:
    """What it printed, once it has ended well."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err[-2000:]
    return out
