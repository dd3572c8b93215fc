"""The full-text index over the entries: FTS5 with triggers on SQLite, a GIN index over the words on PostgreSQL.

FTS5 holds no copy of the words (external content); its triggers hand it the old words when an entry goes. Safe to run
while the site is up; `luming-portal reindex` fills the entries.
"""

from __future__ import annotations

from django.db import migrations

_SQLITE = [
    """CREATE VIRTUAL TABLE search_fts USING fts5(
        words, content='search_entry', content_rowid='id', tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry
        BEGIN INSERT INTO search_fts(rowid, words) VALUES (NEW.id, NEW.words); END""",
    """CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry
        BEGIN INSERT INTO search_fts(search_fts, rowid, words) VALUES ('delete', OLD.id, OLD.words); END""",
    """CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry
        BEGIN INSERT INTO search_fts(search_fts, rowid, words) VALUES ('delete', OLD.id, OLD.words);
              INSERT INTO search_fts(rowid, words) VALUES (NEW.id, NEW.words); END""",
]
_POSTGRESQL = [
    # Not a stored column: a search for a common word visits ten thousand rows, which are four times as long with one.
    "CREATE INDEX search_entry_words ON search_entry USING gin (to_tsvector('pg_catalog.simple', words))",
]


def put_up(apps, schema_editor):
    """Make the index."""
    for statement in _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL:
        schema_editor.execute(statement)


def take_down(apps, schema_editor):
    """Remove the index."""
    if schema_editor.connection.vendor == "sqlite":
        for name in ("added", "removed", "changed"):
            schema_editor.execute(f"DROP TRIGGER search_entry_{name}")
        schema_editor.execute("DROP TABLE search_fts")
    else:
        schema_editor.execute("DROP INDEX search_entry_words")


class Migration(migrations.Migration):
    """FTS5 or GIN."""

    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
