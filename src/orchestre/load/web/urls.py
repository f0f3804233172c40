"""Addresses of the load, below /load/."""

from __future__ import annotations

from django.urls import path, register_converter

from orchestre.load.web import details, pages, sharing


class RowKey:
    """A row of the map: p12 is a population, u3 a unit."""

    regex = "[pu][0-9]{1,12}"

    def to_python(self, value: str) -> str:
        """Keep the key as it is written."""
        return value

    def to_url(self, value: str) -> str:
        """Write the key as it is."""
        return value


register_converter(RowKey, "row")

app_name = "load"

urlpatterns = [
    path("", pages.load_map, name="map"),
    path("overloads/", details.overloads, name="overloads"),
    path("overloads/<row:key>/<str:week>/", details.overload, name="overload"),
    path("why/<row:key>/<str:week>/", details.why, name="why"),
    path("download/<str:kind>/", pages.download, name="download"),
    path("recompute/", pages.recompute, name="recompute"),
    path("share/", sharing.share, name="share"),
    path("shared/<str:token>/", sharing.shared, name="shared"),
    path("<row:key>/", details.row, name="row"),
    path("<row:key>/<str:week>/", details.cell, name="cell"),
]
