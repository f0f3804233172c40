"""What leaves the room: signed minutes and calendar feeds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orchestre.governance.models.bodies import Body
from orchestre.governance.models.meetings import Meeting


class Minutes(models.Model):
    """Signed minutes: the database refuses to change them; a correction is a new edition."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="signed")
    edition = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=5)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    correction = models.TextField(_("what is corrected"), blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    signed_name = models.CharField(max_length=150)
    signed_at = models.DateTimeField(default=timezone.now)
    chain_seq = models.BigIntegerField()
    chain_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["-edition"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "edition"], name="one_edition_each")
        ]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.edition})"


class CalendarFeed(models.Model):
    """A calendar at a secret address; only the fingerprint of the secret is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    body = models.ForeignKey(
        Body,
        verbose_name=_("body"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="feeds",
    )
    language = models.CharField(max_length=5, default="fr")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.body or self.user)
