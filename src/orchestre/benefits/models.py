"""What an initiative is said to bring, month by month, and what proves it.

Planned, forecast, declared and validated amounts are four columns that are never added together.
"""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orchestre.kernel.models import Versioned
from orchestre.org.models import Unit
from orchestre.portfolio.models import Initiative, Milestone

EUROS = "€"


class Benefit(Versioned):
    """One measurable improvement, or a negative effect, claimed by one initiative."""

    class Kind(models.TextChoices):
        """What it changes."""

        CASHABLE = "cashable", _("cashable")
        NON_CASHABLE = "non_cashable", _("non-cashable")
        QUALITY = "quality", _("quality")
        RISK = "risk", _("risk avoided")
        ENVIRONMENT = "environment", _("environment")

    class Recurrence(models.TextChoices):
        """Once, or every year."""

        UNSAID = "", _("not said")
        ONCE = "once", _("once")
        YEARLY = "yearly", _("every year")

    class Anchor(models.TextChoices):
        """From when it counts."""

        GO_LIVE = "go_live", _("go-live of the initiative")
        END = "end", _("end of the initiative")
        MILESTONE = "milestone", _("a milestone")

    code = models.CharField(_("code"), max_length=40, unique=True)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="benefits")
    title = models.CharField(_("title"), max_length=250)
    owner_name = models.CharField(_("owner"), max_length=150, blank=True)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("who benefits"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="benefits",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CASHABLE)
    hard = models.BooleanField(_("leaves a budget line"), default=False)
    disbenefit = models.BooleanField(_("negative effect"), default=False)
    measure = models.CharField(_("unit of measure"), max_length=40, default=EUROS)
    budget_line = models.CharField(_("budget line or indicator"), max_length=150, blank=True)
    recurrence = models.CharField(
        _("recurrence"), max_length=6, choices=Recurrence, default=Recurrence.UNSAID, blank=True
    )
    baseline_value = models.DecimalField(
        _("baseline"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    baseline_on = models.DateField(_("date of the baseline"), null=True, blank=True)
    baseline_source = models.CharField(_("source of the baseline"), max_length=250, blank=True)
    target_per_year = models.DecimalField(
        _("target a year"),
        max_digits=15,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    ramp_months = models.PositiveSmallIntegerField(_("months of ramp"), default=0)
    anchor = models.CharField(
        _("counts from"), max_length=9, choices=Anchor, default=Anchor.GO_LIVE
    )
    milestone = models.ForeignKey(
        Milestone, null=True, blank=True, on_delete=models.PROTECT, related_name="benefits"
    )
    lag_weeks = models.SmallIntegerField(_("weeks after"), default=0)
    attribution_ratio = models.FloatField(
        _("share due to this initiative"),
        default=1.0,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
    )
    confidence_ratio = models.FloatField(
        _("confidence"), default=1.0, validators=[MinValueValidator(0.0), MaxValueValidator(1.0)]
    )
    assumptions = models.TextField(_("assumptions"), blank=True)
    method = models.TextField(_("method of measure"), blank=True)
    cost_to_achieve_eur = models.DecimalField(
        _("cost to achieve (€)"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    committed_on = models.DateField(_("committed by its owner on"), null=True, blank=True)
    budgeted_on = models.DateField(_("in the budget since"), null=True, blank=True)
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def in_euros(self) -> bool:
        """Tell whether its amounts may be added to others."""
        return self.measure == EUROS


class ValueLine(Versioned):
    """What one benefit gives in one month, as planned, forecast, declared and validated."""

    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT, related_name="lines")
    month_on = models.DateField(_("month"))
    planned = models.DecimalField(
        _("planned"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    forecast = models.DecimalField(
        _("forecast"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    declared = models.DecimalField(
        _("declared"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    validated = models.DecimalField(
        _("validated"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="declared_values",
    )
    declared_at = models.DateTimeField(null=True, blank=True)
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="validated_values",
    )
    validated_at = models.DateTimeField(null=True, blank=True)
    # functions, where the person has no account here
    declared_as = models.CharField(max_length=150, blank=True)
    validated_as = models.CharField(max_length=150, blank=True)
    note = models.CharField(_("note"), max_length=250, blank=True)

    class Meta:
        ordering = ["benefit_id", "month_on"]
        constraints = [
            models.UniqueConstraint(fields=["benefit", "month_on"], name="one_line_a_month"),
            models.CheckConstraint(
                condition=Q(validated_by=None)
                | Q(declared_by=None)
                | ~Q(validated_by=F("declared_by")),
                name="nobody_validates_what_they_declared",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benefit.code} {self.month_on:%Y-%m}"

    @property
    def declarer(self) -> str:
        """Return who declared, by name or by function."""
        return str(self.declared_by or self.declared_as)

    @property
    def validator(self) -> str:
        """Return who validated, by name or by function."""
        return str(self.validated_by or self.validated_as)


class Evidence(Versioned):
    """A note or a file that proves; of the file, its name, size and SHA-256 are kept."""

    class Grade(models.TextChoices):
        """How strong it is, said by who reviewed it."""

        UNREVIEWED = "", _("not reviewed")
        WEAK = "weak", _("weak")
        SUFFICIENT = "sufficient", _("sufficient")
        STRONG = "strong", _("conclusive")

    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT, related_name="evidence")
    note = models.TextField(_("what it proves"))
    file_name = models.CharField(_("file"), max_length=250, blank=True)
    file_bytes = models.PositiveBigIntegerField(null=True, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evidence",
    )
    author_as = models.CharField(max_length=150, blank=True)
    reviewer_as = models.CharField(max_length=150, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviewed_evidence",
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    grade = models.CharField(
        _("grade"), max_length=10, choices=Grade, default=Grade.UNREVIEWED, blank=True
    )

    class Meta:
        ordering = ["benefit_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewer=None) | Q(author=None) | ~Q(reviewer=F("author")),
                name="nobody_reviews_their_own_evidence",
            )
        ]

    def __str__(self) -> str:
        return self.file_name or self.note[:60]
