"""Addresses of dates and money, below /outlook/."""

from __future__ import annotations

from django.urls import path

from orchestre.outlook.web import assumptions, estimates, pages, reference, risks

app_name = "outlook"
ONE = "<initiative_code:code>/"

urlpatterns = [
    path("", pages.listing, name="list"),
    path("again/", pages.again, name="again"),
    path("assumptions/", assumptions.edit, name="assumptions"),
    path("reference/", reference.classes, name="reference"),
    path("risks/<int:pk>/", risks.edit, name="risk"),
    path("risks/<int:pk>/delete/", risks.delete, name="delete-risk"),
    path(ONE, pages.show, name="show"),
    path(f"{ONE}slip/", pages.slip, name="slip"),
    path(f"{ONE}cost/", estimates.cost, name="cost"),
    path(f"{ONE}cost/delete/", estimates.delete_cost, name="delete-cost"),
    path(f"{ONE}risks/add/", risks.add, name="add-risk"),
    path(f"{ONE}milestones/<int:pk>/", estimates.estimate, name="estimate"),
    path(f"{ONE}milestones/<int:pk>/delete/", estimates.delete, name="delete-estimate"),
]
