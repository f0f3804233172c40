"""From an agenda to a decision: quorum, order, options, sealed opinions, one record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

import cast
import factories
from governance.conftest import Council, plan
from orchestre.governance import policy, queries
from orchestre.governance.models import AgendaItem, Decision, Opinion
from orchestre.governance.services import (
    actions,
    agenda,
    deciding,
    meetings,
    opinions,
    proposals,
)
from orchestre.interactions.models import Finding
from orchestre.journal.checking import verify
from orchestre.journal.models import Change, Entry
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.portfolio.models import Milestone


def choice(council: Council, **more: Any) -> deciding.Choice:
    option = council.item.options.get(recommended=True)
    given = {"chosen": option.title, "decided_by": "Directrice générale", "option": option}
    return deciding.Choice(**given | more)


def test_nothing_is_decided_before_the_meeting_opens_nor_without_quorum(council: Council) -> None:
    with pytest.raises(DomainError, match="Open the meeting first"):
        deciding.record(council.claire, council.item, choice(council))
    meetings.open_meeting(council.claire, council.meeting)
    meetings.mark_presence(council.claire, council.meeting, {council.chair.pk: "present"})
    with pytest.raises(DomainError, match="1 voting members of the 2 needed"):
        deciding.record(council.claire, council.item, choice(council))
    assert not Decision.objects.exists()
    assert council.fresh(council.item).state == AgendaItem.State.PLANNED


def test_a_decision_keeps_what_was_refused_and_who_was_there(council: Council) -> None:
    council.open()
    meetings.turn_to(council.claire, council.item)
    other = council.item.options.get(does_nothing=True)
    found = deciding.record(
        council.claire,
        council.item,
        choice(council, why_not={other.pk: "La saturation coûte 900 heures."}),
    )
    assert found.code == f"D-{timezone.localdate().year}-001"
    assert found.discarded == [
        {"title": "Ne rien faire", "consequence": "", "why": "La saturation coûte 900 heures."}
    ]
    assert set(found.present) == {"Directrice générale", "Rosa Reader", "Directeur financier"}
    assert council.fresh(council.item).state == AgendaItem.State.DECIDED
    with pytest.raises(DomainError, match="already decided"):
        deciding.record(council.claire, council.item, choice(council))
    with pytest.raises(DomainError, match="replaces the first"):
        agenda.change_item(council.claire, council.item, {"title": "Autre"})
    assert Decision.objects.count() == 1


def test_a_reader_who_sits_reads_and_neither_prepares_nor_decides(council: Council) -> None:
    rosa = cast.person("rosa")
    council.open()
    assert queries.item(rosa, council.item.pk) == council.item
    for act in (
        lambda: deciding.record(rosa, council.item, choice(council)),
        lambda: agenda.add_item(rosa, council.meeting, {"title": "Autre"}),
        lambda: meetings.close_meeting(rosa, council.meeting),
    ):
        with pytest.raises(CannotDo):
            act()
    marc = cast.manager_of(factories.unit("Agences").pk)
    assert not policy.visible_bodies(marc).exists()


def test_the_secretary_prepares_without_any_role(council: Council) -> None:
    noam = cast.person("noam")
    assert not policy.visible_bodies(noam).exists()
    council.body.secretary = noam
    council.body.save()
    assert agenda.add_item(noam, council.meeting, {"title": "Point du secrétaire"}).rank == 2


def test_confidential_questions_are_counted_and_never_named(council: Council, secret: Any) -> None:
    agenda.add_item(council.claire, council.meeting, {"title": "Canari ?", "initiative": secret})
    rosa, aude = cast.person("rosa"), cast.person("aude")
    for person in (rosa, aude):
        found = queries.agenda(person, council.meeting)
        assert ([one.title for one in found.items], found.hidden) == ([council.item.title], 1)
    assert queries.agenda(council.claire, council.meeting).hidden == 0


def test_opinions_are_sealed_one_by_one_and_opened_together(council: Council) -> None:
    rosa, aude = cast.person("rosa"), cast.person("aude")
    asked = [opinions.ask(council.claire, council.item, one) for one in (rosa, aude)]
    opinions.give(rosa, asked[0], "against", "Pas avant la clôture.")
    seal = council.fresh(asked[0]).seal
    assert Entry.objects.filter(body__contains=seal).exists()
    for person in (council.claire, aude):
        assert not policy.readable_opinions(person).filter(user=rosa).exists()
    with pytest.raises(CannotDo, match="Only the person who was asked"):
        opinions.give(aude, asked[0], "for", "")
    council.open()
    meetings.turn_to(council.claire, council.item)
    opened = set(Opinion.objects.values_list("opened_at", flat=True))
    assert len(opened) == 1
    assert None not in opened
    assert opinions.holds(council.fresh(asked[0])) is True
    assert policy.readable_opinions(aude).filter(user=rosa).exists()
    with pytest.raises(CannotDo, match="no longer changes"):
        opinions.give(rosa, council.fresh(asked[0]), "for", "Tout compte fait, oui.")


def test_a_changed_opinion_no_longer_matches_its_seal(council: Council) -> None:
    rosa = cast.person("rosa")
    asked = opinions.ask(council.claire, council.item, rosa)
    opinions.give(rosa, asked, "for", "Oui.")
    Opinion.objects.update(text="Oui, sans réserve.")
    assert opinions.holds(council.fresh(asked)) is False


def test_the_journal_never_holds_the_salt_nor_shows_the_words_before(council: Council) -> None:
    rosa = cast.person("rosa")
    asked = opinions.ask(council.claire, council.item, rosa)
    opinions.give(rosa, asked, "for", "Oui.")
    salt = council.fresh(asked).salt
    changes = Change.objects.filter(model="governance.opinion")
    assert salt
    assert not any(salt in str(one.after) for one in changes)
    from orchestre.journal import policy as journal  # noqa: PLC0415 - beside what it proves

    unread = journal.unread_changes(council.claire)
    assert changes.filter(unread, after__has_key="text").exists()


def test_items_move_and_the_order_is_whole(council: Council) -> None:
    two = agenda.add_item(council.claire, council.meeting, {"title": "Deux"})
    three = agenda.add_item(council.claire, council.meeting, {"title": "Trois"})
    agenda.move_item(council.claire, three, -1)
    agenda.move_item(council.claire, council.fresh(council.item), 1)
    titles = council.meeting.items.order_by("rank").values_list("title", "rank")
    assert list(titles) == [("Trois", 1), (council.item.title, 2), ("Deux", 3)]
    assert two.pk


def test_four_options_at_most_and_one_recommended(council: Council) -> None:
    agenda.add_option(council.claire, council.item, {"title": "Renforcer", "recommended": True})
    agenda.add_option(council.claire, council.item, {"title": "Réduire"})
    assert council.item.options.filter(recommended=True).count() == 1
    with pytest.raises(DomainError, match="Four options at most"):
        agenda.add_option(council.claire, council.item, {"title": "Encore"})


def test_a_postponed_question_keeps_the_day_it_was_asked(council: Council) -> None:
    council.item.asked_on = timezone.localdate() - timedelta(days=40)
    council.item.save()
    later = plan(council.claire, council.body, days=35)
    copy = agenda.postpone_item(council.claire, council.item, later)
    assert copy.asked_on == council.item.asked_on
    assert copy.options.count() == 2
    assert council.fresh(council.item).state == AgendaItem.State.POSTPONED
    # asked once: the first of the two no longer waits
    assert queries.flow(council.claire).waiting == 1


def test_what_is_due_is_proposed_once(council: Council) -> None:
    claire, today = council.claire, timezone.localdate()
    one = factories.initiative("Nouvelle caisse", code="IN-14")
    Milestone.objects.create(
        initiative=one, name="Passage en CSE", kind="legal", forecast_on=today + timedelta(days=10)
    )
    Milestone.objects.create(
        initiative=one, name="Trop loin", kind="gate", forecast_on=today + timedelta(days=300)
    )
    finding = Finding.objects.create(key="f" * 32, kind="interference", rule="same-people")
    finding.initiatives.add(one)
    actions.add_action(
        claire,
        {
            "what": "Former",
            "owner_name": "DRH",
            "body": council.body,
            "due_on": today - timedelta(3),
        },
    )
    deciding.record_outside(
        claire,
        council.body,
        "Réduire le périmètre ?",
        deciding.Choice("Réduire", "DG", review_on=today + timedelta(days=20)),
    )
    found = proposals.due(claire, council.meeting)
    assert sorted(one.source for one in found) == ["action", "finding", "gate", "review"]
    gate = proposals.named(claire, council.meeting, "gate", str(Milestone.objects.first().pk))
    late = proposals.named(claire, council.meeting, "action", found[1].key)
    assert gate is not None
    assert late is not None
    agenda.accept(claire, council.meeting, gate)
    agenda.set_aside(claire, council.meeting, late)
    left = sorted(one.source for one in proposals.due(claire, council.meeting))
    assert left == ["finding", "review"]
    with pytest.raises(DomainError, match="already on the agenda"):
        agenda.accept(claire, council.meeting, gate)
    # left out of one agenda, it comes back for the next one
    again = proposals.due(claire, plan(claire, council.body, days=21))
    assert "action" in {one.source for one in again}


def test_a_proposal_never_names_a_confidential_initiative(council: Council, secret: Any) -> None:
    finding = Finding.objects.create(key="s" * 32, kind="overload", rule="overload", score=1.0)
    finding.initiatives.add(secret)
    titles = [one.title for one in proposals.due(council.claire, council.meeting)]
    assert titles
    assert not any("Canari" in title for title in titles)


def test_the_chain_holds_after_a_whole_meeting(council: Council) -> None:
    council.open()
    meetings.turn_to(council.claire, council.item)
    deciding.record(council.claire, council.item, choice(council))
    meetings.close_meeting(council.claire, council.meeting)
    assert verify()[1] is None
