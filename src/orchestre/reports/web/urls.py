"""Addresses of the report and of the packs."""

from __future__ import annotations

from django.urls import path

from orchestre.reports.web import packs, views

app_name = "reports"

urlpatterns = [
    path("report/", views.report, name="report"),
    path("report/download/<str:kind>/", views.download, name="download"),
    path("packs/", packs.listing, name="packs"),
    path("packs/new/", packs.new, name="new-pack"),
    path("packs/meetings/<int:pk>/", packs.of_meeting, name="meeting-pack"),
    path("packs/templates/", packs.slide_templates, name="templates"),
    path("packs/templates/<int:pk>/remove/", packs.remove_template, name="remove-template"),
    path("packs/initiatives/<str:code>.pdf", packs.one_page, name="one-page"),
    path("packs/<int:pk>/", packs.show, name="pack"),
    path("packs/<int:pk>/changes/", packs.changes, name="pack-changes"),
    path("packs/<int:pk>/pack.<str:form>", packs.file, name="pack-file"),
    path("packs/<int:pk>/parts/<str:key>.pdf", packs.part, name="pack-part"),
]
