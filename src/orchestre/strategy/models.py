"""What the changes are for: objectives and the indicators that tell whether they are met."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from orchestre.kernel.models import Versioned


class Objective(Versioned):
    """A result the organisation wants by a date, under a strategic axis."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=250)
    axis = models.CharField(_("strategic axis"), max_length=150, blank=True)
    horizon_on = models.DateField(_("horizon"), null=True, blank=True)
    owner_name = models.CharField(_("owner"), max_length=150, blank=True)
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["axis", "title"]

    def __str__(self) -> str:
        return self.title


class Indicator(Versioned):
    """A measure that initiatives push up or down."""

    class Direction(models.TextChoices):
        """Which way is better."""

        UP = "up", _("more is better")
        DOWN = "down", _("less is better")

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    objective = models.ForeignKey(
        Objective,
        verbose_name=_("objective"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="indicators",
    )
    direction = models.CharField(
        _("direction"), max_length=4, choices=Direction, default=Direction.UP
    )
    unit_of_measure = models.CharField(_("unit of measure"), max_length=40, blank=True)
    baseline = models.FloatField(_("baseline"), null=True, blank=True)
    target = models.FloatField(_("target"), null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
