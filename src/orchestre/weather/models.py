"""What leads declare, period by period, beside what was calculated that day; and promises.

Reports are added, never changed: a correction is one more, for the same period.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orchestre.portfolio.models import Initiative
from orchestre.weather.rules import AXES

Health = Initiative.Health


def _answer(label: Any) -> models.CharField[str, str]:  # noqa: ANN401 - a lazy text
    kept = [choice for choice in Health.choices if choice[0] != Health.DONE]
    return models.CharField(label, max_length=5, choices=kept, blank=True)


class ThresholdSet(models.Model):
    """A version of the thresholds; the last one is in force, older ones stay readable."""

    number = models.PositiveIntegerField(unique=True)
    values = models.JSONField()
    reason = models.CharField(_("why"), max_length=250)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"health/1 v{self.number}"


class WeatherReport(models.Model):
    """Six axes declared for a period, with what was calculated when it was published."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="weather_reports"
    )
    period_on = models.DateField(_("period"))
    revision = models.PositiveSmallIntegerField(default=1)
    schedule = _answer(pgettext_lazy("axis", "schedule"))
    cost = _answer(pgettext_lazy("axis", "cost"))
    scope = _answer(pgettext_lazy("axis", "scope"))
    benefits = _answer(pgettext_lazy("axis", "benefits"))
    risks = _answer(pgettext_lazy("axis", "risks"))
    people = _answer(pgettext_lazy("axis", "people"))
    reasons = models.JSONField(default=dict, blank=True)
    summary = models.CharField(_("summary"), max_length=500, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(default=timezone.now)
    # levels of the initiative as a whole, then axis by axis with the figures
    level = models.CharField(max_length=5, blank=True)
    declared_level = models.CharField(max_length=5, blank=True)
    calculated = models.JSONField(default=dict)
    formula = models.CharField(max_length=20)
    thresholds = models.PositiveIntegerField()

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "period_on", "revision"], name="one_report_per_revision"
            ),
            models.CheckConstraint(condition=Q(revision__gte=1), name="report_revision_from_one"),
        ]
        indexes = [models.Index(fields=["initiative", "-published_at"])]

    def __str__(self) -> str:
        return f"{self.initiative.code} {self.period_on} #{self.revision}"

    @property
    def declared(self) -> dict[str, str]:
        """Return the six levels by axis."""
        return {axis: getattr(self, axis) for axis in AXES}


class Promise(models.Model):
    """A milestone promised inside a month, frozen when the month opened."""

    month_on = models.DateField()
    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="promises")
    # a number, not a link: a promise stays when its milestone is dropped
    milestone_id = models.BigIntegerField()
    name = models.CharField(max_length=250)
    promised_on = models.DateField()
    frozen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["month_on", "promised_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["month_on", "milestone_id"], name="one_promise_per_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.promised_on}"
