"""Addresses of the weather, below /weather/."""

from __future__ import annotations

from django.urls import path

from orchestre.weather.web import thresholds, views

app_name = "weather"
ONE = "initiatives/<initiative_code:code>"
urlpatterns = [
    path("", views.listing, name="list"),
    path("next/", views.following, name="next"),
    path("zombies/", views.zombies, name="zombies"),
    path("promises/", views.promises, name="promises"),
    path("promises/open/", views.open_month, name="open-month"),
    path("thresholds/", thresholds.show, name="thresholds"),
    path(f"{ONE}/", views.show, name="show"),
    path(f"{ONE}/update/", views.update, name="update"),
]
