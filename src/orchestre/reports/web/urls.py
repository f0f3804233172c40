"""Addresses of the report."""

from __future__ import annotations

from django.urls import path

from orchestre.reports.web import views

app_name = "reports"

urlpatterns = [
    path("report/", views.report, name="report"),
    path("report/download/<str:kind>/", views.download, name="download"),
]
