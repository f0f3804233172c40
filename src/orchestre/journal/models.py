"""Who did what, when and why: an append-only chain, and what it takes to undo."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ChangeSet(models.Model):
    """One act of one person: everything it wrote, undone as a whole."""

    verb = models.CharField(max_length=60)
    label = models.CharField(max_length=250)
    reason = models.TextField(blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    undoable = models.BooleanField(default=True)
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    salt = models.CharField(max_length=32)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.label


class Change(models.Model):
    """What an act did to one row: the fields before and after."""

    class Operation(models.TextChoices):
        """What happened to the row."""

        CREATED = "created", _("created")
        UPDATED = "updated", _("updated")
        DELETED = "deleted", _("deleted")

    change_set = models.ForeignKey(ChangeSet, on_delete=models.CASCADE, related_name="changes")
    model = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    object_label = models.CharField(max_length=250)
    operation = models.CharField(max_length=7, choices=Operation)
    version = models.PositiveIntegerField(default=0)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["model", "object_id", "version"])]

    def __str__(self) -> str:
        return f"{self.operation} {self.object_label}"


class Entry(models.Model):
    """One link of the chain; the database refuses to change or delete it."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    verb = models.CharField(max_length=60)
    change_set = models.OneToOneField(
        ChangeSet, null=True, on_delete=models.PROTECT, related_name="entry"
    )
    body = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"


class Head(models.Model):
    """The last link; locked by whoever appends, so that the order is total."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:8]}"


class UsedKey(models.Model):
    """An idempotency key that a program already used, with the answer it got."""

    key = models.CharField(max_length=200, unique=True)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key
