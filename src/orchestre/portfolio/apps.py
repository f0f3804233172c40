from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "orchestre.portfolio"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who sees which rows in the journal, and what initiatives bring to the strategy."""
        from orchestre.journal.policy import guard  # noqa: PLC0415 - models are ready only now
        from orchestre.portfolio import policy  # noqa: PLC0415 - idem
        from orchestre.portfolio.presenters import aims  # noqa: PLC0415 - idem
        from orchestre.strategy.presenters import initiatives  # noqa: PLC0415 - idem

        guard("portfolio.initiative", policy.visible_to)
        of = {"initiative_id": "portfolio.initiative"}
        ends = dict.fromkeys(("predecessor_id", "successor_id"), "portfolio.initiative")
        guard("portfolio.milestone", policy.visible_milestones, of)
        guard("portfolio.wave", policy.visible_waves, of)
        guard("portfolio.wavepopulation", policy.visible_wave_populations, of)
        guard("portfolio.dependency", policy.visible_dependencies, ends)
        guard("portfolio.contribution", policy.visible_contributions, of)
        guard("portfolio.indicatoreffect", policy.visible_effects, of)
        initiatives.source.register(aims.Initiatives())
