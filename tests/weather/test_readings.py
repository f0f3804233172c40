"""What is calculated: figures from rows, levels by thresholds, and what stays unknown."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

import cast
import factories as make
from orchestre.interactions.models import Finding
from orchestre.journal.services import act, undo
from orchestre.load.services import compute
from orchestre.portfolio.models import Contribution, Dependency, Milestone
from orchestre.portfolio.services import change_milestone, remove_milestone
from orchestre.resources.models import Envelope, Programme
from orchestre.runs.models import Run
from orchestre.strategy.models import Indicator, Objective
from orchestre.weather.services import readings
from orchestre.weather.services.readings import One

pytestmark = pytest.mark.django_db


def read(row: SimpleNamespace) -> One:
    readings.forget()
    found = readings.of(row)  # type: ignore[arg-type]  # an initiative
    assert found is not None
    return found


def test_schedule_reads_the_drift_of_the_go_live(pair: SimpleNamespace) -> None:
    late = read(pair.late)
    assert late.known.figures["drift"] == pytest.approx(60 / 86)
    assert late.word("schedule") == "off"
    assert read(pair.calm).word("schedule") == "ok"


def test_a_milestone_that_is_not_met_cannot_be_met_before_today(pair: SimpleNamespace) -> None:
    Milestone.objects.filter(pk=pair.well.pk).update(
        baseline_on=timezone.localdate() - timedelta(days=40),
        forecast_on=timezone.localdate() - timedelta(days=40),
    )
    assert read(pair.calm).known.drift_days == 40


def test_the_share_of_late_milestones_waits_for_three(pair: SimpleNamespace) -> None:
    assert "late_share" not in read(pair.late).known.figures
    day = timezone.localdate()
    for n in range(3):
        Milestone.objects.create(
            initiative=pair.late, name=f"J{n}", baseline_on=day, forecast_on=day + timedelta(n * 5)
        )
    assert read(pair.late).known.figures["late_share"] == pytest.approx(2 / 4)


def test_cost_reads_the_lines_beside_the_full_cost_and_the_envelope(pair: SimpleNamespace) -> None:
    assert read(pair.late).word("cost") == "off"
    assert read(pair.calm).word("cost") == "ok"
    pair.late.cost_eur = None
    pair.late.programme = Programme.objects.create(code="PG", name="Socle")
    pair.late.save()
    assert read(pair.late).word("cost") == ""
    day = timezone.localdate()
    Envelope.objects.create(
        name="Socle", programme=pair.late.programme, starts_on=day, ends_on=day + timedelta(365),
        amount_eur=115_000,
    )  # fmt: skip
    assert read(pair.late).word("cost") == "watch"


def test_scope_counts_moves_additions_and_drops_of_the_quarter(pair: SimpleNamespace) -> None:
    office = cast.person("claire")
    other = Milestone.objects.create(initiative=pair.calm, name="Recette")
    Milestone.objects.create(initiative=pair.calm, name="Cadrage")
    Milestone.objects.filter(initiative=pair.calm).update(
        created_at=timezone.now() - timedelta(days=200)
    )
    change_milestone(office, pair.well, {"forecast_on": pair.well.forecast_on + timedelta(5)})
    remove_milestone(office, other)
    known = read(pair.calm).known
    assert (known.pushed, known.dropped, known.behind["added"]) == (1, 1, 0)
    assert known.figures["churn"] == pytest.approx(2 / 3)
    Milestone.objects.create(initiative=pair.calm, name="Lot 2")
    assert read(pair.calm).known.behind["added"] == 1


def test_an_undone_move_does_not_count(pair: SimpleNamespace) -> None:
    office = cast.person("claire")
    done = change_milestone(
        office, pair.well, {"forecast_on": pair.well.forecast_on + timedelta(5)}
    )
    assert done is not None
    assert read(pair.calm).known.moved == 1
    undo(office, done)
    assert read(pair.calm).known.moved == 0


def test_an_act_that_moves_two_dates_moves_once(pair: SimpleNamespace) -> None:
    with act(cast.person("claire"), "portfolio.move", "Moved") as doing:
        doing.update(pair.calm, {"ends_on": pair.calm.ends_on + timedelta(7)})
        doing.update(pair.well, {"forecast_on": pair.well.forecast_on + timedelta(7)})
    assert read(pair.calm).known.moved == 1


def test_broken_dependencies_are_counted_on_both_ends(pair: SimpleNamespace) -> None:
    Dependency.objects.create(predecessor=pair.late, successor=pair.calm)
    assert read(pair.calm).known.figures["broken"] == 1
    assert read(pair.late).known.figures["broken"] == 1


def test_benefits_are_unknown_until_somebody_says(pair: SimpleNamespace) -> None:
    assert read(pair.late).known.figures["lost_value"] == pytest.approx(60 / 365)
    pair.late.worth.delete()
    pair.late.refresh_from_db()
    assert read(pair.late).word("benefits") == ""
    aim = Objective.objects.create(code="OB", title="Servir")
    Contribution.objects.create(initiative=pair.late, objective=aim)
    assert read(pair.late).word("benefits") == "watch"
    Indicator.objects.create(code="K", name="Délai", objective=aim)
    assert read(pair.late).word("benefits") == "ok"


def test_risks_are_unknown_until_the_rules_have_looked(pair: SimpleNamespace) -> None:
    assert read(pair.late).word("risks") == ""
    Run.objects.create(kind="interactions", fingerprint="f", engine_version="1", status="done")
    assert read(pair.late).word("risks") == "ok"
    finding = Finding.objects.create(
        key="k", kind="overload", rule="overload", state="confirmed",
        decided_at=timezone.now() - timedelta(days=61),
    )  # fmt: skip
    finding.initiatives.add(pair.late)
    assert read(pair.late).word("risks") == "off"
    Finding.objects.update(state="settled")
    assert read(pair.late).word("risks") == "ok"


def test_people_read_the_heaviest_week(pair: SimpleNamespace) -> None:
    assert read(pair.late).word("people") == ""
    people = make.population("Agences", pair.unit, headcount=260)
    make.impact(
        pair.late, people, hours_per_person=40.0, go_live_on=timezone.localdate() + timedelta(14)
    )
    compute.forget()
    found = read(pair.late)
    assert found.word("people") == "off"
    assert found.known.behind["people_over"] == 260


def test_ideas_and_finished_initiatives_have_no_weather(pair: SimpleNamespace) -> None:
    idea = make.initiative("Idée", stage="idea")
    assert readings.of(idea) is None
    pair.calm.archived_at = timezone.now()
    pair.calm.save()
    readings.forget()
    assert set(readings.current().by_key) == {pair.late.pk}


def test_one_and_all_say_the_same(pair: SimpleNamespace) -> None:
    Dependency.objects.create(predecessor=pair.late, successor=pair.calm)
    every = readings.current().by_key
    for one in (pair.late, pair.calm):
        assert read(one).words == every[one.pk].words
        assert read(one).known.figures == every[one.pk].known.figures


def test_the_number_of_queries_does_not_depend_on_the_rows(
    pair: SimpleNamespace, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(20):
        one = make.initiative(f"Vague {n}", stage="launch")
        Milestone.objects.create(initiative=one, name="J", baseline_on=timezone.localdate())
    readings.current()
    readings.forget()
    with django_assert_max_num_queries(30):
        readings.current()
