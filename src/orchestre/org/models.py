"""The organisation: its units, the people changes touch, what they can absorb and when."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from orchestre.kernel.models import Provenance, Versioned


class Unit(Versioned):
    """A node of the organisation chart."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    # materialised path of ids, "/3/17/": a subtree is one indexed prefix
    path = models.CharField(max_length=255, default="", editable=False, db_index=True)
    manager_name = models.CharField(_("manager"), max_length=150, blank=True)
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("manager's account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Population(Versioned):
    """People who live the same changes at the same time."""

    class Kind(models.TextChoices):
        """How the group is made."""

        UNIT = "unit", _("people of a unit")
        CUSTOM = "custom", _("group across units")
        EXTERNAL = "external", _("people outside the organisation")

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="populations",
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.UNIT)
    role = models.CharField(_("job"), max_length=120, blank=True)
    site = models.CharField(_("site"), max_length=120, blank=True)
    shift = models.CharField(_("shift"), max_length=60, blank=True)
    headcount = models.PositiveIntegerField(_("headcount"), null=True, blank=True)
    headcount_on = models.DateField(_("headcount counted on"), null=True, blank=True)
    weekly_hours = models.FloatField(
        _("hours worked per week"),
        default=35.0,
        validators=[MinValueValidator(1.0), MaxValueValidator(60.0)],
    )
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CapacityRule(Versioned):
    """Share of working time that people of a unit can give to change; inherited downwards."""

    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="capacity_rules",
        help_text=_("Empty: the whole organisation."),
    )
    absorption_ratio = models.FloatField(
        _("share of working time"), validators=[MinValueValidator(0.0), MaxValueValidator(1.0)]
    )
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    provenance = models.CharField(
        _("provenance"), max_length=8, choices=Provenance, default=Provenance.DECLARED
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(Coalesce("unit", Value(0)), name="one_capacity_rule_per_unit"),
            models.CheckConstraint(
                condition=Q(absorption_ratio__gte=0, absorption_ratio__lte=1),
                name="absorption_ratio_is_a_ratio",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or '*'} {self.absorption_ratio:.1%}"


class CalendarPeriod(Versioned):
    """Weeks when capacity differs, with the reason; the end day is not included."""

    class Kind(models.TextChoices):
        """Why capacity differs."""

        PEAK = "peak", _("business peak")
        LEAVE = "leave", _("leave")
        UNDERSTAFFED = "understaffed", _("understaffing")
        RECOVERY = "recovery", _("recovery after a heavy change")
        FREEZE = "freeze", _("freeze")
        HOLIDAY = "holiday", _("public holiday")

    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="periods",
        help_text=_("Empty: the whole organisation."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PEAK)
    name = models.CharField(_("name"), max_length=150)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    factor = models.FloatField(
        _("capacity left"),
        default=0.5,
        validators=[MinValueValidator(0.0), MaxValueValidator(2.0)],
        help_text=_("0: none (freeze); 0.5: half; 1: as usual."),
    )
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="period_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(factor__gte=0), name="period_factor_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name
