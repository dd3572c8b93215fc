"""The record of changes is append-only, by triggers of the database itself.

On SQLite `INSERT OR REPLACE` passes a DELETE trigger unless recursive_triggers is on, so a guard on INSERT stands
beside. Of the outbox only `taken_at` and `sent_at` may change. Safe to run while the site is up.
"""

from __future__ import annotations

from django.db import migrations

_REFUSAL = "the record of changes is append-only"

_SQLITE = [
    f"""CREATE TRIGGER audit_change_no_update BEFORE UPDATE ON audit_change
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    f"""CREATE TRIGGER audit_change_no_delete BEFORE DELETE ON audit_change
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    f"""CREATE TRIGGER audit_change_no_replace BEFORE INSERT ON audit_change
        WHEN EXISTS (SELECT 1 FROM audit_change WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    f"""CREATE TRIGGER audit_outbox_no_update BEFORE UPDATE OF id, change_id, digest ON audit_outbox
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    f"""CREATE TRIGGER audit_outbox_no_delete BEFORE DELETE ON audit_outbox
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    f"""CREATE TRIGGER audit_outbox_no_replace BEFORE INSERT ON audit_outbox
        WHEN EXISTS (SELECT 1 FROM audit_outbox WHERE id = NEW.id OR change_id = NEW.change_id)
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
]
_SQLITE_NAMES = [
    "audit_change_no_update",
    "audit_change_no_delete",
    "audit_change_no_replace",
    "audit_outbox_no_update",
    "audit_outbox_no_delete",
    "audit_outbox_no_replace",
]

_POSTGRESQL = f"""
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$;
CREATE TRIGGER audit_change_append_only BEFORE UPDATE OR DELETE ON audit_change
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_outbox_no_delete BEFORE DELETE ON audit_outbox
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_outbox_no_update BEFORE UPDATE OF id, change_id, digest ON audit_outbox
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""
_POSTGRESQL_BACK = """
DROP TRIGGER audit_change_append_only ON audit_change;
DROP TRIGGER audit_outbox_no_delete ON audit_outbox;
DROP TRIGGER audit_outbox_no_update ON audit_outbox;
DROP FUNCTION audit_refuse();
"""


def put_up(apps, schema_editor):
    """Make the triggers."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in _SQLITE:
            schema_editor.execute(statement)
    else:
        schema_editor.execute(_POSTGRESQL)


def take_down(apps, schema_editor):
    """Remove the triggers."""
    if schema_editor.connection.vendor == "sqlite":
        for name in _SQLITE_NAMES:
            schema_editor.execute(f"DROP TRIGGER {name}")
    else:
        schema_editor.execute(_POSTGRESQL_BACK)


class Migration(migrations.Migration):
    """Triggers on both tables."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
