from django.apps import AppConfig


class LoadConfig(AppConfig):
    name = "orchestre.load"
    default_auto_field = "django.db.models.BigAutoField"
