"""Long lists are told whole, and what is closed to a reader is neither named nor led to."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

import cast
from governance.conftest import Council, plan
from orchestre.governance.models import Action, AgendaItem, Decision, Matter, Meeting
from orchestre.governance.presenters import decisions as pages
from orchestre.governance.presenters import documents, home, raci
from orchestre.governance.presenters import matters as chains
from orchestre.governance.presenters import minutes as papers
from orchestre.governance.services import actions, agenda, bodies, proposals
from orchestre.governance.services.proposals import Proposal
from orchestre.kernel.errors import DomainError


def seen_by(name: str, address: str) -> str:
    client = Client()
    client.force_login(cast.person(name))
    return client.get(address).content.decode()


def decided(council: Council, number: int, **values: Any) -> Decision:
    known: dict[str, Any] = {"question": "Décaler ?", "chosen": "Oui", "decided_by": "DG"}
    return Decision.objects.create(
        code=f"D-2026-{number:03}", body=council.body, **{**known, **values}
    )


def test_long_lists_come_by_pages_and_say_how_many(council: Council) -> None:
    Action.objects.bulk_create(
        Action(code=f"A-{n}", what="Former", body=council.body) for n in range(101)
    )
    Matter.objects.bulk_create(
        Matter(code=f"R-{n}", title="Retard", body=council.body) for n in range(101)
    )
    for address in ("/governance/actions/", "/governance/matters/"):
        page = seen_by("claire", address)
        assert "1 to 100 of 101" in page
        assert "?show=open&amp;page=2" in page
        last = seen_by("claire", f"{address}?show=open&page=2")
        assert "101 to 101 of 101" in last
        assert last.count("gov-due") == 1
        assert "1 to 100 of 101" in seen_by("claire", f"{address}?page=x")


def test_every_decision_without_roles_is_told(council: Council) -> None:
    for number in range(205):
        decided(council, number)
    assert raci.gaps_page(council.claire).pager is not None
    last = raci.gaps_page(council.claire, "3")
    assert len(last.lines) == 5
    assert "201 to 205 of 205" in seen_by("claire", "/governance/raci/?page=3")


def test_every_verdict_that_is_late_is_counted(council: Council) -> None:
    day = timezone.localdate() - timedelta(days=2)
    for number in range(51):
        decided(council, number, review_on=day)
    notices = home.build(council.claire).notices
    assert notices[0].title.startswith("51 decisions wait")


def test_a_decision_does_not_lead_to_what_is_closed(council: Council, secret: Any) -> None:
    first = decided(council, 1)
    later = decided(council, 2, replaces=first, initiative=secret)
    rosa = cast.person("rosa")
    (told,) = pages.build(rosa, first).notices
    assert (told.title, told.text, told.actions) == ("A later decision replaces this one.", "", ())
    assert len(pages.build(council.claire, first).notices) == 1
    assert len(pages.build(council.claire, later).notices) == 1


def test_a_chain_stops_at_what_is_closed(council: Council, secret: Any) -> None:
    risk = Matter.objects.create(
        code="R-1", title="Canari", body=council.body, initiative=secret, state="converted"
    )
    issue = Matter.objects.create(
        code="I-1", kind="issue", title="Retard", body=council.body, came_from=risk
    )
    told = [one.title for one in chains.chain(cast.person("rosa"), issue)]
    assert told == ["I-1 Retard"]
    assert len(chains.chain(council.claire, issue)) == 2


def test_an_action_is_as_closed_as_the_decision_it_follows(council: Council, secret: Any) -> None:
    decision = decided(council, 1, initiative=secret)
    action = actions.add_action(
        council.claire, {"what": "Prévenir", "body": council.body, "decision": decision}
    )
    assert council.fresh(action).initiative_id == secret.pk
    assert "Prévenir" not in seen_by("rosa", "/governance/actions/")


def test_minutes_tell_the_day_where_the_organisation_lives(council: Council) -> None:
    late = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)  # 10 March, half past midnight in Paris
    Meeting.objects.filter(pk=council.meeting.pk).update(starts_at=late)
    paper = papers.paper(council.claire, council.fresh(council.meeting), None)
    assert paper.title == "Minutes of COPIL Relation client, 10 March 2026"


def test_minutes_are_read_in_as_many_queries_whatever_their_length(council: Council) -> None:
    def spent() -> int:
        with CaptureQueriesContext(connection) as queries:
            papers.paper(cast.person("rosa"), council.fresh(council.meeting), None)
        return len(queries)

    few = spent()
    for number in range(4):
        item = AgendaItem.objects.create(meeting=council.meeting, title=f"Q{number}", rank=number)
        made = decided(council, number, item=item, meeting=council.meeting)
        Action.objects.create(code=f"A-{number}", what="x", decision=made, owner=council.claire)
    assert spent() <= few + 2  # owners and actions, read at once


def test_a_term_is_followed_by_a_french_colon(council: Council) -> None:
    with translation.override("fr"):
        paper = papers.paper(council.claire, council.meeting, None)
        document = docx.Document(io.BytesIO(documents.word(paper)))
    terms = [one.text for one in document.paragraphs if one.text.startswith("Date")]
    assert terms
    assert terms[0].startswith("Date\N{NO-BREAK SPACE}: ")


def test_what_was_taken_up_meanwhile_is_not_put_twice(council: Council) -> None:
    matter = Matter.objects.create(
        code="I-1", kind="issue", title="Retard", body=council.body, state="converted"
    )
    AgendaItem.objects.filter(pk=council.item.pk).update(state="postponed")
    for source, key in (("matter", matter.pk), ("item", council.item.pk)):
        # the list of what is due was read before somebody else took it up
        due = Proposal(source, str(key), "Retard", "It waits.")
        with pytest.raises(DomainError, match="already on the agenda"):
            agenda.accept(council.claire, council.meeting, due)
    assert proposals.due(council.claire, council.meeting) == []


def test_meetings_are_listed_in_as_many_queries_whatever_their_number(council: Council) -> None:
    client = Client()
    client.force_login(council.claire)

    def spent(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
            found = len(queries)
        assert answer.status_code == 200
        return found

    spent("/api/v1/meetings")  # what a process learns once
    few = {one: spent(f"/api/v1/{one}") for one in ("meetings", "bodies")}
    for number in range(6):
        plan(council.claire, council.body, 10 + number)
        bodies.found_body(council.claire, {"name": f"COPIL {number}", "kind": "copil"})
    assert {one: spent(f"/api/v1/{one}") for one in few} == few
