"""What the reader of the journal looks for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from orchestre.access.reach import Person
from orchestre.journal import queries
from orchestre.journal.presenters import family
from orchestre.journal.queries import Filters


class FilterForm(forms.Form):
    """Filters; an impossible value is left out rather than refused."""

    who = forms.TypedChoiceField(
        label=_("Person"), required=False, coerce=int, empty_value=None, choices=()
    )
    act = forms.ChoiceField(label=_("About"), required=False, choices=())
    q = forms.CharField(label=_("Words"), required=False, max_length=100)
    first = forms.DateField(
        label=_("First day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: object, person: Person) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the query string
        people = [(user.pk, str(user)) for user in queries.authors(person)]
        self.fields["who"].choices = [("", _("everybody")), *people]  # type: ignore[attr-defined]  # a choice field
        families = sorted(
            {(verb.partition(".")[0], family(verb)) for verb in queries.verbs(person)}
        )
        self.fields["act"].choices = [("", _("everything")), *families]  # type: ignore[attr-defined]  # idem

    def filters(self) -> Filters:
        """Return the filters that make sense."""
        self.full_clean()
        given = self.cleaned_data
        act = given.get("act") or ""
        return Filters(
            actor_id=given.get("who"),
            verb=f"{act}." if act else "",
            text=given.get("q") or "",
            first_day=given.get("first"),
            last_day=given.get("last"),
        )
