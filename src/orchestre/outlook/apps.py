from django.apps import AppConfig


class OutlookConfig(AppConfig):
    name = "orchestre.outlook"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who reads what in the journal; put dates and money beside an initiative."""
        from orchestre.journal.policy import guard  # noqa: PLC0415 - models are ready only now
        from orchestre.outlook import policy  # noqa: PLC0415 - idem
        from orchestre.outlook.presenters.panel import outlook_panel  # noqa: PLC0415 - idem
        from orchestre.outlook.services import writing  # noqa: PLC0415 - idem
        from orchestre.portfolio.presenters import panels  # noqa: PLC0415 - idem
        from orchestre.portfolio.services import detachers, movers  # noqa: PLC0415 - idem

        of = {"initiative_id": "portfolio.initiative"}
        guard("outlook.riskevent", policy.visible_risks, of)
        guard("outlook.costestimate", policy.visible_costs, of)
        guard(
            "outlook.milestoneestimate",
            policy.visible_estimates,
            {"milestone_id": "portfolio.milestone"},
        )
        panels.register(outlook_panel)
        movers.register(writing.move_with)
        detachers.register(writing.detach)
