"""The pack of a meeting, beside its agenda: issued, being written, to be issued, or why not."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from orchestre.access.reach import Person
from orchestre.governance import policy as committees
from orchestre.governance.models import Meeting
from orchestre.governance.presenters.panels import MeetingPanel
from orchestre.kernel.decisions import Decision, Denied
from orchestre.reports import policy, queries
from orchestre.reports.models import Publication
from orchestre.reports.services import publishing
from orchestre.runs import policy as computations
from orchestre.runs.models import Run
from orchestre.ui import formats
from orchestre.ui.components import Button, Link


def panel(person: Person, meeting: Meeting) -> MeetingPanel | None:
    """Show the packs of a meeting; nothing to who neither reads one nor prepares the meeting."""
    packs = queries.of_meeting(person, meeting)
    links = tuple((_link(one), _told(one)) for one in packs)
    run = publishing.being_written(meeting)
    allowed = policy.may_publish_for(person, meeting)
    title = _("Pack of this meeting")
    if run is not None and policy.may_publish(person):
        return MeetingPanel("pack", title, links, _follow(person, run), _("It is being written."))
    if allowed:
        return MeetingPanel("pack", title, links, _issue(meeting, again=bool(packs)), _what(packs))
    if packs:
        return MeetingPanel("pack", title, links)
    if not committees.may_run(person, meeting.body):
        return None
    return MeetingPanel("pack", title, sentence=_refused(allowed))


def _refused(answer: Decision) -> str:
    return str(answer.reason) if isinstance(answer, Denied) else ""


def _link(row: Publication) -> Link:
    return Link(row.title, reverse("reports:pack", args=[row.pk]))


def _told(row: Publication) -> str:
    told = _("published on %(when)s by %(who)s") % {
        "when": formats.instant(row.published_at),
        "who": row.published_by or "–",
    }
    return f"{told} · {row.get_language_display()}"


def _follow(person: Person, run: Run) -> tuple[Button, ...]:
    if not computations.visible_to(person).filter(pk=run.pk).exists():
        return ()
    return (Button(_("Follow the writing"), reverse("runs:show", args=[run.pk])),)


def _what(packs: list[Publication]) -> str:
    if packs:
        return _("A pack is never changed: another one says what differs.")
    return _(
        "Its questions with their options, then the state of the portfolio, frozen as PDF, slides "
        "and workbook. Open to who reads the whole portfolio and the committees it quotes."
    )


def _issue(meeting: Meeting, *, again: bool) -> tuple[Button, ...]:
    label = _("Publish another pack") if again else _("Publish the pack")
    url = reverse("reports:meeting-pack", args=[meeting.pk])
    other = f"{reverse('reports:new-pack')}?meeting={meeting.pk}"
    return (
        Button(label, url, icon="file", method="post"),
        Button(_("Choose its parts"), other, "quiet"),
    )
