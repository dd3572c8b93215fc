"""What asks the database itself runs on SQLite and on PostgreSQL; the rest of the portal's tests runs on SQLite (CONTRIBUTING.md)."""

from __future__ import annotations

import re
from pathlib import Path

ASKS = re.compile(
    r"Thread\(|IntegrityError|connection\.cursor|connection\.vendor|\.atomic\(|select_for_update|transaction=True"
)
"""Threads that write at once, broken constraints, SQL of one's own, transactions of one's own."""
SAYS_SO = re.compile(r"pytest\.mark\.both_databases|transaction=True")
"""By name, or as a test that commits for real (conftest.py)."""
NOT_THESE = {
    "audit/test_crash.py": "works on a SQLite file of its own",
    "meta/test_both_databases.py": "names them",
    "operations/test_commands.py": "starts a PostgreSQL server of its own",
    "operations/test_kill.py": "starts a PostgreSQL server of its own",
    "test_permission_matrix.py": "takes back what an address did; asks about rights, not about the database",
}


def test_whatever_asks_the_database_itself_says_so() -> None:
    folder = Path(__file__).parents[1]
    silent = set()
    for file in folder.glob("**/test_*.py"):
        text = file.read_text(encoding="utf-8")
        if ASKS.search(text) and not SAYS_SO.search(text):
            silent.add(file.relative_to(folder).as_posix())
    silent.add("meta/test_both_databases.py")
    assert silent == set(NOT_THESE), "give these modules the mark both_databases, or say here why not"
