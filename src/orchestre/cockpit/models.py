"""What a person put off, and up to when he or she has seen what moved."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Snooze(models.Model):
    """Something to do that a person put off; `key` names one thing or a whole kind."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="snoozes"
    )
    key = models.CharField(max_length=80)
    until_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_snooze_per_thing")]

    def __str__(self) -> str:
        return self.key


class Seen(models.Model):
    """Up to when a person said that he or she has seen what moved."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seen"
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.at)
