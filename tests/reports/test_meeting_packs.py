"""The pack of a meeting: issued from its page, once, with its questions and no other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

import cast
from orchestre.access.models import User
from orchestre.governance.models import Body, Meeting
from orchestre.governance.services import agenda, bodies, meetings
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.reports.models import Publication
from orchestre.reports.pack_cli import publish
from orchestre.reports.presenters.pack.parts import KEYS
from orchestre.reports.rules.document import plain, thaw
from orchestre.reports.services import publishing
from orchestre.runs import jobs
from orchestre.runs.models import Run

pytestmark = pytest.mark.django_db
autodiscover_modules("jobs")


@pytest.fixture
def claire() -> User:
    cast.organisation()
    return cast.person("claire")


@pytest.fixture
def body(claire: User) -> Body:
    found = bodies.found_body(claire, {"name": "COPIL", "kind": "copil", "open_to_readers": True})
    found.secretary = cast.lead_of(0)
    found.save()
    return found


def planned(claire: User, body: Body, days: int, *titles: str) -> Meeting:
    at = timezone.now() + timedelta(days=days)
    meeting = meetings.plan_meeting(claire, body, {"starts_at": at, "minutes": 60})
    for title in titles:
        agenda.add_item(claire, meeting, {"title": title})
    return meeting


def written(run_url: str) -> Publication:
    run = Run.objects.get(pk=int(run_url.strip("/").rpartition("/")[2]))
    done = jobs.compute(run)
    assert done.status == Run.Status.DONE, done.message
    return Publication.objects.get(pk=done.summary["publication"])


def test_one_button_issues_the_pack_and_the_page_then_leads_to_it(
    claire: User, body: Body, as_person: Callable[[str], Client]
) -> None:
    questions = [f"Question {n}" for n in range(5)]
    meeting = planned(claire, body, 7, *questions)
    planned(claire, body, 3, "Une autre séance")
    client, page = as_person("claire"), reverse("governance:meeting", args=[meeting.pk])
    url = reverse("reports:meeting-pack", args=[meeting.pk])
    assert f'action="{url}"' in client.get(page).content.decode()
    sent = client.post(url)
    assert client.post(url).url == sent.url  # asked twice, written once
    told = client.get(page).content.decode()
    assert "It is being written." in told
    assert sent.url in told
    row = written(sent.url)
    assert (row.meeting, row.audience, row.previous) == (meeting, "COPIL", None)
    titles = [one.title for one in thaw(bytes(row.content)).sections]
    assert titles[:5] == questions
    assert "Une autre séance" not in plain(bytes(row.content)).decode()
    shown = client.get(page).content.decode()
    assert f'href="/packs/{row.pk}/"' in shown
    assert page in client.get(f"/packs/{row.pk}/").content.decode()


def test_the_next_pack_of_a_body_is_compared_with_its_last(claire: User, body: Body) -> None:
    first = planned(claire, body, 7, "Une question")
    run, _waits = publishing.ask(claire, publishing.for_meeting(claire, first, KEYS, "fr"), KEYS)
    row = written(f"/runs/{run.pk}/")
    second = planned(claire, body, 30)
    asked = publishing.for_meeting(claire, second, KEYS, "fr")
    assert (asked.previous, asked.meeting) == (row.pk, second.pk)


def test_who_may_not_publish_reads_why_and_readers_find_the_pack(
    claire: User, body: Body, as_person: Callable[[str], Client]
) -> None:
    meeting = planned(claire, body, 7, "Une question")
    page = reverse("governance:meeting", args=[meeting.pk])
    url = reverse("reports:meeting-pack", args=[meeting.pk])
    secretary = Client()
    assert body.secretary is not None
    secretary.force_login(body.secretary)
    assert "Only the transformation office" in secretary.get(page).content.decode()
    assert secretary.post(url).status_code == 403
    reader = as_person("rosa")
    assert "Pack of this meeting" not in reader.get(page).content.decode()
    row = written(as_person("claire").post(url).url)
    shown = reader.get(page).content.decode()
    assert f'href="/packs/{row.pk}/"' in shown
    assert url not in shown
    body.open_to_readers = False
    body.save()
    assert reader.get(f"/packs/{row.pk}/").status_code == 404  # it bears the name of the committee
    hidden = bodies.found_body(claire, {"name": "Cellule", "kind": "crisis"})
    closed = planned(claire, hidden, 7)
    assert reader.post(reverse("reports:meeting-pack", args=[closed.pk])).status_code == 404


def test_a_meeting_that_is_over_is_not_given_a_pack(
    claire: User, body: Body, as_person: Callable[[str], Client]
) -> None:
    meeting = planned(claire, body, 7, "Une question")
    meetings.open_meeting(claire, meeting)
    meetings.close_meeting(claire, meeting)
    meeting.refresh_from_db()
    client = as_person("claire")
    shown = client.get(reverse("governance:meeting", args=[meeting.pk])).content.decode()
    assert "This meeting is over" in shown
    assert client.post(reverse("reports:meeting-pack", args=[meeting.pk])).status_code == 403
    assert client.get(f"{reverse('reports:new-pack')}?meeting={meeting.pk}").status_code == 403
    with pytest.raises(CannotDo):
        publishing.ask(claire, publishing.for_meeting(claire, meeting, KEYS, "fr"), KEYS)


def test_a_meeting_cancelled_while_its_pack_is_written_publishes_nothing(
    claire: User, body: Body
) -> None:
    meeting = planned(claire, body, 7)
    asked = publishing.for_meeting(claire, meeting, KEYS, "fr")
    run, _waits = publishing.ask(claire, asked, KEYS)
    meetings.cancel_meeting(claire, meeting)
    done = jobs.compute(run)
    assert done.status == Run.Status.FAILED
    assert "cancelled meanwhile" in done.message or "annulée" in done.message
    assert not Publication.objects.exists()
    with pytest.raises(DomainError) as refused:
        publishing.ask(claire, asked, KEYS)
    assert "meeting" in refused.value.fields


def test_a_pack_outlives_its_meeting(claire: User, body: Body) -> None:
    meeting = planned(claire, body, 7)
    asked = publishing.for_meeting(claire, meeting, KEYS, "fr")
    run, _waits = publishing.ask(claire, asked, KEYS)
    row = written(f"/runs/{run.pk}/")
    before = row.fingerprint
    meetings.cancel_meeting(claire, meeting)
    row.refresh_from_db()
    assert (row.meeting, row.fingerprint) == (None, before)


def test_the_form_proposes_the_meeting_of_its_address(
    claire: User, body: Body, as_person: Callable[[str], Client]
) -> None:
    meeting = planned(claire, body, 7)
    client = as_person("claire")
    shown = client.get(f"{reverse('reports:new-pack')}?meeting={meeting.pk}").content.decode()
    assert f'<option value="{meeting.pk}" selected' in shown
    sent = client.post(
        reverse("reports:new-pack"),
        {"title": "COPIL", "audience": "COPIL", "parts": ["decisions"], "months_ahead": "6",
         "language": "fr", "previous": "", "meeting": str(meeting.pk)},
    )  # fmt: skip
    assert written(sent.url).meeting == meeting


def test_the_command_takes_a_meeting(claire: User, body: Body) -> None:
    meeting = planned(claire, body, 7)
    words = ["--as", claire.email, "--language", "fr", "--json"]
    done = CliRunner().invoke(publish, [*words, "--meeting", str(meeting.pk)])
    assert done.exit_code == 0, done.output
    assert Publication.objects.get().meeting == meeting
    refused = CliRunner().invoke(publish, [*words, "--meeting", "999999"])
    assert refused.exit_code == 1
