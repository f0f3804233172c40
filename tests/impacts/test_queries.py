"""What the load reads, and which initiatives the assumptions speak for."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import cast
import factories
from orchestre.impacts import policy, presenters, queries, rules, services
from orchestre.impacts.models import Impact
from orchestre.impacts.queries import LoadActivity, LoadImpact
from orchestre.portfolio.models import Initiative

pytestmark = pytest.mark.django_db


def activity() -> dict[str, object]:
    return {
        "kind": "meeting",
        "starts_on": date(2026, 3, 16),
        "ends_on": date(2026, 3, 17),
        "hours_per_person": 1.0,
    }


def test_the_load_reads_live_initiatives_in_one_query_each(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    population = factories.population()
    live = factories.initiative(go_live_on=None, ends_on=date(2026, 7, 1), cost_eur=9_000_000)
    stopped = factories.initiative(stage=Initiative.Stage.STOPPED)
    archived = factories.initiative(archived_at=timezone.now())
    office = cast.person("claire")
    services.record_activities(office, live, [population], activity())
    services.record_activities(office, stopped, [population], activity())
    for initiative in (stopped, archived):
        factories.impact(initiative, population)
    rated = factories.impact(live, population, intensity=None, aspects={"process": 4, "pay": 1})
    silent = Impact.objects.create(initiative=live, population=factories.population())
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture of pytest-django
        found = queries.impacts_for_load(rules.DEFAULTS)
    end = date(2026, 6, 30)
    assert found == [
        LoadImpact(rated.pk, live.pk, population.pk, None, 4.0, 1.0, end, True, "declared"),
        LoadImpact(silent.pk, live.pk, silent.population_id, None, 3.0, 1.0, end, True, "assumed"),
    ]
    with django_assert_num_queries(1):  # type: ignore[operator]  # idem
        (one,) = queries.activities_for_load()
    assert isinstance(one, LoadActivity)
    assert (one.initiative_id, one.kind, one.hours_per_person) == (live.pk, "meeting", 1.0)


def test_nothing_is_assumed_for_the_load_when_not_in_force() -> None:
    live = factories.initiative(go_live_on=None)
    Impact.objects.create(initiative=live, population=factories.population())
    (one,) = queries.impacts_for_load(rules.AssumptionValues(in_force=False))
    assert (one.intensity, one.go_live_on, one.provenance) == (None, None, "declared")


def test_the_assumptions_speak_for_live_initiatives_nobody_described() -> None:
    unit = factories.unit()
    population = factories.population(at=unit)
    factories.population()
    silent = factories.initiative(unit=unit, cost_eur=1, family="culture")
    factories.impact(factories.initiative(), population)
    factories.initiative(stage=Initiative.Stage.STOPPED)
    factories.initiative(archived_at=timezone.now())
    (facts,) = queries.initiatives_without_impacts()
    assert (facts.id, facts.unit_path, facts.family) == (silent.pk, unit.path, "culture")
    people = queries.populations_by_unit_path()
    assert people == {unit.path: [population.pk]}
    (one,) = rules.assumed_impacts([facts], people)
    assert one.intensity == 1.5
    assert presenters.sentence_of(one.why) == (
        "A cost of €1, up to €1,000,000: intensity 1. Its family (cultural) adds 0.5."
    )


def test_why_sentences() -> None:
    unknown = rules.assumed_intensity(None, "", rules.DEFAULTS)[1]
    above = rules.assumed_intensity(44_000_000, "", rules.DEFAULTS)[1]
    assert presenters.sentence_of(unknown) == "The cost is unknown: intensity 2."
    assert presenters.sentence_of(above) == (
        "A cost of €44,000,000, above every band: intensity 4."
    )


def test_who_sees_which_impacts() -> None:
    unit, other = factories.unit(), factories.unit()
    mine, theirs = factories.population(at=unit), factories.population(at=other)
    touching, owned = factories.initiative(), factories.initiative(unit=unit)
    on_mine, on_theirs = factories.impact(touching, mine), factories.impact(touching, theirs)
    owned_far = factories.impact(owned, theirs)
    manager, lead = cast.manager_of(unit.pk), cast.lead_of(touching.pk)
    assert set(policy.visible_to(manager)) == {on_mine, owned_far}
    assert set(policy.visible_to(lead)) == {on_mine, on_theirs}
    assert policy.visible_to(cast.person("rosa")).count() == 3
    assert not policy.visible_to(cast.person("noam")).exists()
    other_lead = cast.person("noam")
    Initiative.objects.filter(pk=owned.pk).update(lead=other_lead)
    assert set(policy.visible_to(other_lead)) == {owned_far}


def test_the_population_page_does_not_offer_what_is_not_open() -> None:
    initiative = factories.initiative()
    factories.population(at=factories.unit())
    assert not policy.choosable_populations(cast.person("noam"), initiative).exists()


def test_nothing_is_read_for_who_speaks_for_nobody(db: None) -> None:
    cast.organisation()
    factories.impact(factories.initiative("Caisse"), factories.population("Agences"))
    rosa = cast.person("rosa")
    with CaptureQueriesContext(connection) as asked:
        assert queries.waiting_for(rosa) == []
    assert not [one for one in asked if "impacts_impact" in one["sql"]]
