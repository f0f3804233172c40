"""Packs as they were given to a committee, and the slides of the customer they are poured in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orchestre.governance.models import Body, Meeting
from orchestre.kernel.models import Versioned
from orchestre.runs.models import Run


class Publication(models.Model):
    """A pack frozen at publication; it is never changed, the next one says what differs."""

    title = models.CharField(_("title"), max_length=200)
    audience = models.CharField(_("for whom"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    as_of = models.DateField(_("state of"))
    confidential = models.BooleanField(_("names confidential initiatives"), default=False)
    content = models.BinaryField()
    fingerprint = models.CharField(max_length=64, db_index=True)
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="next_ones"
    )
    meeting = models.ForeignKey(
        Meeting,
        verbose_name=_("meeting"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="packs",
    )
    run = models.OneToOneField(
        Run, null=True, on_delete=models.SET_NULL, related_name="publication"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.title} ({self.as_of.isoformat()})"


class Quote(models.Model):
    """A pack holds the words of a committee: it is open only to who may read that committee."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="quotes")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["publication", "body"], name="one_quote_of_a_body")
        ]

    def __str__(self) -> str:
        return f"{self.publication} · {self.body}"


class SlideTemplate(Versioned):
    """A PowerPoint file of the customer; its named areas say where the pack is poured."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
