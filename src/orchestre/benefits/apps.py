"""Benefits: what was planned, declared and validated, by whom, with which evidence."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "orchestre.benefits"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who reads in the journal what was claimed of which initiatives."""
        from orchestre.benefits import policy  # noqa: PLC0415 - models are ready only now
        from orchestre.journal.policy import guard  # noqa: PLC0415 - idem

        guard("benefits.benefit", policy.visible_to, {"initiative_id": "portfolio.initiative"})
        of = {"benefit_id": "benefits.benefit"}
        guard("benefits.valueline", policy.visible_lines, of)
        guard("benefits.evidence", policy.visible_evidence, of)
