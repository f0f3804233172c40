from django.apps import AppConfig


class OutlookConfig(AppConfig):
    name = "orchestre.outlook"
    default_auto_field = "django.db.models.BigAutoField"
