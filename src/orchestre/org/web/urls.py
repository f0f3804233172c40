"""Addresses of the organisation, below /people/."""

from __future__ import annotations

from django.urls import path

from orchestre.org.web import capacity, views

app_name = "org"

urlpatterns = [
    path("", views.populations, name="populations"),
    path("units/new/", views.create_unit, name="create-unit"),
    path("units/<int:pk>/", views.edit_unit, name="edit-unit"),
    path("units/<int:pk>/delete/", views.delete_unit, name="delete-unit"),
    path("populations/new/", views.create_population, name="create-population"),
    path("populations/<int:pk>/", views.edit_population, name="edit-population"),
    path("populations/<int:pk>/delete/", views.delete_population, name="delete-population"),
    path("capacity/", capacity.show, name="capacity"),
    path("capacity/inherit/", capacity.inherit, name="inherit-capacity"),
    path("periods/new/", capacity.create_period, name="create-period"),
    path("periods/<int:pk>/", capacity.edit_period, name="edit-period"),
    path("periods/<int:pk>/delete/", capacity.delete_period, name="delete-period"),
]
