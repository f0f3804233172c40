"""Addresses of impacts, ratings, activities and assumptions."""

from __future__ import annotations

from django.urls import path

from orchestre.impacts.web import activities, assumptions, ratings, views

app_name = "impacts"

urlpatterns = [
    path("initiatives/<initiative_code:code>/impacts/", views.of, name="of"),
    path("initiatives/<initiative_code:code>/impacts/add/", views.add, name="add"),
    path("impacts/<int:pk>/", views.edit, name="edit"),
    path("impacts/<int:pk>/delete/", views.delete, name="delete"),
    path("impacts/<int:pk>/rate/", ratings.rate, name="rate"),
    path("impacts/<int:pk>/settle/", ratings.settle, name="settle"),
    path("impacts/to-rate/", ratings.to_rate, name="to-rate"),
    path("initiatives/<initiative_code:code>/activities/add/", activities.add, name="add-activity"),
    path("activities/<int:pk>/", activities.edit, name="edit-activity"),
    path("activities/<int:pk>/delete/", activities.delete, name="delete-activity"),
    path("assumptions/", assumptions.edit, name="assumptions"),
]
