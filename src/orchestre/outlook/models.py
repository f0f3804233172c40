"""What is not sure: dates of milestones, events that may happen, costs; and past drifts.

Nothing here is compulsory: what nobody estimated rests on the assumptions, and says so.
"""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orchestre.kernel.models import Provenance, Versioned
from orchestre.portfolio.models import Initiative, Milestone

RATIO = [MinValueValidator(0.0), MaxValueValidator(1.0)]


class MilestoneEstimate(Versioned):
    """Three dates of a milestone, if the step before it is held on its forecast."""

    class Kind(models.TextChoices):
        """How the three dates are read."""

        PERT = "pert", _("PERT: extremes are rare")
        TRIANGULAR = "triangular", _("triangular: extremes are possible")
        TRIGEN = "trigen", _("1 chance in 10 on each side")

    milestone = models.OneToOneField(Milestone, on_delete=models.PROTECT, related_name="estimate")
    kind = models.CharField(_("reading"), max_length=10, choices=Kind, default=Kind.TRIGEN)
    optimistic_on = models.DateField(_("optimistic"))
    likely_on = models.DateField(_("likely"))
    pessimistic_on = models.DateField(_("pessimistic"))
    basis = models.CharField(_("what it rests on"), max_length=250, blank=True)
    provenance = models.CharField(
        _("provenance"), max_length=8, choices=Provenance, default=Provenance.DECLARED
    )

    class Meta:
        ordering = ["milestone_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likely_on__gte=F("optimistic_on"))
                & Q(pessimistic_on__gte=F("likely_on")),
                name="estimate_dates_are_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.milestone}"


class CostEstimate(Versioned):
    """Between which shares of what is left to spend the cost of an initiative may end."""

    initiative = models.OneToOneField(
        Initiative, on_delete=models.PROTECT, related_name="cost_estimate"
    )
    low_ratio = models.FloatField(_("at best"), default=0.9, validators=[MinValueValidator(0.0)])
    high_ratio = models.FloatField(_("at worst"), default=1.3, validators=[MinValueValidator(0.0)])
    basis = models.CharField(_("what it rests on"), max_length=250, blank=True)

    class Meta:
        ordering = ["initiative_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(low_ratio__lte=1.0) & Q(high_ratio__gte=1.0),
                name="cost_estimate_holds_the_plan",
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative.code}"


class RiskEvent(Versioned):
    """An event that may happen: how likely, and what it does, before and after the mitigation.

    `owner_role` is a role, never a person. An opportunity has negative impacts.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="risk_events")
    milestone = models.ForeignKey(
        Milestone,
        verbose_name=_("milestone it delays"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="risk_events",
        help_text=_("Empty: the go-live."),
    )
    name = models.CharField(_("what may happen"), max_length=250)
    probability = models.FloatField(_("probability"), validators=RATIO)
    impact_weeks = models.FloatField(_("weeks of delay"), null=True, blank=True)
    impact_eur = models.DecimalField(
        _("cost (€)"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    mitigation = models.CharField(_("mitigation"), max_length=250, blank=True)
    residual_probability = models.FloatField(
        _("probability after mitigation"), null=True, blank=True, validators=RATIO
    )
    residual_weeks = models.FloatField(_("weeks after mitigation"), null=True, blank=True)
    residual_eur = models.DecimalField(
        _("cost after mitigation (€)"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    owner_role = models.CharField(_("owner (a role)"), max_length=120, blank=True)
    closed = models.BooleanField(_("no longer possible"), default=False)

    class Meta:
        ordering = ["initiative_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__gte=0, probability__lte=1),
                name="risk_event_probability_is_a_ratio",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OutlookAssumptions(Versioned):
    """What is assumed of dates and money where nobody has said anything; one row."""

    programme_correlation = models.FloatField(_("same programme"), default=0.3, validators=RATIO)
    supplier_correlation = models.FloatField(_("same supplier"), default=0.3, validators=RATIO)
    unit_correlation = models.FloatField(_("same owning unit"), default=0.2, validators=RATIO)
    cost_low_ratio = models.FloatField(_("cost at best"), default=0.9)
    cost_high_ratio = models.FloatField(_("cost at worst"), default=1.3)
    discount_rate = models.FloatField(
        _("discount rate"), null=True, blank=True, validators=RATIO,
        help_text=_("Empty: no net present value is worked out."),
    )  # fmt: skip
    discount_source = models.CharField(_("source of the rate"), max_length=250, blank=True)

    def __str__(self) -> str:
        return f"outlook assumptions v{self.version}"


class ReferenceCase(Versioned):
    """A finished project, of elsewhere: what was planned, what came. Imported by its users."""

    source = models.CharField(_("class"), max_length=120)
    name = models.CharField(_("project"), max_length=250)
    planned_days = models.FloatField(_("planned days"), null=True, blank=True)
    actual_days = models.FloatField(_("actual days"), null=True, blank=True)
    planned_eur = models.FloatField(_("planned cost"), null=True, blank=True)
    actual_eur = models.FloatField(_("actual cost"), null=True, blank=True)

    class Meta:
        ordering = ["source", "name", "pk"]

    def __str__(self) -> str:
        return f"{self.source} – {self.name}"
