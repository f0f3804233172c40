from django.apps import AppConfig


class SequencingConfig(AppConfig):
    name = "orchestre.sequencing"
    default_auto_field = "django.db.models.BigAutoField"
