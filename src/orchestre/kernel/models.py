"""Abstract tables that every feature builds on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Provenance(models.TextChoices):
    """Where a figure comes from; travels with it into every result."""

    MEASURED = "measured", _("measured")
    DECLARED = "declared", _("declared")
    ASSUMED = "assumed", _("assumed")


class Versioned(models.Model):
    """A row that people edit: its version number makes lost updates impossible.

    Rows are written through `journal.services.act`, which checks the version,
    records what changed and makes it undoable.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
