"""What people say of impacts, and how it is undone, moved and copied."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

import cast
import factories
from orchestre.impacts import queries, rules, services
from orchestre.impacts.models import Activity, AssumptionSet, Impact, Rating
from orchestre.journal import services as journal
from orchestre.journal.models import ChangeSet
from orchestre.kernel.errors import CannotDo, DomainError, StaleVersion
from orchestre.kernel.models import Provenance
from orchestre.org import services as org
from orchestre.portfolio import services as portfolio

pytestmark = pytest.mark.django_db


def undo_last() -> None:
    journal.undo(cast.person("claire"), ChangeSet.objects.latest("pk"))


def values(**more: Any) -> dict[str, Any]:
    return {"aspects": {"process": 4, "tools": 2}, "reach_ratio": 0.5} | more


def test_several_populations_at_once_are_one_act() -> None:
    initiative = factories.initiative()
    people = [factories.population(), factories.population()]
    made = services.record_impacts(cast.person("claire"), initiative, people, values())
    assert len(made) == 2
    assert Rating.objects.filter(side="project").count() == 2
    assert ChangeSet.objects.count() == 1
    undo_last()
    assert not Impact.objects.exists()
    assert not Rating.objects.exists()


def test_nothing_rated_leaves_the_project_silent() -> None:
    made = services.record_impacts(
        cast.person("claire"), factories.initiative(), [factories.population()], {}
    )
    assert not Rating.objects.exists()
    facts = queries.facts_of(cast.person("rosa"), made[0])
    assert not facts.project_answered


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"aspects": {"process": 6}}, "aspects"),
        ({"aspects": {"process": 2.5}}, "aspects"),
        ({"aspects": {"mood": 2}}, "aspects"),
        ({"aspects": {"process": True}}, "aspects"),
        ({"intensity": 5.1}, "intensity"),
        ({"hours_per_person": -1}, "hours_per_person"),
        ({"reach_ratio": 0}, "reach_ratio"),
    ],
)
def test_figures_out_of_bounds_are_refused(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        services.record_impacts(
            cast.person("claire"), factories.initiative(), [factories.population()], wrong
        )
    assert field in refused.value.fields
    assert not Impact.objects.exists()


def test_a_population_is_touched_once_by_an_initiative() -> None:
    initiative, population = factories.initiative(), factories.population("Guichets")
    office = cast.person("claire")
    services.record_impacts(office, initiative, [population], values())
    with pytest.raises(DomainError, match="Guichets"):
        services.record_impacts(office, initiative, [population], values())
    with pytest.raises(DomainError, match="at least one"):
        services.record_impacts(office, initiative, [], values())
    with pytest.raises(DomainError, match="at least one"):
        services.record_activities(office, initiative, [], activity())


def test_who_says_whom_a_change_touches() -> None:
    unit = factories.unit()
    population = factories.population(at=unit)
    initiative, other = factories.initiative(), factories.initiative()
    lead, manager = cast.lead_of(initiative.pk), cast.manager_of(unit.pk)
    services.record_impacts(lead, initiative, [population], values())
    for who in (lead, manager, cast.person("rosa"), cast.person("noam")):
        with pytest.raises(CannotDo):
            services.record_impacts(who, other, [population], values())
        with pytest.raises(CannotDo):
            services.record_activities(who, other, [population], activity())


def test_an_archived_initiative_is_read_only() -> None:
    initiative = factories.initiative()
    impact = factories.impact(initiative, factories.population())
    portfolio.archive(cast.person("claire"), initiative)
    impact.refresh_from_db()
    with pytest.raises(CannotDo, match="archived"):
        services.change_impact(cast.person("claire"), impact, {"reach_ratio": 0.5})
    with pytest.raises(CannotDo, match="archived"):
        services.rate(cast.person("claire"), impact, rules.Answer(intensity=2))


def test_changing_an_impact_keeps_the_rating_of_the_project() -> None:
    office = cast.person("claire")
    (impact,) = services.record_impacts(
        office, factories.initiative(), [factories.population()], values()
    )
    services.change_impact(office, impact, {"aspects": {"process": 5}}, expected_version=1)
    assert Rating.objects.get().aspects == {"process": 5}
    services.change_impact(cast.person("paul"), impact, {"to_state": "Ailleurs"})
    with pytest.raises(StaleVersion):
        services.change_impact(office, impact, {"to_state": "Ici"}, expected_version=2)
    undo_last()
    impact.refresh_from_db()
    assert impact.to_state == ""


def test_figures_said_by_hand_are_no_longer_assumed() -> None:
    impact = factories.impact(
        factories.initiative(), factories.population(), provenance=Provenance.ASSUMED
    )
    services.change_impact(cast.person("claire"), impact, {"intensity": 4.0})
    assert impact.provenance == Provenance.DECLARED
    assert impact.rated_by == cast.person("claire")


def test_deleting_an_impact_takes_its_ratings_and_undo_brings_them_back() -> None:
    office = cast.person("claire")
    (impact,) = services.record_impacts(
        office, factories.initiative(), [factories.population()], values()
    )
    services.remove_impact(office, impact)
    assert not Rating.objects.exists()
    undo_last()
    assert Rating.objects.get().impact_id == Impact.objects.get().pk


def activity(**more: Any) -> dict[str, Any]:
    return {
        "kind": "training",
        "name": "Prise en main",
        "starts_on": date(2026, 3, 16),
        "ends_on": date(2026, 3, 21),
        "hours_per_person": 3.5,
    } | more


def test_activities() -> None:
    office, initiative = cast.person("claire"), factories.initiative()
    people = [factories.population(), factories.population()]
    first, _second = services.record_activities(office, initiative, people, activity())
    services.change_activity(office, first, {"hours_per_person": 7.0}, expected_version=1)
    assert first.hours_per_person == 7.0
    with pytest.raises(DomainError, match="before the first day"):
        services.change_activity(office, first, {"ends_on": date(2026, 3, 16)})
    with pytest.raises(DomainError):
        services.record_activities(office, initiative, people, activity(hours_per_person=-2))
    services.remove_activity(office, first)
    assert Activity.objects.count() == 1
    undo_last()
    assert Activity.objects.count() == 2


@time_machine.travel("2026-03-01")
def test_what_is_to_come_moves_with_the_initiative_and_what_is_over_stays() -> None:
    initiative = factories.initiative()
    population, other = factories.population(), factories.population()
    own = factories.impact(initiative, population, go_live_on=date(2026, 4, 6))
    without = factories.impact(initiative, other)
    office = cast.person("claire")
    (coming,) = services.record_activities(office, initiative, [population], activity())
    past = activity(starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 10))
    (over,) = services.record_activities(office, initiative, [population], past)
    portfolio.move(office, initiative, 14)
    for row in (own, without, coming, over):
        row.refresh_from_db()
    assert own.go_live_on == date(2026, 4, 20)
    assert without.go_live_on is None
    assert (coming.starts_on, coming.ends_on) == (date(2026, 3, 30), date(2026, 4, 4))
    assert over.starts_on == date(2026, 1, 5)
    undo_last()
    coming.refresh_from_db()
    own.refresh_from_db()
    assert (own.go_live_on, coming.starts_on) == (date(2026, 4, 6), date(2026, 3, 16))


def test_a_copy_keeps_impacts_and_activities_without_the_ratings() -> None:
    office, initiative = cast.person("claire"), factories.initiative()
    population = factories.population()
    services.record_impacts(office, initiative, [population], values(to_state="En ligne"))
    services.record_activities(office, initiative, [population], activity())
    copy = portfolio.duplicate(office, initiative)
    assert copy.impacts.get().to_state == "En ligne"
    assert copy.activities.get().name == "Prise en main"
    assert not Rating.objects.filter(impact__initiative=copy).exists()


def test_assumptions_are_written_once_and_by_the_office() -> None:
    office = cast.person("claire")
    row = services.save_assumptions(office, {"absorption_ratio": 0.08})
    assert queries.assumption_values() == rules.AssumptionValues(absorption_ratio=0.08)
    services.save_assumptions(office, {"in_force": False}, expected_version=row.version)
    assert AssumptionSet.objects.count() == 1
    assert queries.assumed_absorption_ratio() is None
    undo_last()
    assert queries.assumed_absorption_ratio() == 0.08
    for who in ("rosa", "aude", "noam"):
        with pytest.raises(CannotDo):
            services.save_assumptions(cast.person(who), {"in_force": True})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"intensity_by_cost": [[5e6, 1], [1e6, 2], [None, 3]]}, "intensity_by_cost"),
        ({"intensity_by_cost": [[5e6, 1]]}, "intensity_by_cost"),
        ({"intensity_by_cost": []}, "intensity_by_cost"),
        ({"intensity_by_cost": [[None, 6]]}, "intensity_by_cost"),
        ({"hours_by_intensity": [0, 1, 2]}, "hours_by_intensity"),
        ({"hours_by_intensity": [0, 9, 3, 8, 20, 45]}, "hours_by_intensity"),
        ({"go_live_later_weeks": 105}, "go_live_later_weeks"),
        ({"hours_margin_ratio": 1.5}, "hours_margin_ratio"),
        ({"reach_ratio": 0}, "reach_ratio"),
        ({"intensity_without_cost": 7}, "intensity_without_cost"),
    ],
)
def test_assumptions_out_of_order_are_refused(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        services.save_assumptions(cast.person("claire"), wrong)
    assert field in refused.value.fields


def test_undoing_never_takes_away_what_somebody_said_since() -> None:
    office, unit = cast.person("claire"), factories.unit()
    initiative = factories.initiative()
    population = org.create_population(office, {"name": "Guichets", "unit_id": unit.pk})
    made = ChangeSet.objects.latest("pk")
    (impact,) = services.record_impacts(office, initiative, [population], values())
    recorded = ChangeSet.objects.latest("pk")
    services.rate(cast.manager_of(unit.pk), impact, rules.Answer(intensity=2))
    for change_set in (made, recorded):
        with pytest.raises(DomainError, match="Changed since"):
            journal.undo(office, change_set)
    assert Rating.objects.filter(side="unit").exists()
    assert Impact.objects.exists()


def test_a_project_answer_may_be_corrected_before_the_unit_answers() -> None:
    office, unit = cast.person("claire"), factories.unit()
    (impact,) = services.record_impacts(
        office, factories.initiative(), [factories.population(at=unit)], values()
    )
    services.rate(office, impact, rules.Answer({"process": 1}, None, 5.0), expected_version=1)
    assert impact.aspects == {"process": 1}
    assert Rating.objects.get().hours_per_person == 5.0
