"""Addresses of the strategy."""

from __future__ import annotations

from django.urls import path

from orchestre.strategy.web import views

app_name = "strategy"
urlpatterns = [
    path("", views.listing, name="list"),
    path("objectives/new/", views.objective_new, name="objective-new"),
    path("objectives/<int:pk>/", views.objective, name="objective"),
    path("objectives/<int:pk>/remove/", views.objective_remove, name="objective-remove"),
    path("indicators/new/", views.indicator_new, name="indicator-new"),
    path("indicators/<int:pk>/", views.indicator, name="indicator"),
    path("indicators/<int:pk>/remove/", views.indicator_remove, name="indicator-remove"),
]
