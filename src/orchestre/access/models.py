"""People who sign in, what they may see, and the keys that programs use."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orchestre.access.rules import Role
from orchestre.kernel.models import Versioned


class UserManager(BaseUserManager["User"]):
    """Creates accounts with a normalised address; there is no default account."""

    def create_user(self, email: str, name: str, password: str | None, **extra: object) -> User:
        """Create an account; without a password it cannot sign in by form."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Find by address, whatever its case."""
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """A person with an account."""

    class Theme(models.TextChoices):
        """Colours of the pages."""

        AUTO = "auto", _("as the system")
        LIGHT = "light", _("light")
        DARK = "dark", _("dark")

    class Density(models.TextChoices):
        """Height of the rows of tables."""

        COMFORT = "comfort", _("comfortable")
        NORMAL = "normal", _("normal")
        COMPACT = "compact", _("compact")

    email = models.EmailField(_("email"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(
        _("language"), max_length=5, choices=[("fr", "Français"), ("en", "English")], default="fr"
    )
    theme = models.CharField(_("theme"), max_length=5, choices=Theme, default=Theme.AUTO)
    density = models.CharField(_("density"), max_length=7, choices=Density, default=Density.NORMAL)
    shortcuts_on = models.BooleanField(_("single-key shortcuts"), default=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    valid_until = models.DateField(_("access ends on"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("account")

    def __str__(self) -> str:
        return self.name or self.email


class Grant(Versioned):
    """A role on a scope: everything, a unit and what is below it, or one initiative.

    `scope_id` names a row of a feature above this one on the street, hence a plain number.
    """

    class Scope(models.TextChoices):
        """What the role applies to."""

        ALL = "all", _("the whole organisation")
        UNIT = "unit", _("a unit and what is below it")
        INITIATIVE = "initiative", _("one initiative")

    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="grants"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope, default=Scope.ALL)
    scope_id = models.BigIntegerField(_("row of the scope"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("role given")
        constraints = [
            models.UniqueConstraint(
                "user",
                "role",
                "scope",
                Coalesce("scope_id", Value(0)),
                name="one_grant_per_role_and_scope",
            )
        ]
        ordering = ["user_id", "role", "pk"]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class Invitation(models.Model):
    """A link that lets one person choose a passphrase, once and for three days at most."""

    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="invitations"
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        User,
        verbose_name=_("author"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("expires on"))
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("invitation")

    def __str__(self) -> str:
        return self.user.email


class OpenSession(models.Model):
    """A signed-in browser, so that its owner can see it and end it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return self.device


class ApiToken(models.Model):
    """A key for a program; only its fingerprint is kept."""

    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="tokens"
    )
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    may_write = models.BooleanField(_("may write"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_on = models.DateField(_("expires on"))
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(_("closed on"), null=True, editable=False)

    class Meta:
        verbose_name = _("API token")

    def __str__(self) -> str:
        return self.name


class ShareLink(models.Model):
    """A read-only door to one view, with an end date; only its fingerprint is kept."""

    page = models.CharField(max_length=40)
    query = models.CharField(max_length=500, blank=True)
    title = models.CharField(_("title"), max_length=120)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        User, verbose_name=_("author"), on_delete=models.CASCADE, related_name="share_links"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_on = models.DateField(_("expires on"))
    revoked_at = models.DateTimeField(_("closed on"), null=True, editable=False)

    class Meta:
        verbose_name = _("share link")

    def __str__(self) -> str:
        return self.title


class Throttle(models.Model):
    """How often something was tried in a window of time; shared by all processes."""

    key = models.CharField(max_length=160)
    window_starts_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)
    blocked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "window_starts_at"], name="one_count_per_window")
        ]

    def __str__(self) -> str:
        return self.key


class Organisation(Versioned):
    """The one organisation of this installation, and its conventions."""

    name = models.CharField(_("name of the organisation"), max_length=150)
    language = models.CharField(_("language"), max_length=5, default="fr")
    is_demo = models.BooleanField(default=False, editable=False)
    load_thresholds = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return self.name
