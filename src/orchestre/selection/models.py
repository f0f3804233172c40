"""Exercises of selection: what is weighed, what is judged, what is ordered, what came out."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orchestre.kernel.models import Versioned
from orchestre.portfolio.models import Initiative, Programme
from orchestre.selection.rules import MOST_MONTHS
from orchestre.strategy.models import Objective


class Selection(Versioned):
    """One exercise: a budget over some months, candidates, and how they are valued.

    Private to its owner until shared; read only once finished.
    """

    class Grain(models.TextChoices):
        """How the budget is cut."""

        MONTH = "month", _("by month")
        QUARTER = "quarter", _("by quarter")
        YEAR = "year", _("by year")

    class Method(models.TextChoices):
        """What an initiative is worth."""

        DRIVERS = "drivers", _("its impact on weighted drivers")
        WORTH = "worth", _("its value once in use (€ a year)")

    name = models.CharField(_("name"), max_length=150)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="selections"
    )
    shared = models.BooleanField(_("shared"), default=False)
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    starts_on = models.DateField(_("from"))
    months = models.PositiveSmallIntegerField(
        _("number of months"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
    )
    grain = models.CharField(_("budget cut"), max_length=7, choices=Grain, default=Grain.QUARTER)
    budget_eur = models.DecimalField(
        _("budget in all (€)"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    # label of the period → euros; a period that is not named has no limit of its own
    budgets = models.JSONField(default=dict, blank=True)
    method = models.CharField(_("valued by"), max_length=7, choices=Method, default=Method.DRIVERS)
    stages = models.JSONField(_("stages"), default=list, blank=True)
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    use_roles = models.BooleanField(_("count roles"), default=True)
    use_people = models.BooleanField(_("count what people can absorb"), default=True)
    later_months = models.PositiveSmallIntegerField(
        _("may start later by (months)"), default=0, validators=[MaxValueValidator(3)]
    )
    picks = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class Driver(Versioned):
    """What the organisation wants more of; weighed against the others."""

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="drivers")
    name = models.CharField(_("name"), max_length=80)
    meaning = models.CharField(_("what it means"), max_length=250, blank=True)
    weight = models.FloatField(
        _("declared weight"), null=True, blank=True, validators=[MinValueValidator(0.01)]
    )
    objective = models.ForeignKey(
        Objective,
        verbose_name=_("objective"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "name"], name="one_driver_per_name"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="driver_weight_above_zero"),
        ]

    def __str__(self) -> str:
        return self.name


class Rater(Versioned):
    """Who compares the drivers: a person of a workshop, with or without an account."""

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="raters")
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "name"], name="one_rater_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class Judgement(Versioned):
    """One rater's comparison of two drivers; the first has the smaller number."""

    rater = models.ForeignKey(Rater, on_delete=models.PROTECT, related_name="judgements")
    first = models.ForeignKey(Driver, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Driver, on_delete=models.PROTECT, related_name="+")
    ratio = models.FloatField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["rater", "first", "second"], name="one_judgement"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="judgement_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}"


class Rating(Versioned):
    """How much an initiative moves a driver."""

    class Level(models.TextChoices):
        """Five levels, in words."""

        NONE = "none", pgettext_lazy("rating", "none")
        LOW = "low", _("low")
        MODERATE = "moderate", _("moderate")
        STRONG = "strong", _("strong")
        EXTREME = "extreme", _("extreme")

    driver = models.ForeignKey(Driver, on_delete=models.PROTECT, related_name="ratings")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(_("level"), max_length=8, choices=Level)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["driver", "initiative"], name="one_rating_per_driver")
        ]

    def __str__(self) -> str:
        return f"{self.initiative.code} {self.driver} {self.level}"


class Order(Versioned):
    """An initiative kept or left out whatever it is worth, with the reason."""

    class Way(models.TextChoices):
        """Which way it is forced."""

        IN = "in", _("kept by order")
        OUT = "out", _("left out by order")

    selection = models.ForeignKey(Selection, on_delete=models.PROTECT, related_name="orders")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(_("order"), max_length=3, choices=Way)
    reason = models.CharField(_("reason"), max_length=250)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "initiative"], name="one_order_each")
        ]

    def __str__(self) -> str:
        return f"{self.initiative.code} {self.way}"


class Answer(models.Model):
    """What came out, kept with all that went in: a finished selection reopens as it was."""

    selection = models.OneToOneField(Selection, on_delete=models.CASCADE, related_name="answer")
    fingerprint = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    problem = models.BinaryField()
    result = models.BinaryField()
    facts = models.JSONField(default=dict)
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.selection} {self.computed_at}"
