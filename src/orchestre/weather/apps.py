from django.apps import AppConfig


class WeatherConfig(AppConfig):
    name = "orchestre.weather"
    default_auto_field = "django.db.models.BigAutoField"
