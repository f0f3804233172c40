"""What the rules found between changes, and what people said of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from orchestre.kernel.models import Versioned
from orchestre.org.models import Population
from orchestre.portfolio.models import Initiative


class Finding(Versioned):
    """Proposed by a rule, confirmed or refused by a person; a refusal is remembered by `key`."""

    class Kind(models.TextChoices):
        """What was found."""

        OVERLOAD = "overload", _("overload")
        INTERFERENCE = "interference", _("interference")
        CONTRADICTION = "contradiction", _("contradiction")
        BROKEN_DEPENDENCY = "broken_dependency", _("broken dependency")
        CYCLE = "cycle", _("cycle of dependencies")
        SYNERGY = "synergy", _("synergy")
        DUPLICATE = "duplicate", _("possible duplicate")

    class State(models.TextChoices):
        """What people decided."""

        NEW = "new", _("to look at")
        CONFIRMED = "confirmed", _("confirmed")
        REFUSED = "refused", _("refused")
        SETTLED = "settled", _("settled")

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    rule = models.CharField(max_length=40)
    state = models.CharField(max_length=9, choices=State, default=State.NEW)
    reason = models.TextField(_("reason"), blank=True)
    initiatives = models.ManyToManyField(Initiative, related_name="findings")
    populations = models.ManyToManyField(Population, related_name="findings")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    score = models.FloatField(null=True)
    score_unit = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)
    present = models.BooleanField(default=True)
    seen_at = models.DateTimeField(auto_now=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-score", "pk"]
        indexes = [models.Index(fields=["kind", "state", "present"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
