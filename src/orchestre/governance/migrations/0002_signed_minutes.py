"""The database itself refuses to change signed minutes; a correction is a new edition."""

from django.db import migrations

KEPT = ("meeting_id", "edition", "content", "digest", "signed_name", "signed_at", "chain_hash")
SQLITE = (
    "CREATE TRIGGER governance_minutes_no_update BEFORE UPDATE OF {columns}"
    " ON governance_minutes"
    " BEGIN SELECT RAISE(ABORT, 'signed minutes no longer change'); END"
).format(columns=", ".join(KEPT))
POSTGRES = [
    "CREATE OR REPLACE FUNCTION governance_minutes_signed() RETURNS trigger AS $$"
    " BEGIN RAISE EXCEPTION 'signed minutes no longer change'; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER governance_minutes_no_update BEFORE UPDATE OF {columns}"
    " ON governance_minutes FOR EACH ROW EXECUTE FUNCTION governance_minutes_signed()".format(
        columns=", ".join(KEPT)
    ),
]


def forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRES:
            schema_editor.execute(statement)
    else:
        schema_editor.execute(SQLITE)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER governance_minutes_no_update ON governance_minutes")
        schema_editor.execute("DROP FUNCTION governance_minutes_signed()")
    else:
        schema_editor.execute("DROP TRIGGER governance_minutes_no_update")


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
