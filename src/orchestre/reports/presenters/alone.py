"""A report in one file: opened anywhere, without server, network or script."""

from __future__ import annotations

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from orchestre.reports.presenters.report import Report

SHEETS = (
    "ui/css/tokens.css",
    "ui/css/frame.css",
    "ui/css/components.css",
    "ui/css/charts.css",
    "reports/report.css",
)


def page(report: Report) -> str:
    """Return the whole file."""
    return render_to_string("reports/standalone.html", {"report": report, "css": _css()})


def _css() -> SafeString:
    """Return the styles of the product, written in the file; they are ours, not the reader's."""
    parts = []
    for name in SHEETS:
        found = finders.find(name)
        if not isinstance(found, str):
            raise FileNotFoundError(name)
        parts.append(Path(found).read_text(encoding="utf-8"))
    return mark_safe("\n".join(parts))
