"""Addresses of imports and exports."""

from __future__ import annotations

from django.urls import path

from orchestre.exchange.web.views import checking, columns, ending, exporting, starting

app_name = "exchange"
urlpatterns = [
    path("import/", starting.new, name="new"),
    path("import/model/<slug:what>-<slug:language>.xlsx", starting.model, name="model"),
    path("import/<int:pk>/", starting.resume, name="resume"),
    path("import/<int:pk>/columns/", columns.columns, name="columns"),
    path("import/<int:pk>/dates/", columns.dates, name="dates"),
    path("import/<int:pk>/check/", checking.check, name="check"),
    path("import/<int:pk>/correct/", checking.correct, name="correct"),
    path("import/<int:pk>/refused.csv", checking.refused, name="refused"),
    path("import/<int:pk>/apply/", checking.apply, name="apply"),
    path("import/<int:pk>/abandon/", ending.abandon, name="abandon"),
    path("import/<int:pk>/done/", ending.done, name="done"),
    path("import/<int:pk>/undo/", ending.undo, name="undo"),
    path("export/", exporting.page, name="export"),
    path("export/<slug:what>.<slug:form>", exporting.file, name="export"),
]
