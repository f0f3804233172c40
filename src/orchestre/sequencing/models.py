"""Scenarios, what each overrides of the plan in force, and the plans of record that were decided.

A scenario holds no copy of the portfolio: whatever it does not override is read through from
the live plan.
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orchestre.kernel.models import Versioned
from orchestre.portfolio.models import Initiative


class Plan(models.Model):
    """The plan of record: what was decided, frozen as bytes that never change.

    `content` is the plan as it was published; `closing` the live plan as it had become when the
    next one replaced it. Both are canonical JSON, each with its SHA-256.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    content = models.BinaryField()
    fingerprint = models.CharField(max_length=64)
    closing = models.BinaryField(null=True)
    closing_fingerprint = models.CharField(max_length=64, blank=True)
    decision = models.TextField(_("decision"), blank=True)
    reference = models.CharField(_("reference of the decision"), max_length=120, blank=True)
    published_at = models.DateTimeField(_("published on"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    superseded_at = models.DateTimeField(_("replaced on"), null=True, blank=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Scenario(Versioned):
    """What if: overrides of the plan in force, private until its owner shares it."""

    class State(models.TextChoices):
        """Who sees it, and whether it may still change."""

        DRAFT = "draft", _("private draft")
        SHARED = "shared", _("shared")
        PUBLISHED = "published", _("published")
        DROPPED = "dropped", _("dropped")

    name = models.CharField(_("name"), max_length=200)
    why = models.TextField(_("why"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        on_delete=models.PROTECT,
        related_name="scenarios",
        help_text=_("Nobody for what came with the demo organisation."),
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    based_on_plan = models.ForeignKey(
        Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="drafts"
    )
    based_on_act = models.PositiveBigIntegerField(
        default=0, help_text=_("Last act of the journal that its author had read.")
    )
    published_as = models.OneToOneField(
        Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="scenario"
    )
    shared_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-updated_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Override(Versioned):
    """What a scenario says differently of one initiative; empty is « as in the plan »."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="overrides")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="overrides")
    shift_days = models.IntegerField(_("moved by (days)"), null=True, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends before"), null=True, blank=True)
    go_live_on = models.DateField(_("go-live"), null=True, blank=True)
    included = models.BooleanField(_("kept"), default=True)
    rank = models.PositiveSmallIntegerField(_("priority"), null=True, blank=True)
    allocation_ratio = models.FloatField(
        _("share of the people asked of roles"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0.0)],
    )
    amount_ratio = models.FloatField(
        _("share of the money to come"), null=True, blank=True, validators=[MinValueValidator(0.0)]
    )
    amount_eur = models.DecimalField(
        _("full cost (€)"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    waves = models.JSONField(
        _("days that waves move by, beyond the initiative"),
        default=dict,
        blank=True,
        help_text=_("By number of a wave; a wave left out moves with the initiative."),
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        ordering = ["scenario_id", "initiative_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["scenario", "initiative"], name="one_override_per_initiative"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gt=F("starts_on")),
                name="override_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(shift_days__isnull=True)
                | Q(starts_on__isnull=True, ends_on__isnull=True, go_live_on__isnull=True),
                name="override_moves_or_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario}: {self.initiative.code}"


class PlanningRule(Versioned):
    """How far the go-live of an initiative may move, and who said so."""

    initiative = models.OneToOneField(
        Initiative, on_delete=models.PROTECT, related_name="planning_rule"
    )
    fixed = models.BooleanField(_("does not move"), default=False)
    earliest_on = models.DateField(_("go-live no earlier than"), null=True, blank=True)
    latest_on = models.DateField(_("go-live no later than"), null=True, blank=True)
    may_wait = models.BooleanField(
        _("may be postponed beyond the horizon"),
        default=False,
        help_text=_("Only with a value a year: what waiting costs is worked out from it."),
    )
    reason = models.CharField(_("why"), max_length=250, blank=True)

    class Meta:
        ordering = ["initiative_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latest_on__isnull=True)
                | Q(earliest_on__isnull=True)
                | Q(latest_on__gte=F("earliest_on")),
                name="window_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return self.initiative.code


class LegalStep(Versioned):
    """A step that the law asks before a go-live, such as consulting the works council."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="legal_steps")
    name = models.CharField(_("name"), max_length=150)
    opens_on = models.DateField(_("opens on"))
    delay_weeks = models.PositiveSmallIntegerField(
        _("weeks it takes"), help_text=_("No go-live before the opening plus these weeks.")
    )
    done_on = models.DateField(_("completed on"), null=True, blank=True)

    class Meta:
        ordering = ["initiative_id", "opens_on", "pk"]

    def __str__(self) -> str:
        return f"{self.initiative.code} {self.name}"
