"""The portfolio of changes: initiatives, their milestones, links and effects."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orchestre.kernel.models import Versioned
from orchestre.org.models import Population, Unit
from orchestre.strategy.models import Indicator, Objective


class Programme(Versioned):
    """Initiatives run together."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Initiative(Versioned):
    """A change: any strategy, project or work with an impact on people. Only a title is required.

    `ends_on` is the first day after the initiative (half-open ranges everywhere).
    """

    class Family(models.TextChoices):
        """What kind of change it is, first of all."""

        DIGITAL = "digital", _("digital")
        ORGANISATION = "organisation", _("organisational")
        CULTURE = "culture", _("cultural")
        MANAGEMENT = "management", _("managerial")
        REGULATION = "regulation", _("regulatory")

    class Kind(models.TextChoices):
        """Run, grow or explore."""

        RUN = "run", _("run")
        GROW = "grow", _("grow")
        EXPLORE = "explore", _("explore")

    class Stage(models.TextChoices):
        """Where it stands."""

        IDEA = "idea", _("idea")
        DEFINE = "define", _("define")
        LAUNCH = "launch", _("launch")
        PREPARE = "prepare", _("prepare")
        DEPLOY = "deploy", _("deploy")
        CONSOLIDATE = "consolidate", _("consolidate")
        VALUE = "value", _("prove value")
        STOPPED = "stopped", _("stopped")

    class Health(models.TextChoices):
        """What the lead declares; never averaged with the other pillars."""

        OK = "ok", _("on track")
        WATCH = "watch", _("watch")
        OFF = "off", _("off track")
        DONE = "done", _("done")
        UNKNOWN = "", _("not reported")

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=250)
    why = models.TextField(_("why"), blank=True)
    family = models.CharField(_("family"), max_length=12, choices=Family, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, blank=True)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.IDEA)
    priority = models.PositiveSmallIntegerField(_("priority"), null=True, blank=True)
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="initiatives",
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("owning unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="initiatives",
    )
    sponsor_name = models.CharField(_("sponsor"), max_length=150, blank=True)
    lead_name = models.CharField(_("lead"), max_length=150, blank=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lead's account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends before"), null=True, blank=True)
    go_live_on = models.DateField(_("go-live"), null=True, blank=True)
    go_live_earlier_weeks = models.FloatField(_("could be earlier by (weeks)"), default=0)
    go_live_later_weeks = models.FloatField(_("could be later by (weeks)"), default=0)
    baseline_starts_on = models.DateField(_("baseline start"), null=True, blank=True)
    baseline_ends_on = models.DateField(_("baseline end"), null=True, blank=True)
    cost_eur = models.DecimalField(
        _("full cost (€)"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    mandatory = models.BooleanField(_("mandatory"), default=False)
    mandatory_reason = models.CharField(_("why mandatory"), max_length=250, blank=True)
    confidential = models.BooleanField(_("confidential"), default=False)
    micro = models.BooleanField(_("micro-change"), default=False)
    health_human = models.CharField(_("human health"), max_length=5, choices=Health, blank=True)
    health_technical = models.CharField(
        _("technical health"), max_length=5, choices=Health, blank=True
    )
    health_economic = models.CharField(
        _("economic health"), max_length=5, choices=Health, blank=True
    )
    # short lists of names compared across initiatives to find collisions and synergies
    systems = models.JSONField(_("systems touched"), default=list, blank=True)
    processes = models.JSONField(_("processes touched"), default=list, blank=True)
    suppliers = models.JSONField(_("suppliers"), default=list, blank=True)
    experts = models.JSONField(_("scarce expertise needed"), default=list, blank=True)
    deliverables = models.JSONField(_("deliverables"), default=list, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["code"]
        indexes = [
            models.Index(fields=["stage", "archived_at"]),
            models.Index(fields=["starts_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gt=F("starts_on")),
                name="initiative_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Milestone(Versioned):
    """A dated event of an initiative."""

    class Kind(models.TextChoices):
        """What the milestone marks."""

        GATE = "gate", _("gate")
        GO_LIVE = "go_live", _("go-live")
        LEGAL = "legal", _("legal step")
        OTHER = "other", _("milestone")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="milestones")
    name = models.CharField(_("name"), max_length=250)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.OTHER)
    baseline_on = models.DateField(_("baseline"), null=True, blank=True)
    forecast_on = models.DateField(_("forecast"), null=True, blank=True)
    actual_on = models.DateField(_("actual"), null=True, blank=True)
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["forecast_on", "pk"]

    def __str__(self) -> str:
        return self.name


class Wave(Versioned):
    """A part of a deployment with a go-live of its own; who is in no wave follows the initiative.

    Links are protected, here and in `WavePopulation`: undoing never takes away in silence what
    somebody has said since.
    """

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="waves")
    name = models.CharField(_("name"), max_length=120)
    go_live_on = models.DateField(_("go-live"))

    class Meta:
        ordering = ["go_live_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "name"], name="one_wave_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class WavePopulation(Versioned):
    """People who go live with a wave; the initiative is repeated so that they are in one only."""

    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="members")
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="+")
    population = models.ForeignKey(Population, on_delete=models.PROTECT, related_name="waves")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "population"], name="one_wave_per_population"
            )
        ]

    def __str__(self) -> str:
        return f"{self.wave}: {self.population}"


class Dependency(Versioned):
    """One initiative needs a result of another by a date."""

    class Kind(models.TextChoices):
        """Which end waits for which."""

        FS = "FS", _("finish to start")
        SS = "SS", _("start to start")
        FF = "FF", _("finish to finish")
        SF = "SF", _("start to finish")

    predecessor = models.ForeignKey(
        Initiative, verbose_name=_("gives"), on_delete=models.CASCADE, related_name="gives"
    )
    successor = models.ForeignKey(
        Initiative, verbose_name=_("needs"), on_delete=models.CASCADE, related_name="needs"
    )
    kind = models.CharField(_("type"), max_length=2, choices=Kind, default=Kind.FS)
    lag_days = models.IntegerField(_("lag (days)"), default=0)
    what = models.CharField(_("what is delivered"), max_length=250, blank=True)
    agreed_by_giver = models.BooleanField(_("agreed by the giver"), default=False)
    agreed_by_taker = models.BooleanField(_("agreed by the taker"), default=False)
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "kind", "what"],
                name="one_dependency_per_result",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="dependency_between_two_initiatives"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor.code} → {self.successor.code}"


class Contribution(Versioned):
    """What an initiative brings to an objective."""

    initiative = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="contributions"
    )
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="contributions")
    weight = models.FloatField(_("weight"), default=1.0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "objective"], name="one_contribution_per_objective"
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative.code} → {self.objective}"


class IndicatorEffect(Versioned):
    """Which way an initiative pushes an indicator."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="effects")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="effects")
    direction = models.CharField(_("pushes it"), max_length=4, choices=Indicator.Direction)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "indicator"], name="one_effect_per_indicator"
            )
        ]

    def __str__(self) -> str:
        return f"{self.initiative.code} → {self.indicator}"


class SavedView(Versioned):
    """Filters, columns and order of a list, under a name."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    name = models.CharField(_("name"), max_length=80)
    page = models.CharField(max_length=40, default="portfolio")
    query = models.CharField(max_length=1000)
    shared = models.BooleanField(_("shared with everybody"), default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "page", "name"], name="one_view_per_name")
        ]

    def __str__(self) -> str:
        return self.name
