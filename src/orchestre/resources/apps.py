"""Roles and skills, money by month and value: what each initiative asks and brings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResourcesConfig(AppConfig):
    name = "orchestre.resources"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Move and copy with the initiative; say what a move or a stop does; who reads what."""
        from orchestre.journal.policy import guard  # noqa: PLC0415 - models are ready only now
        from orchestre.portfolio.presenters import columns, stopping  # noqa: PLC0415 - idem
        from orchestre.portfolio.presenters import effects as moves  # noqa: PLC0415 - idem
        from orchestre.portfolio.services import copiers, movers  # noqa: PLC0415 - idem
        from orchestre.resources import policy, services  # noqa: PLC0415 - idem
        from orchestre.resources.presenters import beside  # noqa: PLC0415 - idem

        of = {"initiative_id": "portfolio.initiative"}
        guard("resources.roledemand", policy.visible_demands, of)
        guard("resources.costline", policy.visible_costs, of)
        guard("resources.worth", policy.visible_worths, of)
        movers.register(services.move_with)
        copiers.register(services.copy_with)
        moves.register(beside.sentences_of_move)
        stopping.freed.register(beside.freed_by_stopping)
        columns.register("delay", _("Week of delay"), beside.delay_costs, numeric=True)
