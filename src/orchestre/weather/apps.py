from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WeatherConfig(AppConfig):
    name = "orchestre.weather"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the portfolio the weather of its initiatives, and who reads which reports."""
        from orchestre.journal.policy import guard  # noqa: PLC0415 - models are ready only now
        from orchestre.portfolio.presenters import columns, panels  # noqa: PLC0415 - idem
        from orchestre.weather import policy  # noqa: PLC0415 - idem
        from orchestre.weather.presenters import beside  # noqa: PLC0415 - idem

        of = {"initiative_id": "portfolio.initiative"}
        guard("weather.weatherreport", policy.visible_reports, of)
        panels.register(beside.panel)
        columns.register("weather", _("Weather"), beside.column)
