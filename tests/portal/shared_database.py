"""For tests in which threads write at once: on SQLite the database of the test moves from memory into a file."""

from __future__ import annotations

import os
from typing import Any

from django.db import connection, connections


class shared_database:  # noqa: N801 - reads as a statement
    """Moves an in-memory SQLite database into a file while threads work on it; nothing to do on PostgreSQL."""

    def __init__(self, folder: Any) -> None:
        self.file = os.path.join(folder, "shared.sqlite3")

    def __enter__(self) -> None:
        if connection.vendor != "sqlite":
            return
        connection.ensure_connection()
        connection.cursor().execute("VACUUM INTO %s", [self.file])
        self.kept = connection.settings_dict["NAME"]
        self.held = connection.connection
        connection.connection = None
        for one in (connection.settings_dict, connections.settings["default"]):
            one["NAME"] = self.file
        connection.is_in_memory_db = lambda: False  # type: ignore[method-assign]

    def __exit__(self, *problem: object) -> None:
        if connection.vendor != "sqlite":
            return
        connection.connection.close()
        connection.connection = self.held
        for one in (connection.settings_dict, connections.settings["default"]):
            one["NAME"] = self.kept
        del connection.is_in_memory_db
