"""The database itself refuses to change or delete a link of the chain."""

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER journal_entry_no_{act} BEFORE {act} ON journal_entry"
    " BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
]
POSTGRES = [
    "CREATE OR REPLACE FUNCTION journal_append_only() RETURNS trigger AS $$"
    " BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER journal_entry_append_only BEFORE UPDATE OR DELETE ON journal_entry"
    " FOR EACH ROW EXECUTE FUNCTION journal_append_only()",
]


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRES:
            schema_editor.execute(statement)
    else:
        for act in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE[0].format(act=act))


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER journal_entry_append_only ON journal_entry")
        schema_editor.execute("DROP FUNCTION journal_append_only()")
    else:
        for act in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER journal_entry_no_{act}")


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
