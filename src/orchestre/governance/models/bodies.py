"""Bodies: who decides what, how often, and with how many people present."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orchestre.kernel.models import Versioned
from orchestre.org.models import Unit
from orchestre.portfolio.models import Programme


class Body(Versioned):
    """A committee with a mandate."""

    class Kind(models.TextChoices):
        """Which step of the ladder it is."""

        COPROJ = "coproj", _("project committee (COPROJ)")
        COPIL = "copil", _("steering committee (COPIL)")
        PORTFOLIO = "portfolio", _("transformation committee")
        CODIR = "codir", _("management committee (CODIR)")
        COMEX = "comex", _("executive committee (COMEX)")
        AUDIT = "audit", _("audit committee")
        CRISIS = "crisis", _("crisis cell")
        REVIEW = "review", _("cross review")
        OTHER = "other", pgettext_lazy("kind of body", "other")

    class Cadence(models.TextChoices):
        """How often it meets."""

        WEEKLY = "weekly", _("every week")
        FORTNIGHTLY = "fortnightly", _("every two weeks")
        MONTHLY = "monthly", _("every month")
        BIMONTHLY = "bimonthly", _("every two months")
        QUARTERLY = "quarterly", _("every quarter")
        HALF_YEARLY = "half_yearly", _("twice a year")
        ON_DEMAND = "on_demand", _("on demand")

    class Scope(models.TextChoices):
        """What it decides about."""

        ALL = "all", _("the whole organisation")
        PROGRAMME = "programme", _("a programme")
        UNIT = "unit", _("a unit and what is below it")

    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.COPIL)
    mandate = models.TextField(_("mandate"), blank=True)
    quorum = models.PositiveSmallIntegerField(_("quorum"), null=True, blank=True)
    cadence = models.CharField(
        _("cadence"), max_length=11, choices=Cadence, default=Cadence.MONTHLY
    )
    usual_minutes = models.PositiveSmallIntegerField(_("usual length (minutes)"), default=90)
    scope = models.CharField(_("scope"), max_length=9, choices=Scope, default=Scope.ALL)
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bodies",
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bodies",
    )
    secretary = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("secretary"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    open_to_readers = models.BooleanField(_("open to every reader"), default=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Member(Versioned):
    """Who sits: an account, or a role written as text. Who left stays in past meetings."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    name = models.CharField(_("name or role"), max_length=150)
    votes = models.BooleanField(_("votes"), default=True)
    chairs = models.BooleanField(_("chairs"), default=False)
    left_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-chairs", "-votes", "name", "pk"]

    def __str__(self) -> str:
        return self.name
