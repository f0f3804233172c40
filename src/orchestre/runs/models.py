"""One table of computations: what went in, what came out, with which engine and seed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Run(models.Model):
    """One computation; the same inputs find it again instead of computing twice."""

    class Status(models.TextChoices):
        """Where the computation stands."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    kind = models.CharField(max_length=30)
    fingerprint = models.CharField(max_length=64, db_index=True)
    engine_version = models.CharField(max_length=20)
    seed = models.BigIntegerField(default=0)
    status = models.CharField(max_length=9, choices=Status, default=Status.WAITING)
    progress = models.FloatField(default=0)
    message = models.TextField(blank=True)
    problem = models.BinaryField(null=True)
    result = models.BinaryField(null=True)
    summary = models.JSONField(default=dict)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    requested_at = models.DateTimeField(default=timezone.now)
    computed_at = models.DateTimeField(null=True)
    duration_ms = models.PositiveIntegerField(null=True)
    beat_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "fingerprint", "engine_version", "seed"],
                condition=models.Q(status="done"),
                name="one_result_per_problem",
            ),
            models.UniqueConstraint(
                fields=["kind", "fingerprint", "engine_version", "seed"],
                condition=models.Q(status__in=("waiting", "running")),
                name="one_computation_per_problem",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
