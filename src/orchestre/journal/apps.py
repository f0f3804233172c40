from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "orchestre.journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the house below write through the journal."""
        from orchestre.access.acts import write_through  # noqa: PLC0415 - models are ready only now
        from orchestre.journal.services import act  # noqa: PLC0415 - idem

        write_through(act)
