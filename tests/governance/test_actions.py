"""Actions with their reminders, the chain from a risk to a change, who answers for what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

import cast
from governance.conftest import Council
from orchestre.cockpit.queries.tasks import everything
from orchestre.governance import queries
from orchestre.governance.models import Action, Decision, Matter
from orchestre.governance.presenters import matters as chains
from orchestre.governance.presenters import raci as panels
from orchestre.governance.services import actions, agenda, deciding, matters, meetings, raci
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.kernel.errors import CannotDo, DomainError, StaleVersion


def added(council: Council, **values: object) -> Action:
    given = {"what": "Former les relais", "body": council.body, "owner_name": "DRH"}
    return actions.add_action(council.claire, given | values)


def test_the_most_overdue_comes_first_and_what_has_no_date_last(council: Council) -> None:
    today = timezone.localdate()
    undated, old, recent = (
        added(council, due_on=day)
        for day in (None, today - timedelta(days=9), today - timedelta(days=2))
    )
    assert list(queries.open_actions(council.claire)) == [old, recent, undated]
    assert queries.late_actions(council.claire).count() == 2


def test_a_reminder_is_counted_and_the_owner_has_it_to_do(council: Council) -> None:
    rosa = cast.person("rosa")
    action = added(council, owner=rosa, owner_name="")
    assert action.owner_name == "Rosa Reader"
    for note in ("Rien encore", "Lundi"):
        actions.chase(council.claire, action, note)
    kept = council.fresh(action)
    assert (kept.chases, kept.chase_note) == (2, "Lundi")
    assert [one.ref for one in everything(rosa) if one.kind == "action"] == [str(action.pk)]
    actions.finish(rosa, action, "Douze relais formés")
    assert not [one for one in everything(rosa) if one.kind == "action"]
    with pytest.raises(DomainError, match="no longer to do"):
        actions.chase(council.claire, action)


def test_an_action_is_not_dropped_without_a_reason_nor_by_anybody(council: Council) -> None:
    action = added(council)
    with pytest.raises(DomainError, match="Say why it is dropped"):
        actions.finish(council.claire, action, dropped=True)
    with pytest.raises(CannotDo):
        actions.finish(cast.person("rosa"), action, "Fait")


def test_two_secretaries_at_once_lose_nothing(council: Council) -> None:
    action = added(council)
    seen = action.version
    actions.change_action(
        council.claire, council.fresh(action), {"what": "Former tous les relais"},
        expected_version=seen,
    )  # fmt: skip
    day = timezone.localdate() + timedelta(days=8)
    actions.change_action(
        council.claire, council.fresh(action), {"due_on": day}, expected_version=seen
    )
    with pytest.raises(StaleVersion):
        actions.change_action(
            council.claire, council.fresh(action), {"what": "Autre"}, expected_version=seen
        )
    kept = council.fresh(action)
    assert (kept.what, kept.due_on) == ("Former tous les relais", day)


def test_a_risk_goes_all_the_way_to_a_change_request(council: Council) -> None:
    claire = council.claire
    risk = matters.open_matter(claire, {"title": "Absences", "body": council.body})
    issue = matters.becomes_issue(claire, risk)
    with pytest.raises(DomainError, match="already “converted”"):
        matters.becomes_issue(claire, risk)
    item = matters.becomes_question(claire, issue, council.meeting)
    council.open()
    meetings.turn_to(claire, item)
    decision = deciding.record(claire, item, deciding.Choice("Renforcer", "DG"))
    action = added(council, decision=decision)
    request = matters.becomes_change_request(claire, action)
    told = [ring.kind for ring in chains.chain(claire, council.fresh(issue))]
    assert told == ["risk", "issue", "question", "decision", "action", "change request"]
    assert request.kind == Matter.Kind.CHANGE_REQUEST
    assert [ring.kind for ring in chains.chain(claire, request)] == [
        "decision", "action", "change request",
    ]  # fmt: skip


def test_gaps_are_told_until_one_answers(council: Council) -> None:
    decision = deciding.record_outside(
        council.claire, council.body, "Réduire ?", deciding.Choice("Réduire", "DG")
    )
    assert [one.title for one in panels.gaps_page(council.claire).lines] == [str(decision)]
    raci.give(council.claire, decision, "A", "DG")
    raci.give(council.claire, decision, "R", "DRH")
    assert not panels.gaps_page(council.claire).lines
    raci.give(council.claire, decision, "A", "DAF")
    (line,) = panels.gaps_page(council.claire).lines
    assert line.sentences == ("Several people answer for it: keep one A.",)


def test_an_agenda_comes_back_by_undo(council: Council) -> None:
    item = agenda.add_item(council.claire, council.meeting, {"title": "À retirer"})
    agenda.remove_item(council.claire, item)
    undo(council.claire, ChangeSet.objects.get(verb="governance.remove-item"))
    assert council.meeting.items.filter(title="À retirer").exists()


def test_a_meeting_is_walked_with_forms_alone(council: Council) -> None:
    browser = Client()
    browser.force_login(council.claire)
    home = f"/governance/meetings/{council.meeting.pk}/"
    said = {f"member-{one.pk}": "present" for one in council.body.members.all()}
    browser.post(f"{home}presence/", said)
    assert browser.post(f"{home}open/").url == f"{home}screen/"
    item = f"/governance/items/{council.item.pk}/"
    browser.post(f"{item}open/")
    option = council.item.options.get(does_nothing=True)
    shown = browser.get(f"{item}decide/?option={option.pk}")
    assert "The plan does not change" in shown.content.decode()
    answer = browser.post(
        f"{item}decide/", {"option": option.pk, "decided_by": "DG", "review_on": ""}
    )
    assert answer.status_code == 302
    assert Decision.objects.get().chosen == "Ne rien faire"
    again = browser.post(f"{item}decide/", {"option": option.pk, "decided_by": "DG"})
    assert again.status_code == 422
    assert Decision.objects.count() == 1
