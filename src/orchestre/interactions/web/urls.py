"""Addresses of the findings, below /load/findings/."""

from __future__ import annotations

from django.urls import path

from orchestre.interactions.web import views

app_name = "interactions"

urlpatterns = [
    path("", views.listing, name="list"),
    path("refresh/", views.refresh, name="refresh"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/refuse/", views.refuse, name="refuse"),
    path("<int:pk>/settle/", views.settle, name="settle"),
    path("<int:pk>/reopen/", views.reopen, name="reopen"),
]
