from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "orchestre.selection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who reads selections in the journal."""
        from orchestre.journal.policy import guard  # noqa: PLC0415 - models are ready only now
        from orchestre.selection import policy  # noqa: PLC0415 - idem

        within = {"selection_id": "selection.selection"}
        guard("selection.selection", policy.visible_to)
        guard("selection.driver", policy.visible_drivers, within)
        guard("selection.rater", policy.visible_raters, within)
        guard(
            "selection.judgement",
            policy.visible_judgements,
            {"rater_id": "selection.rater", "first_id": "selection.driver"},
        )
        guard(
            "selection.rating",
            policy.visible_ratings,
            {"driver_id": "selection.driver", "initiative_id": "portfolio.initiative"},
        )
        guard(
            "selection.order",
            policy.visible_orders,
            within | {"initiative_id": "portfolio.initiative"},
        )
