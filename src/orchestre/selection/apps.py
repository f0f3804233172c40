from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "orchestre.selection"
    default_auto_field = "django.db.models.BigAutoField"
