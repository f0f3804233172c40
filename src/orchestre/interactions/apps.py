from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    name = "orchestre.interactions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who reads in the journal what was decided of which findings."""
        from orchestre.interactions import policy  # noqa: PLC0415 - models are ready only now
        from orchestre.journal.policy import guard  # noqa: PLC0415 - idem

        guard("interactions.finding", policy.visible_to)
