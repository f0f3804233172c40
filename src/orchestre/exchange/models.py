"""Imports as sessions that can be left, resumed, applied once and undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orchestre.journal.models import ChangeSet
from orchestre.kernel.models import Versioned


class ImportSession(Versioned):
    """One file on its way in: nothing is written to the portfolio before it is applied."""

    class State(models.TextChoices):
        """How far it went."""

        UPLOADED = "uploaded", _("received")
        MAPPED = "mapped", _("columns confirmed")
        CHECKED = "checked", _("checked")
        APPLYING = "applying", _("being imported")
        APPLIED = "applied", _("imported")
        ABANDONED = "abandoned", _("abandoned")

    file_name = models.CharField(max_length=250)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    preset = models.CharField(max_length=30, blank=True)
    choices = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State, default=State.UPLOADED)
    progress = models.FloatField(default=0)
    report = models.JSONField(default=dict)
    change_set = models.OneToOneField(
        ChangeSet, null=True, on_delete=models.SET_NULL, related_name="import_session"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class ColumnMapping(Versioned):
    """Columns confirmed once for a table shape, proposed again next time."""

    signature = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20)
    fields_by_header = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.signature[:12]
