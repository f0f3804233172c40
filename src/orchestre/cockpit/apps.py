from django.apps import AppConfig


class CockpitConfig(AppConfig):
    name = "orchestre.cockpit"
    default_auto_field = "django.db.models.BigAutoField"
