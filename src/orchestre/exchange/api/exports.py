"""Tables out: the portfolio of what you see."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Query, Router

from orchestre.exchange.api import schemas
from orchestre.exchange.exporting import rows_for, write_to

router = Router()
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "json": "application/json; charset=utf-8",
}
FILES: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The file.",
            "content": {
                kind.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
                for kind in TYPES.values()
            },
        }
    }
}


@router.get(
    "/exports/portfolio.{form}",
    response=None,
    summary="Export the portfolio",
    openapi_extra=FILES,
)
def export_portfolio(
    request: HttpRequest, form: Literal["xlsx", "zip", "json"], asked: Query[schemas.ExportAsked]
) -> HttpResponse:
    """Return everything you see as a workbook, CSV files or data, ready to be imported again."""
    language = asked.language or ("en" if (get_language() or "").startswith("en") else "fr")
    answer = HttpResponse(
        write_to(rows_for(request.user), form, language), content_type=TYPES[form]
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="portfolio.{form}"'
    return answer
