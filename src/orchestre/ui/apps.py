from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The HTML kit: components, charts, tables, forms. It knows no business."""

    name = "orchestre.ui"
    label = "ui"
    default = True
