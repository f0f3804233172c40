from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "orchestre.governance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who reads in the journal what was written of which rows."""
        from orchestre.governance import policy  # noqa: PLC0415 - models are ready only now
        from orchestre.governance.presenters import beside, doors  # noqa: PLC0415 - idem
        from orchestre.journal.policy import blind, guard  # noqa: PLC0415 - idem
        from orchestre.portfolio.presenters import panels  # noqa: PLC0415 - idem
        from orchestre.sequencing.presenters.doors import (  # noqa: PLC0415 - idem
            of_comparison,
            of_scenario,
        )

        panels.register(beside.panel)
        of_scenario.register(doors.of_scenario)
        of_comparison.register(doors.of_comparison)
        guard("governance.body", policy.visible_bodies)
        guard("governance.member", policy.visible_members, {"body_id": "governance.body"})
        guard("governance.meeting", policy.visible_meetings, {"body_id": "governance.body"})
        guard("governance.agendaitem", policy.visible_items, {"meeting_id": "governance.meeting"})
        guard("governance.option", policy.visible_options, {"item_id": "governance.agendaitem"})
        guard("governance.opinion", policy.visible_opinions, {"item_id": "governance.agendaitem"})
        guard("governance.decision", policy.visible_decisions, {"body_id": "governance.body"})
        guard("governance.action", policy.visible_actions)
        guard("governance.matter", policy.visible_matters, {"body_id": "governance.body"})
        guard("governance.racirole", policy.visible_raci)
        guard("governance.minutes", policy.visible_minutes, {"meeting_id": "governance.meeting"})
        blind("governance.opinion", policy.readable_opinions)
