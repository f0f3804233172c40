"""A decision replaces another: once, by who decides there, and nothing of the former is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import cast
import factories
from governance.conftest import Council
from orchestre.governance import queries
from orchestre.governance.models import Body, Decision
from orchestre.governance.services import deciding, effects, meetings, minutes
from orchestre.governance.services.deciding import Choice
from orchestre.journal.models import ChangeSet
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.portfolio.models import Initiative

Verdict = Decision.Verdict


def taken(council: Council, **values: object) -> Decision:
    review = timezone.localdate() + timedelta(days=30)
    known: dict[str, object] = {"chosen": "Décaler", "decided_by": "DG", "review_on": review}
    choice = Choice(**{**known, **values})  # type: ignore[arg-type]  # the names are those of the class
    return deciding.record_outside(council.claire, council.body, "Décaler ?", choice)


def test_the_former_keeps_its_record_and_is_no_longer_judged(council: Council) -> None:
    former = taken(council)
    before = {name: getattr(former, name) for name in ("chosen", "question", "review_on", "code")}
    later = taken(council, chosen="Ne rien décaler", reason="Le budget a changé", replaces=former)
    former.refresh_from_db()
    assert {name: getattr(former, name) for name in before} == before
    assert former.verdict == Verdict.REPLACED
    assert queries.replacement(council.claire, former) == later
    assert former not in queries.to_review(council.claire, timezone.localdate() + timedelta(60))
    assert former not in queries.in_force(council.claire, council.body)
    written = ChangeSet.objects.latest("pk")
    assert (written.verb, written.undoable) == ("governance.decide", False)
    assert former.code in written.label
    assert written.changes.count() == 2


def test_a_verdict_that_was_given_is_kept(council: Council) -> None:
    former = taken(council)
    effects.give_verdict(council.claire, former, Verdict.PARTLY, "Une équipe sur deux")
    taken(council, replaces=former)
    former.refresh_from_db()
    assert (former.verdict, former.verdict_reason) == (Verdict.PARTLY, "Une équipe sur deux")


def test_what_is_replaced_is_neither_judged_nor_replaced_again(council: Council) -> None:
    former = taken(council)
    taken(council, replaces=former)
    former.refresh_from_db()
    with pytest.raises(DomainError, match="no longer judged"):
        effects.give_verdict(council.claire, former, Verdict.NOT, "Trop tard")
    with pytest.raises(DomainError) as refused:
        taken(council, replaces=former)
    assert refused.value.code == "already-replaced"
    assert Decision.objects.count() == 2
    with pytest.raises(DomainError):
        effects.give_verdict(council.claire, taken(council), "replaced", "Par personne")


def test_a_replacement_is_not_older_than_what_it_replaces(council: Council) -> None:
    former = taken(council)
    day = timezone.localdate() - timedelta(days=1)
    choice = Choice(chosen="Avant", decided_by="DG", replaces=former)
    with pytest.raises(DomainError) as refused:
        deciding.record_outside(council.claire, council.body, "Q", choice, decided_on=day)
    assert "decided_on" in refused.value.fields


def test_only_who_decides_where_it_was_taken_replaces_it(council: Council) -> None:
    former = taken(council)
    choice = Choice(chosen="Non", decided_by="Rosa", replaces=former)
    with pytest.raises(CannotDo):
        deciding.record_outside(cast.person("rosa"), council.body, "Q", choice)
    assert not former.replaced_by.exists()


def test_a_meeting_replaces_a_decision_and_its_minutes_say_so(council: Council) -> None:
    former = taken(council)
    council.open()
    choice = Choice(chosen="Garder la date", decided_by="DG", replaces=former)
    later = deciding.record(council.claire, council.item, choice)
    meetings.close_meeting(council.claire, council.meeting)
    signed = minutes.sign(council.claire, council.fresh(council.meeting), "Claire")
    told = next(one["decision"] for one in signed.content["items"] if one["decision"])
    assert (told["code"], told["replaces"]) == (later.code, former.code)


def test_the_page_leads_from_one_to_the_other(
    council: Council, as_person: Callable[[str], Client]
) -> None:
    former, client = taken(council), as_person("claire")
    page = reverse("governance:decision", args=[former.pk])
    url = reverse("governance:decision-replace", args=[former.pk])
    assert url in client.get(page).content.decode()
    form = client.get(url).content.decode()
    assert "keeps its record" in form
    assert "Décaler ?" in form
    today = timezone.localdate().isoformat()
    values = {"body": council.body.pk, "question": "Décaler ?", "chosen": "Non",
              "decided_on": today, "decided_by": "DG", "reason": "Le marché a changé"}  # fmt: skip
    empty = client.post(url, {**values, "chosen": ""})
    assert empty.status_code == 422
    sent = client.post(url, values)
    later = Decision.objects.exclude(pk=former.pk).get()
    assert sent.url == reverse("governance:decision", args=[later.pk])
    shown = client.get(page).content.decode()
    assert f"Replaced by {later.code}" in shown
    assert "Le marché a changé" in shown
    assert url not in shown
    assert reverse("governance:verdict", args=[former.pk]) not in shown
    assert f"Replaces {former.code}" in client.get(sent.url).content.decode()
    again = client.post(url, values)
    assert again.status_code == 422
    assert "already replaced" in again.content.decode()
    listed = client.get(reverse("governance:decisions")).content.decode()
    assert "replaced" in listed
    judged = client.get(f"{reverse('governance:decisions')}?show=judged").content.decode()
    assert former.code not in judged
    assert as_person("rosa").get(url).status_code == 403


def test_a_replacement_about_an_initiative_is_written_from_the_page(
    council: Council, as_person: Callable[[str], Client]
) -> None:
    initiative, former = factories.initiative("Caisse", code="IN-1"), taken(council)
    url, client = reverse("governance:decision-replace", args=[former.pk]), as_person("claire")
    values = {"body": council.body.pk, "question": "Q", "chosen": "Non", "decided_by": "DG",
              "decided_on": timezone.localdate().isoformat()}  # fmt: skip
    assert client.post(url, {**values, "initiative": "IN-404"}).status_code == 422
    assert client.post(url, {**values, "initiative": "in-1"}).status_code == 302
    assert former.replaced_by.get().initiative == initiative


def test_a_replacement_that_one_may_not_read_is_not_named(
    council: Council, secret: Initiative, as_person: Callable[[str], Client]
) -> None:
    Body.objects.filter(pk=council.body.pk).update(open_to_readers=True)
    former = taken(council)
    choice = Choice(chosen="Opération", decided_by="DG", replaces=former, reason="Voir Canari")
    later = deciding.record_outside(
        council.claire, council.body, "Canari ?", choice, initiative=secret
    )
    shown = as_person("rosa").get(reverse("governance:decision", args=[former.pk]))
    told = shown.content.decode()
    assert "A later decision replaces this one." in told
    assert later.code not in told
    assert "Canari" not in told
