"""What initiatives ask of roles and of money, month by month, and what they are worth.

A role is a trade or a skill, never a person. Ranges are half-open: `ends_on` is the first day
after. Links are protected, as those of impacts: what was written is not taken away in silence.
"""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orchestre.kernel.models import Provenance, Versioned
from orchestre.org.models import Unit
from orchestre.portfolio.models import Initiative, Programme


class Role(Versioned):
    """A trade or a skill that initiatives compete for: architects, trainers, controllers."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="roles",
        help_text=_("Empty: shared by the whole organisation."),
    )
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class RoleCapacity(Versioned):
    """Full-time equivalents of a role that can be given to initiatives, over a range of days."""

    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="capacities")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    fte = models.FloatField(_("full-time equivalents"), validators=[MinValueValidator(0.0)])
    provenance = models.CharField(
        _("provenance"), max_length=8, choices=Provenance, default=Provenance.DECLARED
    )
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["role_id", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="role_capacity_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(fte__gte=0), name="role_capacity_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.fte:g}"


class RoleDemand(Versioned):
    """Full-time equivalents of a role that an initiative needs, over a range of days."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="role_demands"
    )
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="demands")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    fte = models.FloatField(_("full-time equivalents"), validators=[MinValueValidator(0.0)])
    provenance = models.CharField(
        _("provenance"), max_length=8, choices=Provenance, default=Provenance.DECLARED
    )
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["initiative_id", "role_id", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="role_demand_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(fte__gte=0), name="role_demand_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative.code} {self.role} {self.fte:g}"


class CostLine(Versioned):
    """Money of an initiative over a range of days, spread evenly in it."""

    class Nature(models.TextChoices):
        """Investment or expense."""

        CAPEX = "capex", _("investment")
        OPEX = "opex", _("expense")

    class State(models.TextChoices):
        """How firm the amount is."""

        PLANNED = "planned", _("planned")
        COMMITTED = "committed", _("committed")
        SPENT = "spent", _("spent")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="cost_lines")
    name = models.CharField(_("name"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    amount_eur = models.DecimalField(_("amount (€)"), max_digits=15, decimal_places=2)
    nature = models.CharField(_("nature"), max_length=5, choices=Nature, default=Nature.OPEX)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PLANNED)
    provenance = models.CharField(
        _("provenance"), max_length=8, choices=Provenance, default=Provenance.DECLARED
    )
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["initiative_id", "starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="cost_line_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative.code} {self.name or self.amount_eur}"


class Envelope(Versioned):
    """Money that may be spent over a range of days: of everything, or of one programme."""

    name = models.CharField(_("name"), max_length=200)
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="envelopes",
        help_text=_("Empty: the whole portfolio."),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    amount_eur = models.DecimalField(_("amount (€)"), max_digits=15, decimal_places=2)
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["starts_on", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="envelope_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Worth(Versioned):
    """What an initiative is expected to bring once in use, and what a week of delay costs.

    A first estimate for arbitration; proven benefits are kept elsewhere and never mixed with it.
    """

    initiative = models.OneToOneField(Initiative, on_delete=models.PROTECT, related_name="worth")
    value_eur_per_year = models.DecimalField(
        _("value once in use (€ a year)"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    ramp_weeks = models.PositiveSmallIntegerField(_("weeks from go-live to full value"), default=0)
    delay_cost_eur_per_week = models.DecimalField(
        _("cost of a week of delay (€)"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    method = models.TextField(_("how it was estimated"), blank=True)
    provenance = models.CharField(
        _("provenance"), max_length=8, choices=Provenance, default=Provenance.DECLARED
    )
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["initiative_id"]

    def __str__(self) -> str:
        return self.initiative.code
