"""One wave is moved by hand in a scenario: by its bar, by a form; refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

import cast
import factories as make
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.kernel.errors import DomainError, StaleVersion
from orchestre.org.models import CalendarPeriod
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.models import Dependency
from orchestre.portfolio.rules.dates import Frozen, Link, Span
from orchestre.sequencing import services
from orchestre.sequencing.models import LegalStep, Override, PlanningRule
from orchestre.sequencing.queries.scenarios import edits
from orchestre.sequencing.rules.waves import Bounds, Kind, breaches, stretched
from orchestre.sequencing.services import gauges, live

SignIn = Callable[[str], Client]
WEEK = 7
MAY, LATER = date(2026, 5, 4), date(2026, 5, 11)


@pytest.fixture
def split(plan: SimpleNamespace) -> SimpleNamespace:
    """Give IN-B dates and two waves to come: the people of the plan in May, others in June."""
    claire = cast.person("claire")
    other = make.population("Agences Est", plan.unit, code="EAST", headcount=40)
    make.impact(plan.second, other, hours_per_person=8.0)
    second = plan.second
    second.starts_on, second.ends_on = date(2026, 1, 5), date(2026, 7, 6)
    second.save()
    west = portfolio.add_wave(
        claire, second, name="Ouest", go_live_on=MAY, populations=[plan.people]
    )
    east = portfolio.add_wave(
        claire, second, name="Est", go_live_on=date(2026, 6, 1), populations=[other]
    )
    made = services.draft(claire, "Ouest attend")
    return SimpleNamespace(
        claire=claire, plan=plan, one=second, west=west, east=east, made=made, unit=plan.unit
    )


def close_the_books() -> None:
    CalendarPeriod.objects.create(
        name="Clôture", kind="freeze", starts_on=LATER, ends_on=date(2026, 5, 18)
    )
    live.forget()


def at(split: SimpleNamespace, name: str = "wave", wave: object = None) -> str:
    moved = wave or split.west
    return reverse(f"sequencing:{name}", args=[split.made.pk, "IN-B", moved.pk])  # type: ignore[attr-defined]  # a wave


def test_one_wave_moves_alone_and_comes_back(split: SimpleNamespace) -> None:
    found = services.move_wave(split.claire, split.made, split.west, LATER, seen_on=MAY)
    assert found is not None
    assert found.waves == {str(split.west.pk): WEEK}
    assert found.shift_days is None
    again = services.move_wave(split.claire, split.made, split.west, MAY)
    assert again is None
    assert not Override.objects.exists()


def test_its_place_is_kept_when_the_initiative_moved_first(split: SimpleNamespace) -> None:
    services.override(split.claire, split.made, split.one, {"shift_days": 14})
    services.move_wave(split.claire, split.made, split.west, LATER, seen_on=date(2026, 5, 18))
    (row,) = Override.objects.all()
    assert (row.shift_days, row.waves) == (14, {str(split.west.pk): -WEEK})
    whole = gauges.measure_edits(edits(split.made))
    assert whole.moved == ("IN-B",)


def test_two_people_on_two_waves_do_not_meet_and_on_one_they_do(split: SimpleNamespace) -> None:
    services.move_wave(split.claire, split.made, split.east, date(2026, 6, 8), seen_on=None)
    services.move_wave(split.claire, split.made, split.west, LATER, seen_on=MAY)
    (row,) = Override.objects.all()
    assert row.waves == {str(split.west.pk): WEEK, str(split.east.pk): WEEK}
    with pytest.raises(StaleVersion) as refused:
        services.move_wave(split.claire, split.made, split.west, date(2026, 5, 25), seen_on=MAY)
    (clash,) = refused.value.conflict.clashes
    assert (clash.field, clash.mine, clash.theirs) == ("go_live_on", "2026-05-25", "2026-05-11")


def test_a_move_is_one_act_that_is_undone(split: SimpleNamespace) -> None:
    services.move_wave(split.claire, split.made, split.west, LATER)
    done = ChangeSet.objects.order_by("pk").last()
    assert done is not None
    assert done.label == "Ouest attend: moved the wave “Ouest” of IN-B"
    undo(split.claire, done)
    assert not Override.objects.exists()


def test_the_refusals_are_sentences(split: SimpleNamespace) -> None:
    def refused(day: date) -> str:
        with pytest.raises(DomainError) as found:
            services.move_wave(split.claire, split.made, split.west, day)
        assert found.value.fields["go_live_on"]
        return str(found.value)

    close_the_books()
    assert "during “Clôture”, when nothing goes live. Choose a day up to 10 May 2026" in refused(
        LATER
    )
    rule = PlanningRule.objects.create(  # the wave is four weeks after the go-live of IN-B
        initiative=split.one, earliest_on=date(2026, 3, 30), latest_on=date(2026, 5, 11)
    )
    assert "The window of IN-B opens on 27 April 2026 for “Ouest”" in refused(date(2026, 4, 20))
    assert "The window of IN-B closes on 8 June 2026 for “Ouest”" in refused(date(2026, 6, 15))
    assert "2 February 2026 is past" in refused(date(2026, 2, 2))
    rule.fixed = True
    rule.save()
    assert "IN-B does not move: change its planning rule first." in refused(date(2026, 5, 25))
    rule.delete()
    LegalStep.objects.create(
        initiative=split.one, name="Avis du CSE", opens_on=date(2026, 4, 6), delay_weeks=4
    )
    assert "“Avis du CSE” must come first: IN-B may go live from 4 May 2026" in refused(
        date(2026, 4, 27)
    )


def test_a_wave_outside_its_initiative_may_break_a_dependency(split: SimpleNamespace) -> None:
    first = split.plan.first
    first.starts_on, first.ends_on = date(2026, 7, 6), date(2026, 10, 5)
    first.save()
    Dependency.objects.create(predecessor=split.one, successor=first, kind="FS", what="Lots")
    with pytest.raises(DomainError, match="would leave the dates of IN-B, and IN-A needs IN-B"):
        services.move_wave(split.claire, split.made, split.east, date(2026, 7, 20))
    first.confidential = True
    first.save()
    with pytest.raises(DomainError, match="an initiative that is not open to you"):
        services.move_wave(cast.person("paul"), _shared(split), split.east, date(2026, 7, 20))


def _shared(split: SimpleNamespace) -> object:
    return services.share(split.claire, split.made)


def test_the_interface_refuses_as_the_page_does(split: SimpleNamespace) -> None:
    close_the_books()
    with pytest.raises(DomainError, match="Clôture"):
        services.override(split.claire, split.made, split.one, {"waves": {str(split.west.pk): 7}})


def test_a_wave_that_went_live_does_not_move(split: SimpleNamespace) -> None:
    split.west.go_live_on = date(2026, 2, 2)
    split.west.save()
    with pytest.raises(DomainError, match="it no longer moves"):
        services.move_wave(split.claire, split.made, split.west, LATER)


def test_the_bar_of_a_wave_is_drawn_and_its_preview_writes_nothing(
    split: SimpleNamespace, as_person: SignIn
) -> None:
    client = as_person("claire")
    shown = client.get(reverse("sequencing:show", args=[split.made.pk])).content.decode()
    assert f'data-bar="wave-{split.west.pk}"' in shown
    assert f'data-with="{split.one.pk}"' in shown
    assert "A narrow bar is the week" in shown
    page = client.get(at(split, "wave-preview") + "?shift=4").content.decode()
    assert "IN-B, wave “Ouest”: 4 weeks later, on 1 June 2026" in page
    assert 'name="go_live_on" value="2026-06-01"' in page
    assert 'id="gauges"' in page
    assert not Override.objects.exists()
    close_the_books()
    refused = client.get(at(split, "wave-preview") + "?shift=1").content.decode()
    assert "during “Clôture”" in refused
    assert "<form" not in refused


def test_dropping_the_bar_of_a_wave_draws_the_page_again(
    split: SimpleNamespace, as_person: SignIn
) -> None:
    answer = as_person("claire").post(
        at(split),
        {"go_live_on": "2026-05-11", "version": str(MAY.toordinal())},
        headers={"HX-Request": "true"},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'data-moved="wave-{split.west.pk}"' in page
    assert "1 wave moved apart" in page
    assert "(1 week later)" in page


def test_without_script_a_form_moves_it_and_a_conflict_shows_both_days(
    split: SimpleNamespace, as_person: SignIn
) -> None:
    client = as_person("claire")
    page = client.get(at(split)).content.decode()
    assert "One week later" in page
    seen = {"version": str(MAY.toordinal())}
    assert client.post(at(split), {"go_live_on": "11/05/2026", **seen}).status_code == 302
    clash = client.post(at(split), {"go_live_on": "25/05/2026", **seen})
    assert clash.status_code == 412
    told = clash.content.decode()
    assert "11 May 2026" in told
    assert "25 May 2026" in told
    mine = {"go_live_on": "25/05/2026", "version": str(LATER.toordinal())}
    theirs = client.post(at(split), {**mine, "keep-go_live_on": "theirs"})
    assert theirs.status_code == 302
    assert Override.objects.get().waves == {str(split.west.pk): WEEK}
    assert client.post(at(split), {**mine, "keep-go_live_on": "mine"}).status_code == 302
    assert Override.objects.get().waves == {str(split.west.pk): 21}
    drawn = client.post(
        at(split), {"go_live_on": "2026-05-04", **seen}, headers={"HX-Request": "true"}
    )
    assert drawn.headers["HX-Retarget"] == "[data-roadmap-preview]"
    assert client.post(at(split), {"go_live_on": "soon"}).status_code == 200
    refused = client.post(at(split), {"go_live_on": "soon"}, headers={"HX-Request": "true"})
    assert refused.status_code == 422


def test_a_reader_sees_where_it_is_and_writes_nothing(
    split: SimpleNamespace, as_person: SignIn
) -> None:
    _shared(split)
    reader = as_person("rosa")
    page = reader.get(at(split)).content.decode()
    assert "One week later" not in page
    assert reader.post(at(split), {"go_live_on": "2026-05-11"}).status_code == 403
    assert reader.get(at(split, "wave-preview")).status_code == 403


SPAN = Span(date(2026, 1, 5), date(2026, 7, 6), date(2026, 6, 1))
BOUNDS = Bounds(pk=2, today=date(2026, 3, 2), span=SPAN)


def test_what_was_broken_already_is_not_said_again() -> None:
    late = replace(BOUNDS, latest_on=date(2026, 4, 6), earliest_on=date(2026, 6, 1))
    assert not list(breaches(MAY, MAY, late))
    assert [one.kind for one in breaches(MAY, LATER, late)] == [Kind.LATE]
    assert [one.kind for one in breaches(LATER, MAY, late)] == [Kind.EARLY]
    frozen = (Frozen("F", MAY, date(2026, 6, 1)),)
    assert not list(breaches(MAY, LATER, replace(BOUNDS, frozen=frozen)))
    link = Link(1, 2, 3, "FS")
    spans = {3: Span(date(2026, 7, 6), date(2026, 9, 7))}
    linked = replace(BOUNDS, links=(link,), spans=spans)
    (found,) = breaches(MAY, date(2026, 7, 13), linked)
    assert (found.kind, found.link, found.last_on) == (Kind.LINK, link, date(2026, 7, 5))
    assert not list(breaches(MAY, date(2026, 7, 5), linked))
    assert stretched(Span(None, None), MAY) == Span(None, None)
    assert not list(breaches(MAY, LATER, replace(linked, span=Span(None, None))))
