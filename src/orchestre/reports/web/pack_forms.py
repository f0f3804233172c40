"""What is asked of a pack before it is written."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from orchestre.access.reach import Person
from orchestre.governance import queries as committees
from orchestre.reports import policy, queries
from orchestre.reports.presenters.pack.parts import PARTS
from orchestre.reports.rules.asked import MONTHS, PackAsked

MOST_MEETINGS = 30


class PackForm(forms.Form):
    """A pack to be written."""

    title = forms.CharField(label=_("Title"), max_length=200)
    audience = forms.CharField(
        label=_("For whom"),
        max_length=150,
        required=False,
        help_text=_("The committee that receives it: it is compared with the one before."),
    )
    parts = forms.MultipleChoiceField(
        label=_("Parts"), choices=(), widget=forms.CheckboxSelectMultiple
    )
    months_ahead = forms.TypedChoiceField(
        label=_("Months ahead"), coerce=int, choices=[(one, str(one)) for one in MONTHS]
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    previous = forms.TypedChoiceField(
        label=_("Compared with"), required=False, coerce=int, empty_value=None
    )
    meeting = forms.TypedChoiceField(
        label=_("Meeting"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("The decisions asked are then those of its agenda, and no other."),
    )
    confidential = forms.BooleanField(
        label=_("Name the confidential initiatives"),
        required=False,
        help_text=_("Only who may read them will open this pack here; mind the files."),
    )

    def __init__(self, data: Any, person: Person, usual: PackAsked) -> None:  # noqa: ANN401 - a query dict
        rows = list(queries.publications(person)[:20])
        known = {one.name: getattr(usual, one.name) for one in fields(usual)}
        super().__init__(data, initial={**known, "parts": list(usual.parts)})
        if usual.previous and usual.previous not in {one.pk for one in rows}:
            rows += queries.publications(person).filter(pk=usual.previous)
        self._choices("parts", [(part.key, label) for part, label in PARTS])
        self._choices("previous", [("", _("No comparison")), *((one.pk, str(one)) for one in rows)])
        meetings = [(one.pk, str(one)) for one in committees.upcoming(person, most=MOST_MEETINGS)]
        self._choices("meeting", [("", _("No meeting")), *meetings])
        if not policy.may_name_confidential(person):
            del self.fields["confidential"]

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices

    def asked(self) -> PackAsked:
        """Return what was asked, once it is valid."""
        told = self.cleaned_data
        return PackAsked(
            title=told["title"],
            audience=told["audience"],
            language=told["language"],
            parts=tuple(part.key for part, _label in PARTS if part.key in told["parts"]),
            months_ahead=told["months_ahead"],
            confidential=told.get("confidential", False),
            previous=told["previous"],
            meeting=told["meeting"],
        )


class TemplateForm(forms.Form):
    """Slides of the organisation."""

    name = forms.CharField(label=_("Name"), max_length=100)
    file = forms.FileField(
        label=_("PowerPoint template (.pptx)"),
        widget=forms.FileInput(attrs={"accept": ".pptx"}),
    )
