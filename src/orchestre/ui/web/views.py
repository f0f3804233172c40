"""The gallery: every component in every state, in the language and theme of the reader."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from orchestre.ui import chart_samples, curve_samples, samples
from orchestre.ui.component import Component
from orchestre.ui.web.forms import SampleForm

# how the samples of a component sit beside each other; the others are stacked
LAYOUTS = {
    "Badge": "row",
    "StatusMark": "row",
    "Button": "row",
    "Figure": "grid-4",
    "EmptyState": "grid-2",
    "Card": "grid-2",
    "DiffCell": "row",
    "Toast": "row",
}


def sections() -> list[tuple[str, str, tuple[Component, ...]]]:
    """What the gallery shows, in order; the tests walk the same list."""
    parts = (
        samples.words(),
        samples.figures(),
        samples.notes(),
        samples.ways(),
        samples.tables(),
        samples.differences(),
        chart_samples.small(),
        curve_samples.curves(),
    )
    small = [(name, items) for part in parts for name, items in part.items()]
    large = [("HeatMap", (chart_samples.heat_map(),)), ("Roadmap", (chart_samples.roadmap(),))]
    return [(name, LAYOUTS.get(name, "stack"), items) for name, items in small + large]


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every piece of the kit."""
    wrong = SampleForm({"wrong-starts_on": "32/13/2026", "wrong-status": "ok"}, prefix="wrong")
    page = {
        "sections": sections(),
        "sample_form": SampleForm(initial={"name": "SIRH", "scope": "all"}),
        "wrong_form": wrong,
        "language": get_language(),
    }
    return render(request, "ui/gallery.html", page)
