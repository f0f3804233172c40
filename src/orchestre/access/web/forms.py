"""Forms about people, keys and the organisation."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orchestre.access import scopes
from orchestre.access.models import Grant, Organisation, User
from orchestre.access.rules import Role
from orchestre.kernel.errors import DomainError

LANGUAGES = [("fr", "Français"), ("en", "English")]  # each in its own words
PASSPHRASE_HELP = _(
    "At least 12 characters: four words that do not go together are easy to keep in mind."
)


def place(form: forms.BaseForm, refused: DomainError) -> None:
    """Put a refusal where the person can mend it."""
    named = {name: texts for name, texts in refused.fields.items() if name in form.fields}
    for name, texts in named.items():
        for text in texts:
            form.add_error(name, str(text))
    if not named:
        form.add_error(None, str(refused))


def day_field(label: object, *, required: bool = False, help_text: object = "") -> forms.DateField:
    """A date typed or picked."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)  # type: ignore[arg-type]  # lazy texts


def passphrase_field(label: object, name: str, help_text: object = "") -> forms.CharField:
    """A passphrase: any character, pasted or typed, never cut."""
    widget = forms.PasswordInput(attrs={"autocomplete": name})
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # a lazy text
        widget=widget,
        max_length=256,
        strip=False,
        help_text=help_text,  # type: ignore[arg-type]  # idem
    )


class LoginForm(forms.Form):
    """Address and passphrase."""

    email = forms.CharField(
        label=_("Work email"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    passphrase = passphrase_field(_("Passphrase"), "current-password")


class WelcomeForm(forms.Form):
    """The first administrator and the organisation."""

    organisation = forms.CharField(label=_("Name of the organisation"), max_length=150)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your work email"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    passphrase = passphrase_field(_("Passphrase"), "new-password", PASSPHRASE_HELP)


class ChoosePassphraseForm(forms.Form):
    """The passphrase of an invited person."""

    passphrase = passphrase_field(_("Passphrase"), "new-password", PASSPHRASE_HELP)


class ChangePassphraseForm(forms.Form):
    """The present passphrase and the new one."""

    current = passphrase_field(_("Present passphrase"), "current-password")
    passphrase = passphrase_field(_("New passphrase"), "new-password", PASSPHRASE_HELP)


class MeForm(forms.ModelForm[User]):
    """One's own name and display."""

    class Meta:
        model = User
        fields = ["name", "language", "theme", "density", "shortcuts_on"]
        widgets = {
            "language": forms.RadioSelect,
            "theme": forms.RadioSelect,
            "density": forms.RadioSelect,
        }


class OrganisationForm(forms.ModelForm[Organisation]):
    """The organisation and its language."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    language = forms.ChoiceField(
        label=_("Language of the organisation"),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_("Language of exports and of new accounts; each person chooses their own."),
    )

    class Meta:
        model = Organisation
        fields = ["name", "language"]


class PersonForm(forms.Form):
    """A new account."""

    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("Work email"))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=forms.RadioSelect)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.READER)
    scope = forms.ChoiceField(
        label=_("Applies to"), choices=Grant.Scope.choices, initial=Grant.Scope.ALL
    )
    scope_code = forms.CharField(
        label=_("Code of the unit or of the initiative"), max_length=40, required=False
    )
    valid_until = day_field(
        _("Access ends on"), help_text=_("Required for an external consultant.")
    )
    passphrase = forms.CharField(
        label=_("Passphrase"),
        required=False,
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Leave empty to get a link, valid 72 hours, for the person to choose it."),
    )


class AccountForm(forms.ModelForm[User]):
    """Name, language and end date of an account, for administrators."""

    valid_until = day_field(_("Access ends on"))

    class Meta:
        model = User
        fields = ["name", "language", "valid_until"]
        widgets = {"language": forms.RadioSelect}


class GrantForm(forms.Form):
    """A role, on what, until when."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    scope = forms.ChoiceField(label=_("Applies to"), choices=Grant.Scope.choices)
    scope_code = forms.CharField(
        label=_("Code of the unit or of the initiative"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"list": "unit-codes", "autocomplete": "off"}),
    )
    valid_until = day_field(_("Until"))

    @property
    def unit_codes(self) -> list[tuple[str, str]]:
        """Return the codes that the field proposes."""
        return scopes.codes(Grant.Scope.UNIT)


def _in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


class TokenForm(forms.Form):
    """A key for a program."""

    name = forms.CharField(
        label=_("What is it for?"), max_length=80, help_text=_("For instance: nightly export.")
    )
    may_write = forms.BooleanField(label=_("May write, not only read"), required=False)
    expires_on = day_field(_("Expires on"), required=True)

    def __init__(self, data: object = None) -> None:
        super().__init__(data, initial={"expires_on": _in_days(90)})  # type: ignore[arg-type]  # what was posted
