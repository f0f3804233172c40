"""What the rules propose, what stays when they look again, and in how many queries."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import cast
import factories as make
from orchestre.impacts.models import Impact
from orchestre.interactions import queries, snapshot
from orchestre.interactions.models import Finding
from orchestre.interactions.rules import ListState
from orchestre.interactions.services import deciding, refresh, similar
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.kernel.errors import CannotDo, DomainError
from orchestre.load.services import compute
from orchestre.portfolio.models import Dependency, IndicatorEffect
from orchestre.runs.models import Run
from orchestre.runs.services import KEPT_PER_KIND
from orchestre.strategy.models import Indicator
from orchestre_engine import interactions as engine


def look() -> dict[str, Finding]:
    compute.forget()
    refresh.look_again(None)
    return {one.rule: one for one in Finding.objects.filter(present=True)}


def test_two_initiatives_on_the_same_people_are_told_once_each_way(pair: SimpleNamespace) -> None:
    found = look()
    assert set(found) == {"overload", "same-people"}
    # (2.40 − 1.75) × 2 weeks × 260 people
    assert found["overload"].score == pytest.approx(338.0)
    assert found["same-people"].score == pytest.approx(338.0)
    assert found["same-people"].starts_on == date(2026, 4, 6)
    assert found["same-people"].ends_on == date(2026, 4, 20)
    assert set(found["same-people"].initiatives.all()) == {pair.first, pair.second}
    assert list(found["same-people"].populations.all()) == [pair.people]


def test_the_problem_is_the_one_written_by_hand(pair: SimpleNamespace) -> None:
    pair.first.systems, pair.second.systems = ["SAP"], ["SAP", " "]
    pair.first.save()
    pair.second.save()
    Dependency.objects.create(predecessor=pair.first, successor=pair.second, what="référentiel")
    view = compute.compute(date(2026, 3, 2), 13)
    problem = snapshot.take(view, date(2026, 3, 2), similar.compare).problem
    a, b, people = str(pair.first.pk), str(pair.second.pk), str(pair.people.pk)
    dates = {
        "starts_on": date(2026, 1, 5),
        "ends_on": date(2026, 7, 6),
        "go_live_on": date(2026, 4, 6),
    }
    written = (
        engine.Change(
            a, "SIRH", populations=frozenset({people}), systems=frozenset({"SAP"}), **dates
        ),
        engine.Change(
            b,
            "Nouvelle caisse",
            populations=frozenset({people}),
            systems=frozenset({"SAP"}),
            **dates,
        ),
    )
    # a problem is ordered by its ids as texts: "10" comes before "9"
    assert problem.changes == tuple(sorted(written, key=lambda one: one.id))
    assert problem.links == (engine.Link(a, b, "FS", 0, agreed=False, what="référentiel"),)
    assert problem.headcounts == ((people, 260),)
    assert [one.week for one in problem.overloads] == ["2026-W15", "2026-W16"]
    assert problem.overloads[0].excess_person_hours == pytest.approx(169.0)
    assert dict(problem.overloads[0].shares) == pytest.approx({a: 0.5, b: 0.5})


def test_a_refusal_is_remembered(pair: SimpleNamespace) -> None:
    claire = cast.person("claire")
    deciding.refuse(claire, look()["same-people"], "Deux équipes distinctes")
    pair.first.title = "SIRH renommé"
    pair.first.code = "IN-Z"
    pair.first.save()
    Impact.objects.filter(initiative=pair.first).update(hours_per_person=9.0)
    again = look()["same-people"]
    assert again.state == "refused"
    assert again.reason == "Deux équipes distinctes"
    assert again.decided_by == claire
    assert again.score == pytest.approx(338.0 * (2.55 - 1.75) / (2.40 - 1.75))


def test_what_is_gone_is_put_aside_and_comes_back_with_its_state(pair: SimpleNamespace) -> None:
    deciding.confirm(cast.person("claire"), look()["same-people"])
    Impact.objects.filter(initiative=pair.first).update(hours_per_person=0.5)
    assert "same-people" not in look()
    gone = Finding.objects.get(rule="same-people")
    assert not gone.present
    Impact.objects.filter(initiative=pair.first).update(hours_per_person=8.0)
    assert look()["same-people"].state == "confirmed"
    assert Finding.objects.filter(rule="same-people").count() == 1


def test_looking_again_at_the_same_data_writes_nothing(pair: SimpleNamespace) -> None:
    look()
    written = ChangeSet.objects.count()
    look()
    assert ChangeSet.objects.count() == written


def test_a_decision_is_journaled_and_undone(pair: SimpleNamespace) -> None:
    claire, found = cast.person("claire"), look()["overload"]
    deciding.settle(claire, found, "Renfort en place")
    act = ChangeSet.objects.get(verb="interactions.settle")
    assert act.reason == "Renfort en place"
    undo(claire, act)
    found.refresh_from_db()
    assert (found.state, found.reason, found.decided_by) == ("new", "", None)


def test_a_reason_is_asked_and_a_right_too(pair: SimpleNamespace) -> None:
    found = look()["overload"]
    with pytest.raises(DomainError, match="Give the reason"):
        deciding.refuse(cast.person("claire"), found, "  ")
    with pytest.raises(CannotDo):
        deciding.confirm(cast.person("rosa"), found)
    deciding.confirm(cast.lead_of(pair.first.pk), found)
    assert found.state == "confirmed"
    with pytest.raises(DomainError, match="already"):
        deciding.confirm(cast.person("claire"), found)


def test_opposed_late_and_looping_initiatives_are_told(pair: SimpleNamespace) -> None:
    delay = Indicator.objects.create(code="D", name="Délai de réponse")
    IndicatorEffect.objects.create(initiative=pair.first, indicator=delay, direction="up")
    IndicatorEffect.objects.create(initiative=pair.second, indicator=delay, direction="down")
    Dependency.objects.create(predecessor=pair.first, successor=pair.second)
    Dependency.objects.create(predecessor=pair.second, successor=pair.first)
    found = look()
    assert {"indicator-opposed", "predecessor-late", "cycle"} <= set(found)


def seed(count: int) -> None:
    people = [make.population(f"Groupe {n}") for n in range(6)]
    for n in range(count):
        one = make.initiative(f"Programme numéro {n * 7919}", systems=[f"S{n % 5}"])
        make.impact(one, people[n % 6], hours_per_person=9.0)


@pytest.mark.parametrize("count", [12, 60])
def test_the_queries_do_not_grow_with_the_rows(db: None, count: int) -> None:
    seed(count)
    look()
    Finding.objects.all().delete()
    compute.forget()
    with CaptureQueriesContext(connection) as queries:
        refresh.look_again(None)
    # large writes go by batches of 500
    reads = [one for one in queries if one["sql"].startswith("SELECT")]
    assert len(reads) <= 26, len(reads)
    assert Finding.objects.count() > 0


def test_findings_that_all_change_are_written_in_few_statements(db: None) -> None:
    seed(60)
    look()
    before = dict(Finding.objects.values_list("key", "score"))
    Impact.objects.update(hours_per_person=11.0)
    compute.forget()
    with CaptureQueriesContext(connection) as queries:
        refresh.look_again(None)
    assert dict(Finding.objects.values_list("key", "score")) != before
    assert Finding.objects.count() > 250
    assert len(queries) <= 50, len(queries)
    # a case for each row and field is what made this slow
    assert not any(" CASE WHEN " in one["sql"] for one in queries if one["sql"][:6] == "UPDATE")
    assert not any(one["sql"].startswith("DELETE") for one in queries)


def test_links_follow_what_the_rules_say_now(pair: SimpleNamespace) -> None:
    elsewhere = make.population("Agences Est", pair.unit, code="EAST", headcount=100)
    found = look()["same-people"]
    kept = Finding.populations.through.objects.get(finding=found).pk
    for one in (pair.first, pair.second):
        make.impact(one, elsewhere, hours_per_person=8.0)
    assert set(look()["same-people"].populations.all()) == {pair.people, elsewhere}
    assert Finding.populations.through.objects.filter(pk=kept).exists()
    Impact.objects.filter(population=elsewhere).delete()
    again = look()["same-people"]
    assert list(again.populations.all()) == [pair.people]
    assert set(again.initiatives.all()) == {pair.first, pair.second}


def test_findings_change_without_losing_their_version_nor_their_decision(
    pair: SimpleNamespace,
) -> None:
    found = look()["overload"]
    deciding.confirm(cast.person("claire"), found)
    known = Finding.objects.get(pk=found.pk)
    Impact.objects.filter(initiative=pair.first).update(hours_per_person=9.0)
    again = look()["overload"]
    assert again.score != known.score
    assert (again.pk, again.version, again.state) == (known.pk, known.version, "confirmed")
    assert (again.decided_by_id, again.created_at) == (known.decided_by_id, known.created_at)


def test_only_the_heaviest_of_a_kind_are_kept_and_the_others_counted(
    pair: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed(12)
    look()
    kind = "interference"
    scores = sorted(Finding.objects.filter(kind=kind).values_list("score", flat=True))
    assert len(scores) > 2
    monkeypatch.setattr(refresh, "MOST_PER_KIND", 2)
    compute.forget()
    run = refresh.look_again(None)
    left = Finding.objects.filter(kind=kind, present=True).values_list("score", flat=True)
    assert sorted(left) == scores[-2:]
    assert run.summary["left_out"][kind] == len(scores) - 2


def test_runs_of_the_rules_and_of_the_load_are_pruned(pair: SimpleNamespace) -> None:
    for hours in range(1, 24):
        Impact.objects.filter(initiative=pair.first).update(hours_per_person=float(hours))
        look()
    for kind in ("interactions", "load"):
        assert Run.objects.filter(kind=kind).count() == KEPT_PER_KIND


def test_a_finding_on_several_teams_of_a_unit_is_listed_once(pair: SimpleNamespace) -> None:
    elsewhere = make.population("Agences Est", pair.unit, code="EAST", headcount=100)
    for one in (pair.first, pair.second):
        make.impact(one, elsewhere, hours_per_person=8.0)
    look()
    claire, state = cast.person("claire"), ListState(unit=pair.unit.pk)
    assert Finding.objects.get(rule="same-people").populations.count() == 2
    found = queries.findings(claire, state)
    assert len(found) == len(set(found)) == 3
    assert " DISTINCT " not in str(found.query)  # slow on whole rows, one by one with their facts
