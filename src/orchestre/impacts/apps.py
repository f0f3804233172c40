from django.apps import AppConfig


class ImpactsConfig(AppConfig):
    name = "orchestre.impacts"
    default_auto_field = "django.db.models.BigAutoField"
