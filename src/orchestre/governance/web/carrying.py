"""A scenario is carried to a committee."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from orchestre.access.reach import Person
from orchestre.governance import queries
from orchestre.governance.models import AgendaItem, Body, Meeting
from orchestre.governance.presenters import marks
from orchestre.governance.presenters.marks import address
from orchestre.governance.services import agenda
from orchestre.governance.web.steps import Step, step
from orchestre.org.entry import posted
from orchestre.sequencing import policy as drafts
from orchestre.sequencing.queries.scenarios import scenario as visible_scenario
from orchestre.ui.components import Link


class CarryForm(forms.Form):
    """The committee, with its next meeting."""

    body = forms.ChoiceField(label=gettext_lazy("Committee, and its next meeting"))


def _nearest(person: Person) -> list[tuple[Body, Meeting | None]]:
    """Return the committees one may carry to, the nearest meeting first."""
    found = [(one, queries.next_meeting(one)) for one in queries.bodies(person)]
    planned = [(body, one) for body, one in found if one is not None]
    planned.sort(key=lambda pair: pair[1].starts_at)
    return [*planned, *((body, None) for body, one in found if one is None)]


@require_http_methods(["GET", "POST"])
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose the next meeting, and write the question with its two options."""
    scenario = visible_scenario(request.user, pk)
    drafts.may_edit(request.user, scenario).require()
    nearest = _nearest(request.user)
    form = CarryForm(posted(request))
    form.fields["body"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
        (str(body.pk), str(meeting) if meeting else _("%s (no meeting planned)") % body)
        for body, meeting in nearest
    ]
    home = address("home")
    about = Step(
        _("Take to committee"),
        home,
        _("Carried to the committee."),
        (Link(scenario.name, marks.scenario(pk)),),
        lead=_("“%s” becomes a question with two options: apply it, or keep the plan as it is.")
        % scenario.name,
        submit=_("Put on the agenda"),
    )

    def save() -> AgendaItem | None:
        chosen = {str(body.pk): (body, meeting) for body, meeting in nearest}
        body, meeting = chosen[form.cleaned_data["body"]]
        return agenda.carry(request.user, scenario, body, meeting)

    def after(item: AgendaItem | None) -> str:
        return address("meeting", item.meeting_id) if item else home

    return step(request, form, save, about, after)
