"""The filters of the list, as a form that is sent with GET."""

from __future__ import annotations

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from orchestre.access.reach import Person
from orchestre.portfolio.models import Initiative
from orchestre.portfolio.presenters.words import GROUP_LABELS, capital, lazy_capital
from orchestre.portfolio.queries.beside import Menus, menus
from orchestre.portfolio.rules.view import View

ANY = ("", _("any"))


def _ticks(label: object, choices: list[tuple[str, str | Promise]]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,  # type: ignore[arg-type]  # lazy words
        choices=[(value, lazy_capital(text)) for value, text in choices],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class FilterForm(forms.Form):
    """Shown with the state of the view; the address is read by `rules.view`, not by this form."""

    stage = _ticks(_("Stage"), list(Initiative.Stage.choices))
    health = _ticks(_("One of the healths"), [])
    family = _ticks(_("Family"), list(Initiative.Family.choices))
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    sponsor = forms.ChoiceField(label=_("Sponsor"), required=False)
    lead = forms.ChoiceField(label=_("Lead"), required=False)
    starts_after = forms.DateField(
        label=_("Starts on or after"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    ends_before = forms.DateField(
        label=_("Ends before"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, person: Person, view: View) -> None:
        initial: dict[str, object] = {
            name: list(view.values(name)) for name in ("stage", "health", "family")
        }
        initial |= {
            name: next(iter(view.values(name)), "")
            for name in ("unit", "programme", "sponsor", "lead", "starts_after", "ends_before")
        }
        super().__init__(initial=initial, auto_id="filter_%s")
        self._offer(menus(person), view)

    def _offer(self, known: Menus, view: View) -> None:
        self._choose(
            "health",
            [
                ("off", capital(Initiative.Health.OFF.label)),
                ("watch", capital(Initiative.Health.WATCH.label)),
                ("unknown", capital(Initiative.Health.UNKNOWN.label)),
            ],
        )
        self._choose("unit", [ANY, *known.units])
        self._choose("programme", [ANY, *known.programmes])
        for name, names in (("sponsor", known.sponsors), ("lead", known.leads)):
            asked = [value for value in view.values(name) if value not in names]
            self._choose(name, [ANY, *((value, value) for value in (*asked, *names))])

    def _choose(self, name: str, choices: list[tuple[object, object]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


FLAGS = (
    ("dates", "missing", _("Dates are missing")),
    ("news", "stale", _("No news for more than 30 days")),
    ("objective", "none", _("Serves no objective")),
    ("mandatory", "1", _("Mandatory")),
    ("micro", "1", _("Micro-change")),
    ("archived", "1", _("Archived")),
)


def flags(view: View) -> list[tuple[str, str, object, bool]]:
    """Return the conditions that are ticked or not: name, value, words, ticked."""
    return [(name, value, words, value in view.values(name)) for name, value, words in FLAGS]


def groups(view: View) -> list[tuple[str, str, bool]]:
    """Return the groupings: value, words, chosen."""
    chosen = [(name, str(label), name == view.group) for name, label in GROUP_LABELS.items()]
    return [("", str(_("No grouping")), not view.group), *chosen]
