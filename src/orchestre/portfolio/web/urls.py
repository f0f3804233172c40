"""Addresses of the portfolio."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from orchestre.portfolio.web.views import (
    aims,
    bulk,
    listing,
    moving,
    plan,
    roadmap,
    sheet,
    waves,
    writing,
)


class CodeConverter(StringConverter):
    """A code as people wrote it, even with a slash: `A/7` is written `A~17` in addresses."""

    def to_python(self, value: str) -> str:
        """Read the code of an address."""
        return value.replace("~1", "/").replace("~0", "~")

    def to_url(self, value: str) -> str:
        """Write a code in an address."""
        return value.replace("~", "~0").replace("/", "~1")


register_converter(CodeConverter, "initiative_code")
app_name = "portfolio"
ONE = "initiatives/<initiative_code:code>"
urlpatterns = [
    path("portfolio/", listing.show, name="list"),
    path("portfolio/list.csv", listing.as_csv, name="csv"),
    path("portfolio/roadmap/", roadmap.show, name="roadmap"),
    path("portfolio/dependencies/", plan.dependencies, name="dependencies"),
    path("portfolio/bulk/", bulk.change, name="bulk"),
    path("portfolio/views/new/", listing.save_view, name="view-new"),
    path("portfolio/views/<int:pk>/remove/", listing.remove_view, name="view-remove"),
    path("initiatives/new/", writing.new, name="new"),
    path(f"{ONE}/", sheet.show, name="show"),
    path(f"{ONE}/edit/", writing.edit, name="edit"),
    path(f"{ONE}/cell/<slug:name>/", writing.cell, name="cell"),
    path(f"{ONE}/move/", moving.move, name="move"),
    path(f"{ONE}/preview/", moving.preview, name="preview"),
    path(f"{ONE}/duplicate/", writing.duplicate, name="duplicate"),
    path(f"{ONE}/stop/", writing.stop, name="stop"),
    path(f"{ONE}/archive/", writing.archive, name="archive"),
    path(f"{ONE}/restore/", writing.restore, name="restore"),
    path(f"{ONE}/plan/", plan.show, name="plan"),
    path(f"{ONE}/milestones/<int:pk>/", plan.milestone, name="milestone"),
    path(f"{ONE}/waves/new/", waves.new, name="wave-new"),
    path(f"{ONE}/waves/<int:pk>/", waves.change, name="wave"),
    path(f"{ONE}/dependencies/new/", plan.dependency_new, name="dependency-new"),
    path(f"{ONE}/dependencies/<int:pk>/agree/", plan.agree, name="agree"),
    path(f"{ONE}/dependencies/<int:pk>/remove/", plan.dependency_remove, name="dependency-remove"),
    path(f"{ONE}/objectives/", aims.show, name="aims"),
    path(f"{ONE}/objectives/add/", aims.add, name="aim-add"),
    path(f"{ONE}/objectives/<int:pk>/remove/", aims.remove, name="aim-remove"),
    path(f"{ONE}/indicators/add/", aims.push, name="effect-add"),
    path(f"{ONE}/indicators/<int:pk>/remove/", aims.leave, name="effect-remove"),
    path(f"{ONE}/history/", sheet.history, name="history"),
    path(f"{ONE}/one-page/", sheet.one_page, name="one-page"),
]
