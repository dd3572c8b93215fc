"""A portal of its own in a folder, with SQLite in a file, driven by scripts in other processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[3] / "src"
_START = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "luming_portal.settings"
import django
django.setup()
"""


def environment(home: Path) -> dict[str, str]:
    """The environment of an installation in a folder, on SQLite whatever database the tests use."""
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {
        **given,
        "DJANGO_SETTINGS_MODULE": "luming_portal.settings",
        "LUMING_HOME": str(home),
        "LUMING_SECRET_KEY": "only-for-tests-" * 4,
        "LUMING_DEBUG": "0",
        "PYTHONPATH": str(SOURCE),
    }


class Installation:
    """Runs Python in processes of their own against one database file."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.run("from django.core.management import call_command\ncall_command('migrate', verbosity=0)")

    def start(self, script: str) -> subprocess.Popen[str]:
        """Start a script and leave it running."""
        return subprocess.Popen(
            [sys.executable, "-c", _START + script],
            env=environment(self.home),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, script: str) -> str:
        """Run a script to its end; what it printed."""
        process = self.start(script)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err[-2000:]
        return out.strip()
