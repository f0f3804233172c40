"""Addresses of the journal."""

from __future__ import annotations

from django.urls import path

from orchestre.journal.web import views

app_name = "journal"
urlpatterns = [
    path("", views.listing, name="list"),
    path("undo/last/", views.undo_last, name="undo-last"),
    path("<int:pk>/", views.show, name="show"),
    path("<int:pk>/undo/", views.undo, name="undo"),
]
