"""Addresses of the results."""

from __future__ import annotations

from django.urls import path

from orchestre.benefits.web import proofs, views

app_name = "benefits"
ONE = "<initiative_code:code>"

urlpatterns = [
    path("", views.results, name="results"),
    path(f"of/{ONE}/", views.of, name="of"),
    path(f"of/{ONE}/add/", views.add, name="add"),
    path("amounts/<int:pk>/validate/", proofs.validate, name="validate"),
    path("amounts/<int:pk>/contest/", proofs.contest, name="contest"),
    path("evidence/<int:pk>/review/", proofs.review, name="review"),
    path(f"benefits/{ONE}/", views.one, name="one"),
    path(f"benefits/{ONE}/edit/", views.edit, name="edit"),
    path(f"benefits/{ONE}/delete/", views.delete, name="delete"),
    path(f"benefits/{ONE}/plan/", views.plan, name="plan"),
    path(f"benefits/{ONE}/declare/", proofs.declare, name="declare"),
    path(f"benefits/{ONE}/prove/", proofs.prove, name="prove"),
]
