"""What a grant may apply to: rows of features above, named by their code and read by label only."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from orchestre.access.models import Grant
from orchestre.kernel.errors import DomainError

TABLES = {Grant.Scope.UNIT.value: "org.unit", Grant.Scope.INITIATIVE.value: "portfolio.initiative"}


def _rows(scope: str) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = apps.get_model(TABLES[scope])._default_manager.all()  # noqa: SLF001 - Django's documented API
    return rows


def find(scope: str, code: str) -> int | None:
    """Return the row that a code names; None for the whole organisation."""
    if scope == Grant.Scope.ALL:
        return None
    wanted = code.strip()
    row = _rows(scope).filter(code__iexact=wanted).first() if wanted else None
    if row is None:
        label = Grant.Scope(scope).label
        message = _("No “%(code)s” found for %(scope)s. Type its code, as its page shows it.") % {
            "code": wanted,
            "scope": label,
        }
        raise DomainError(message, fields={"scope_code": [message]})
    return int(row.pk)


def label(grant: Grant) -> str:
    """Return what the grant applies to, in words."""
    if grant.scope == Grant.Scope.ALL or grant.scope_id is None:
        return str(Grant.Scope.ALL.label)
    row = _rows(grant.scope).filter(pk=grant.scope_id).first()
    if row is None:
        return _("deleted since")
    # the code alone: the title of an initiative may be confidential
    return str(row.code) if grant.scope == Grant.Scope.INITIATIVE else str(row)


def codes(scope: str) -> list[tuple[str, str]]:
    """Return the codes to choose from; those of units only, initiatives may be confidential."""
    if scope != Grant.Scope.UNIT:
        return []
    return [(row.code, str(row)) for row in _rows(scope)[:500]]
