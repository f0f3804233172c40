from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "orchestre.reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who reads in the journal which packs were published."""
        from orchestre.journal.policy import guard  # noqa: PLC0415 - models are ready only now
        from orchestre.reports import policy  # noqa: PLC0415 - idem

        guard("reports.publication", policy.visible_publications)
