from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LoadConfig(AppConfig):
    name = "orchestre.load"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the portfolio what its initiatives weigh, and what a move would do."""
        from orchestre.load.presenters import beside, effects  # noqa: PLC0415 - models are ready only now
        from orchestre.portfolio.presenters import columns, panels  # noqa: PLC0415 - idem
        from orchestre.portfolio.presenters import effects as moves  # noqa: PLC0415 - idem

        moves.register(effects.sentences_of_move)
        panels.register(beside.panel)
        columns.register("saturation", _("Worst load caused"), beside.worst_caused, numeric=True)
