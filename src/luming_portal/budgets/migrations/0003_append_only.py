"""The entries of a budget line are append-only, by triggers of the database itself, as the record of changes is.

Invented entries (演示数据) may be removed with the rest of the demonstration. Safe to run while the site is up.
"""

from __future__ import annotations

from django.db import migrations

_REFUSAL = "the ledger of a budget line is append-only"

_SQLITE = {
    "budgets_entry_no_update": f"""CREATE TRIGGER budgets_entry_no_update BEFORE UPDATE ON budgets_budgetentry
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    "budgets_entry_no_delete": f"""CREATE TRIGGER budgets_entry_no_delete BEFORE DELETE ON budgets_budgetentry
        WHEN NOT OLD.demo BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    "budgets_entry_no_replace": f"""CREATE TRIGGER budgets_entry_no_replace BEFORE INSERT ON budgets_budgetentry
        WHEN EXISTS (SELECT 1 FROM budgets_budgetentry
                     WHERE id = NEW.id OR (line_id = NEW.line_id AND serial = NEW.serial))
        BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
}
_POSTGRESQL = f"""
CREATE FUNCTION budgets_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$;
CREATE TRIGGER budgets_entry_no_update BEFORE UPDATE ON budgets_budgetentry
    FOR EACH ROW EXECUTE FUNCTION budgets_refuse();
CREATE TRIGGER budgets_entry_no_delete BEFORE DELETE ON budgets_budgetentry
    FOR EACH ROW WHEN (NOT OLD.demo) EXECUTE FUNCTION budgets_refuse();
"""
_POSTGRESQL_BACK = """
DROP TRIGGER budgets_entry_no_update ON budgets_budgetentry;
DROP TRIGGER budgets_entry_no_delete ON budgets_budgetentry;
DROP FUNCTION budgets_refuse();
"""


def put_up(apps, schema_editor):
    """Make the triggers."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in _SQLITE.values():
            schema_editor.execute(statement)
    else:
        schema_editor.execute(_POSTGRESQL)


def take_down(apps, schema_editor):
    """Remove the triggers."""
    if schema_editor.connection.vendor == "sqlite":
        for name in _SQLITE:
            schema_editor.execute(f"DROP TRIGGER {name}")
    else:
        schema_editor.execute(_POSTGRESQL_BACK)


class Migration(migrations.Migration):
    """Triggers on the entries."""

    dependencies = [("budgets", "0002_payments_and_allocation")]
    operations = [migrations.RunPython(put_up, take_down)]
