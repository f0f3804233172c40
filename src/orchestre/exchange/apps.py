from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "orchestre.exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the worker know how a large import is applied."""
        from orchestre.exchange import jobs  # noqa: F401, PLC0415 - registers its kind when imported
