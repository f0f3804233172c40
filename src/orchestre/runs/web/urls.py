"""Addresses of computations."""

from __future__ import annotations

from django.urls import path

from orchestre.runs.web import views

app_name = "runs"
urlpatterns = [
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
]
