"""What each change asks of each population: impacts, activities, ratings, assumptions.

Links are protected: undoing the creation of an initiative or of a population is refused while
somebody has described an impact on it, instead of taking it away in silence.
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orchestre.kernel.models import Provenance, Versioned
from orchestre.org.models import Population
from orchestre.portfolio.models import Initiative


class Aspect(models.TextChoices):
    """The ten aspects of work that a change may touch, each rated 0 to 5."""

    PROCESS = "process", _("processes")
    SYSTEMS = "systems", _("systems")
    TOOLS = "tools", _("tools")
    ROLE = "role", _("role")
    KEY_BEHAVIOURS = "key_behaviours", _("key behaviours")
    MINDSET = "mindset", _("mindset")
    REPORTING_LINE = "reporting_line", _("reporting line")
    PERFORMANCE_REVIEW = "performance_review", _("performance review")
    PAY = "pay", _("pay")
    LOCATION = "location", _("location")


class Impact(Versioned):
    """One initiative on one population. `aspects` maps an aspect to 0..5; blank is not 0."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="impacts")
    population = models.ForeignKey(Population, on_delete=models.PROTECT, related_name="impacts")
    from_state = models.TextField(_("from"), blank=True)
    to_state = models.TextField(_("to"), blank=True)
    aspects = models.JSONField(_("aspects"), default=dict, blank=True)
    intensity = models.FloatField(
        _("intensity (0 to 5)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0.0), MaxValueValidator(5.0)],
    )
    hours_per_person = models.FloatField(
        _("hours per person"), null=True, blank=True, validators=[MinValueValidator(0.0)]
    )
    reach_ratio = models.FloatField(
        _("share of the population"),
        default=1.0,
        validators=[MinValueValidator(0.0001), MaxValueValidator(1.0)],
    )
    go_live_on = models.DateField(
        _("go-live for this population"),
        null=True,
        blank=True,
        help_text=_("Empty: the go-live of the initiative."),
    )
    provenance = models.CharField(
        _("provenance"), max_length=8, choices=Provenance, default=Provenance.DECLARED
    )
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["initiative_id", "population_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "population"], name="one_impact_per_population"
            ),
            models.CheckConstraint(
                condition=Q(reach_ratio__gt=0, reach_ratio__lte=1), name="impact_reach_is_a_ratio"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative.code} → {self.population}"


class Rating(Versioned):
    """What one side says of an impact; blind until both sides have answered."""

    class Side(models.TextChoices):
        """Who rates."""

        PROJECT = "project", _("the project")
        UNIT = "unit", _("the impacted unit")

    impact = models.ForeignKey(Impact, on_delete=models.PROTECT, related_name="ratings")
    side = models.CharField(_("side"), max_length=7, choices=Side)
    aspects = models.JSONField(default=dict, blank=True)
    intensity = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(0.0), MaxValueValidator(5.0)]
    )
    hours_per_person = models.FloatField(null=True, blank=True, validators=[MinValueValidator(0.0)])
    comment = models.TextField(_("comment"), blank=True)
    rated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["impact_id", "side"]
        constraints = [
            models.UniqueConstraint(fields=["impact", "side"], name="one_rating_per_side")
        ]

    def __str__(self) -> str:
        return f"{self.impact} ({self.side})"


class Activity(Versioned):
    """Support is load too: training, workshops, meetings, messages. The end is not included."""

    class Kind(models.TextChoices):
        """What people are asked to attend or read."""

        TRAINING = "training", _("training")
        WORKSHOP = "workshop", _("workshop")
        MEETING = "meeting", _("meeting")
        MESSAGE = "message", _("message")
        TEST = "test", _("user testing")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="activities")
    population = models.ForeignKey(Population, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.TRAINING)
    name = models.CharField(_("name"), max_length=250, blank=True)
    aspect = models.CharField(_("aspect"), max_length=20, choices=Aspect, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    hours_per_person = models.FloatField(_("hours per person"), validators=[MinValueValidator(0.0)])
    reach_ratio = models.FloatField(
        _("share of the population"),
        default=1.0,
        validators=[MinValueValidator(0.0001), MaxValueValidator(1.0)],
    )
    provenance = models.CharField(
        _("provenance"), max_length=8, choices=Provenance, default=Provenance.DECLARED
    )
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="activity_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class AssumptionSet(Versioned):
    """What is assumed where nobody has said anything yet: explicit, editable, marked everywhere.

    `intensity_by_cost` lists [up to this many euros or null, intensity]; `intensity_by_family`
    adds to it; `reach_ratio` is the share of the owning unit's populations that is touched.
    """

    in_force = models.BooleanField(_("in force"), default=True)
    absorption_ratio = models.FloatField(
        _("share of working time for change"),
        default=0.05,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
    )
    reach_ratio = models.FloatField(
        _("share of people touched"),
        default=1.0,
        validators=[MinValueValidator(0.0001), MaxValueValidator(1.0)],
    )
    intensity_by_cost = models.JSONField(default=list)
    intensity_without_cost = models.FloatField(_("intensity when the cost is unknown"), default=2.0)
    intensity_by_family = models.JSONField(default=dict)
    hours_by_intensity = models.JSONField(default=list)
    hours_margin_ratio = models.FloatField(_("margin on hours"), default=0.5)
    capacity_margin_ratio = models.FloatField(_("margin on capacity"), default=0.2)
    go_live_earlier_weeks = models.FloatField(_("go-live could be earlier by (weeks)"), default=2)
    go_live_later_weeks = models.FloatField(_("go-live could be later by (weeks)"), default=8)

    def __str__(self) -> str:
        return f"assumptions v{self.version}"
