from django.apps import AppConfig


class SequencingConfig(AppConfig):
    name = "orchestre.sequencing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who reads scenarios in the journal; ask three questions beside each initiative."""
        from orchestre.journal.policy import guard  # noqa: PLC0415 - models are ready only now
        from orchestre.portfolio.presenters import panels  # noqa: PLC0415 - idem
        from orchestre.selection.presenters import doors as selecting  # noqa: PLC0415 - idem
        from orchestre.sequencing import policy  # noqa: PLC0415 - idem
        from orchestre.sequencing.presenters import beside  # noqa: PLC0415 - idem

        guard("sequencing.scenario", policy.visible_to)
        guard(
            "sequencing.override",
            policy.visible_overrides,
            {"scenario_id": "sequencing.scenario", "initiative_id": "portfolio.initiative"},
        )
        guard("sequencing.plan", policy.visible_plans)
        hung = {"initiative_id": "portfolio.initiative"}
        guard("sequencing.planningrule", policy.visible_rules, hung)
        guard("sequencing.legalstep", policy.visible_steps, hung)
        panels.register(beside.panel)
        selecting.register(beside.door)
