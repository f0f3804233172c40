"""What follows: actions, who answers for what, and the points that become decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orchestre.governance.models.bodies import Body
from orchestre.governance.models.decisions import Decision
from orchestre.governance.models.meetings import Meeting
from orchestre.kernel.models import Versioned
from orchestre.portfolio.models import Initiative


class Owned(Versioned):
    """What somebody answers for: an account, or a name or role written as text."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner's account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    owner_name = models.CharField(_("owner"), max_length=150, blank=True)

    class Meta:
        abstract = True


class Action(Owned):
    """Something to do, by somebody, by a date."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", pgettext_lazy("action", "to do")
        DONE = "done", pgettext_lazy("action", "done")
        DROPPED = "dropped", pgettext_lazy("action", "dropped")

    code = models.CharField(_("number"), max_length=20, unique=True)
    what = models.CharField(_("what"), max_length=250)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.OPEN)
    body = models.ForeignKey(
        Body,
        verbose_name=_("body"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
    )
    result = models.TextField(_("what came of it"), blank=True)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    chased_on = models.DateField(null=True, blank=True, editable=False)
    chase_note = models.CharField(_("note of the reminder"), max_length=250, blank=True)
    chases = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return f"{self.code} {self.what}"


class Matter(Owned):
    """A risk, an issue or a change request, and what it came from."""

    class Kind(models.TextChoices):
        """Which link of the chain it is."""

        RISK = "risk", _("risk")
        ISSUE = "issue", _("issue")
        CHANGE_REQUEST = "change_request", _("change request")

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", pgettext_lazy("matter", "open")
        CONVERTED = "converted", pgettext_lazy("matter", "converted")
        CLOSED = "closed", pgettext_lazy("matter", "closed")

    code = models.CharField(_("number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.RISK)
    title = models.CharField(_("title"), max_length=250)
    detail = models.TextField(_("what is known"), blank=True)
    body = models.ForeignKey(
        Body, verbose_name=_("body"), on_delete=models.PROTECT, related_name="matters"
    )
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="matters",
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    opened_on = models.DateField(default=timezone.localdate)
    closing = models.TextField(_("why it is closed"), blank=True)
    came_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="became"
    )
    from_action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="became"
    )

    class Meta:
        ordering = ["-opened_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class RaciRole(Versioned):
    """Who is responsible, accountable, consulted, informed."""

    class Letter(models.TextChoices):
        """The four roles."""

        RESPONSIBLE = "R", _("responsible (does it)")
        ACCOUNTABLE = "A", _("accountable (answers for it)")
        CONSULTED = "C", _("consulted")
        INFORMED = "I", _("informed")

    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.CASCADE, related_name="raci"
    )
    initiative = models.ForeignKey(
        Initiative, null=True, blank=True, on_delete=models.CASCADE, related_name="raci"
    )
    letter = models.CharField(_("role"), max_length=1, choices=Letter)
    name = models.CharField(_("who: a role or a person"), max_length=150)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=True, initiative__isnull=False)
                | Q(decision__isnull=False, initiative__isnull=True),
                name="raci_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.name}"
