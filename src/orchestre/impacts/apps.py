from django.apps import AppConfig


class ImpactsConfig(AppConfig):
    name = "orchestre.impacts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Move and copy with the initiative; say which capacity is assumed, and who reads what."""
        from orchestre.impacts import policy, presenters, queries, services  # noqa: PLC0415 - models are ready only now
        from orchestre.journal.policy import blind, guard  # noqa: PLC0415 - idem
        from orchestre.org.queries import assume_absorption_from  # noqa: PLC0415 - idem
        from orchestre.portfolio.presenters import panels  # noqa: PLC0415 - idem
        from orchestre.portfolio.services import copiers, movers, wave_movers  # noqa: PLC0415 - idem

        assume_absorption_from(queries.assumed_absorption_ratio)
        movers.register(services.move_with)
        wave_movers.register(services.move_with_wave)
        of = {"initiative_id": "portfolio.initiative"}
        guard("impacts.impact", policy.visible_to, of)
        guard("impacts.activity", policy.visible_activities, of)
        guard("impacts.rating", policy.named_ratings, {"impact_id": "impacts.impact"})
        blind("impacts.impact", policy.readable_impacts)
        blind("impacts.rating", policy.readable_ratings)
        copiers.register(services.copy_with)
        panels.register(presenters.people_panel)
