from django.apps import AppConfig


class RunsConfig(AppConfig):
    name = "orchestre.runs"
    default_auto_field = "django.db.models.BigAutoField"
