"""What every test may use, and the one place that decides what is skipped.

A test says what it needs beside Python with `@pytest.mark.needs("browser")`. Where the machine lacks it, the test
is skipped by name and the skips are counted at the end; with STRICT=1 in the environment a skip is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NEEDS = {
    "browser": ("Chromium", lambda: shutil.which("chromium") or shutil.which("google-chrome")),
    "spark": ("Apache Spark with Java", lambda: find_spec("pyspark") and shutil.which("java")),
    "postgresql": ("a PostgreSQL server", lambda: shutil.which("pg_ctl") or shutil.which("pg_ctlcluster")),
    "npm_dev": (
        "axe-core (installed by `make test`)",
        lambda: (ROOT / "node_modules" / "axe-core" / "axe.min.js").is_file(),
    ),
    "gettext": ("GNU gettext", lambda: shutil.which("xgettext") and shutil.which("msgmerge")),
    "java": ("Java", lambda: shutil.which("java")),
    "netns": ("a network namespace of one's own (Linux, as root)", lambda: _own_namespace()),
    "shared": ("the folder ../shared with the fact-finding (only where Luming is developed)", SHARED.is_dir),
}
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
STRICT = os.environ.get("STRICT") == "1"

settings.register_profile(
    "luming", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", parent=settings.get_profile("luming"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "luming"))


def _own_namespace() -> bool:
    tools = shutil.which("unshare") and shutil.which("ip")
    return bool(tools) and subprocess.run(["unshare", "--net", "true"], capture_output=True).returncode == 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    present = {name: bool(found()) for name, (_, found) in NEEDS.items()}
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.slow)
        for marker in item.iter_markers("needs"):
            for name in marker.args:
                if not present[name] and not STRICT:
                    item.add_marker(pytest.mark.skip(reason=f"needs {name}: {NEEDS[name][0]} is not here"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = Counter(str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []))
    for reason, count in sorted(skipped.items()):
        terminalreporter.write_line(f"{count} not run: {reason.removeprefix('Skipped: ')}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if STRICT and reporter is not None and reporter.stats.get("skipped") and exitstatus == pytest.ExitCode.OK:
        reporter.write_line("STRICT=1: a skipped test is a failure.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the fact-finding, for tests marked needs("shared")."""
    return SHARED


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium without a window, one for all tests of a process; for tests marked needs("browser")."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield started
        started.close()
