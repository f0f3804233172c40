"""Addresses of roles, money and value."""

from __future__ import annotations

from django.urls import path

from orchestre.resources.web import initiative, views

app_name = "resources"
ONE = "initiatives/<initiative_code:code>/means"

urlpatterns = [
    path("resources/", views.means, name="means"),
    path("resources/roles/add/", views.add_role, name="add-role"),
    path("resources/roles/<int:pk>/", views.role, name="role"),
    path("resources/roles/<int:pk>/edit/", views.edit_role, name="edit-role"),
    path("resources/roles/<int:pk>/delete/", views.delete_role, name="delete-role"),
    path("resources/roles/<int:pk>/capacity/add/", views.add_capacity, name="add-capacity"),
    path("resources/roles/<int:pk>/<str:month>/", views.cell, name="cell"),
    path("resources/capacities/<int:pk>/", views.edit_capacity, name="edit-capacity"),
    path("resources/capacities/<int:pk>/delete/", views.delete_capacity, name="delete-capacity"),
    path("resources/envelopes/add/", views.add_envelope, name="add-envelope"),
    path("resources/envelopes/<int:pk>/", views.edit_envelope, name="edit-envelope"),
    path("resources/envelopes/<int:pk>/delete/", views.delete_envelope, name="delete-envelope"),
    path(f"{ONE}/", initiative.of, name="of"),
    path(f"{ONE}/roles/add/", initiative.ask_role, name="ask-role"),
    path(f"{ONE}/costs/add/", initiative.add_cost, name="add-cost"),
    path(f"{ONE}/worth/", initiative.worth, name="worth"),
    path(f"{ONE}/worth/delete/", initiative.delete_worth, name="delete-worth"),
    path("resources/demands/<int:pk>/", initiative.edit_demand, name="edit-demand"),
    path("resources/demands/<int:pk>/delete/", initiative.delete_demand, name="delete-demand"),
    path("resources/costs/<int:pk>/", initiative.edit_cost, name="edit-cost"),
    path("resources/costs/<int:pk>/delete/", initiative.delete_cost, name="delete-cost"),
]
