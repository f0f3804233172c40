from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "orchestre.access"
    default_auto_field = "django.db.models.BigAutoField"
