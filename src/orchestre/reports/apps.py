from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "orchestre.reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Stand beside meetings, and say who reads in the journal which packs were published."""
        from orchestre.governance.presenters import panels  # noqa: PLC0415 - models are ready only now
        from orchestre.journal.policy import guard  # noqa: PLC0415 - idem
        from orchestre.reports import policy  # noqa: PLC0415 - idem
        from orchestre.reports.presenters import beside  # noqa: PLC0415 - idem

        guard("reports.publication", policy.visible_publications)
        panels.register(beside.panel)
