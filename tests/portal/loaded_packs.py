"""The packs that come with Luming, in the database of a test: loaded once a process, then put back row by row.

Reading, checking and indexing them takes most of a second, and hundreds of tests want them. What the first load left
in tables that were empty before is kept here and inserted as it is: same keys, same words, same record of changes.
Where a test has entered something in one of these tables before, they are loaded in the ordinary way.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connection, transaction

from luming_portal.installation import load_packs

_INDEX = "search_fts"
"""Tables of SQLite's full-text index: filled by the triggers of the table that they index."""

_kept: dict[Path, dict[str, Any]] = {}


def put_packs(packs: Path) -> None:
    """The packs below a folder, as `load_packs` leaves them."""
    with transaction.atomic():
        if packs in _kept:
            if any(_counts(_kept[packs]).values()):
                load_packs(packs)
            else:
                _put(_kept[packs])
            return
        before = _counts(_tables())
        load_packs(packs)
        grown = [name for name, count in _counts(before).items() if count != before[name]]
        if not any(before[name] for name in grown):
            _kept[packs] = {name: _rows(name) for name in grown}


def _tables() -> list[str]:
    return [name for name in connection.introspection.table_names() if not name.startswith(_INDEX)]


def _counts(tables: Any) -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for name in tables:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            found[name] = cursor.fetchone()[0]
        return found


def _rows(table: str) -> Any:
    """All rows of a table as the database holds them, past every conversion."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT (FORMAT BINARY)') as rows:
            return b"".join(rows)
    with connection.cursor() as cursor:
        names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    plain = ", ".join(f'+"{name}"' for name in names)  # an expression has no declared type to convert to
    return connection.connection.execute(f'SELECT {plain} FROM "{table}"').fetchall()


def _put(kept: dict[str, Any]) -> None:
    for table, rows in kept.items():
        if connection.vendor == "postgresql":
            with (
                connection.cursor() as cursor,
                cursor.copy(f'COPY "{table}" FROM STDIN (FORMAT BINARY)') as to,
            ):
                to.write(rows)
            _count_on(table)
        else:
            places = ", ".join("?" * len(rows[0]))
            connection.connection.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)


def _count_on(table: str) -> None:
    """PostgreSQL numbers on from the rows that were put: a gap in the record of changes would be one to wait for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        (sequence,) = cursor.fetchone()
        if sequence:
            cursor.execute(f'SELECT setval(%s, (SELECT max(id) FROM "{table}"))', [sequence])
