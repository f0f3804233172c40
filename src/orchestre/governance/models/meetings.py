"""Meetings: an agenda built from what is due, options, and opinions given before."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orchestre.governance.models.bodies import Body, Member
from orchestre.kernel.models import Versioned
from orchestre.portfolio.models import Initiative
from orchestre.sequencing.models import Scenario
from orchestre.ui import formats


class Meeting(Versioned):
    """One session of a body."""

    class State(models.TextChoices):
        """Where it stands."""

        PLANNED = "planned", pgettext_lazy("meeting", "planned")
        OPEN = "open", pgettext_lazy("meeting", "open")
        CLOSED = "closed", pgettext_lazy("meeting", "closed")
        MINUTED = "minuted", pgettext_lazy("meeting", "minutes signed")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(_("date and time"))
    minutes = models.PositiveSmallIntegerField(_("length (minutes)"), default=90)
    place = models.CharField(_("place or address of the call"), max_length=250, blank=True)
    guests = models.TextField(_("guests"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    current = models.ForeignKey(
        "AgendaItem",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    class Meta:
        ordering = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.body}, {formats.day(timezone.localtime(self.starts_at).date())}"


class Attendance(Versioned):
    """Whether a member was there."""

    class Presence(models.TextChoices):
        """How."""

        PRESENT = "present", pgettext_lazy("attendance", "present")
        REPRESENTED = "represented", pgettext_lazy("attendance", "represented")
        EXCUSED = "excused", pgettext_lazy("attendance", "excused")
        ABSENT = "absent", pgettext_lazy("attendance", "absent")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="attendances")
    presence = models.CharField(_("presence"), max_length=11, choices=Presence)

    class Meta:
        ordering = ["member__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="one_presence_per_member")
        ]

    def __str__(self) -> str:
        return f"{self.member} · {self.get_presence_display()}"


class AgendaItem(Versioned):
    """A question put to a meeting, from where it came, and how long it may take."""

    class Kind(models.TextChoices):
        """What is expected of the meeting."""

        DECISION = "decision", _("for decision")
        REVIEW = "review", _("for review")
        INFORMATION = "information", _("for information")

    class State(models.TextChoices):
        """What became of it."""

        PLANNED = "planned", pgettext_lazy("agenda item", "to come")
        OPEN = "open", pgettext_lazy("agenda item", "being discussed")
        DECIDED = "decided", pgettext_lazy("agenda item", "decided")
        DEALT = "dealt", pgettext_lazy("agenda item", "dealt with")
        POSTPONED = "postponed", pgettext_lazy("agenda item", "postponed")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    rank = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("question"), max_length=250)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind, default=Kind.DECISION)
    context = models.TextField(_("context, in three lines"), blank=True)
    recommendation = models.TextField(_("recommendation"), blank=True)
    deadline_on = models.DateField(_("to be decided by"), null=True, blank=True)
    waiting_cost = models.CharField(_("cost of waiting"), max_length=250, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=10)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PLANNED)
    source = models.CharField(max_length=30, blank=True)
    source_key = models.CharField(max_length=60, blank=True)
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agenda_items",
    )
    asked_on = models.DateField(default=timezone.localdate)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_to"
    )
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["rank", "pk"]
        indexes = [models.Index(fields=["source", "source_key"])]

    def __str__(self) -> str:
        return self.title


class Option(Versioned):
    """One answer to a question; doing nothing is one."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="options")
    rank = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("option"), max_length=200)
    detail = models.TextField(_("what it means"), blank=True)
    consequence = models.CharField(_("consequence, with figures"), max_length=250, blank=True)
    does_nothing = models.BooleanField(_("is “do nothing”"), default=False)
    recommended = models.BooleanField(_("recommended"), default=False)
    scenario = models.ForeignKey(
        Scenario,
        verbose_name=_("scenario"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="options",
    )

    class Meta:
        ordering = ["rank", "pk"]

    def __str__(self) -> str:
        return self.title


class Opinion(Versioned):
    """An opinion asked before the vote, sealed until the question is opened."""

    class Position(models.TextChoices):
        """What it says in one word."""

        FOR = "for", pgettext_lazy("opinion", "favourable")
        RESERVED = "reserved", pgettext_lazy("opinion", "favourable with reservations")
        AGAINST = "against", pgettext_lazy("opinion", "unfavourable")
        NONE = "none", pgettext_lazy("opinion", "no opinion")

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="opinions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(_("who"), max_length=150)
    on_behalf_of = models.CharField(_("on behalf of"), max_length=150, blank=True)
    position = models.CharField(_("opinion"), max_length=8, choices=Position, blank=True)
    text = models.TextField(_("reasons"), blank=True)
    salt = models.CharField(max_length=64, blank=True, editable=False)
    seal = models.CharField(max_length=64, blank=True, editable=False)
    sealed_at = models.DateTimeField(null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "user"], name="one_opinion_per_person")
        ]

    def __str__(self) -> str:
        return self.name


class SetAside(models.Model):
    """A proposal that the secretary left out of one agenda."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="set_aside")
    source = models.CharField(max_length=30)
    source_key = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "source", "source_key"], name="one_refusal_per_proposal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_key}"


class Carried(Versioned):
    """A scenario that somebody carries to a body, until it is on one of its agendas."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="carried")
    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="carried")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    carried_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "scenario"], name="carried_once_to_a_body")
        ]

    def __str__(self) -> str:
        return f"{self.scenario} → {self.body}"
