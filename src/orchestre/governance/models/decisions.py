"""Decisions: what was chosen and refused, by whom, for which effect, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orchestre.governance.models.bodies import Body
from orchestre.governance.models.meetings import AgendaItem, Meeting
from orchestre.kernel.models import Versioned
from orchestre.portfolio.models import Initiative
from orchestre.sequencing.models import Scenario


class Decision(Versioned):
    """A decision as it was recorded; what was decided is never rewritten, a new one replaces it."""

    class Measure(models.TextChoices):
        """The figure that tells whether the effect came."""

        PEOPLE = "people_over", _("people above their capacity")
        HOURS = "excess_person_hours", _("person-hours above capacity")
        WORST = "worst_ratio", _("heaviest week of the heaviest population")
        ROLES = "fte_excess", _("FTE-months asked beyond what is available")
        BUDGET = "budget_excess_eur", _("money beyond the envelopes")
        COST = "cost_eur", _("money spent in the period")
        VALUE = "value_eur", _("value expected in the period")
        BROKEN = "broken", _("dependencies that do not hold")
        FREEZES = "freezes", _("go-lives in a freeze")
        OPEN_FINDINGS = "open_findings", _("open findings")
        OWN = "own", _("another measure, in words")

    class Verdict(models.TextChoices):
        """What came of it, in one word."""

        ACHIEVED = "achieved", pgettext_lazy("effect", "achieved")
        PARTLY = "partly", pgettext_lazy("effect", "partly achieved")
        NOT = "not", pgettext_lazy("effect", "not achieved")
        UNKNOWN = "unknown", pgettext_lazy("effect", "cannot be told")
        REPLACED = "replaced", pgettext_lazy("effect", "replaced before it was judged")

    code = models.CharField(_("number"), max_length=20, unique=True)
    body = models.ForeignKey(
        Body, verbose_name=_("body"), on_delete=models.PROTECT, related_name="decisions"
    )
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    item = models.OneToOneField(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="decision"
    )
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    question = models.CharField(_("question"), max_length=250)
    chosen = models.CharField(_("what is decided"), max_length=250)
    reason = models.TextField(_("why"), blank=True)
    discarded = models.JSONField(_("options discarded"), default=list, blank=True)
    decided_on = models.DateField(_("decided on"), default=timezone.localdate)
    decided_by = models.CharField(_("decided by"), max_length=250)
    present = models.JSONField(default=list, blank=True)
    dissent = models.TextField(_("dissent, in words"), blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    expected = models.TextField(_("expected effect"), blank=True)
    measure = models.CharField(_("measure"), max_length=20, choices=Measure, blank=True)
    measure_name = models.CharField(_("measure, in words"), max_length=150, blank=True)
    value_then = models.FloatField(_("value at the decision"), null=True, blank=True)
    value_expected = models.FloatField(_("value expected"), null=True, blank=True)
    value_now = models.FloatField(_("value at the verdict"), null=True, blank=True)
    review_on = models.DateField(_("effect read again on"), null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict, blank=True)
    verdict_reason = models.TextField(_("why this verdict"), blank=True)
    verdict_on = models.DateField(null=True, blank=True, editable=False)
    verdict_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    due_on = models.DateField(_("was due on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    scenario = models.ForeignKey(
        Scenario,
        verbose_name=_("scenario"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    plan_number = models.PositiveIntegerField(_("plan of record"), null=True, blank=True)
    # what was changed in the plan, initiative by initiative, as it was shown before writing
    moves = models.JSONField(default=list, blank=True)
    gauges = models.JSONField(default=dict, blank=True)
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )

    class Meta:
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["replaces"], name="a_decision_is_replaced_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.chosen}"
