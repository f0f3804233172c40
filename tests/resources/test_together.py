"""What moves, is copied, is freed; and who may write what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

import cast
import factories
from orchestre.journal.models import ChangeSet
from orchestre.journal.services import undo
from orchestre.kernel.errors import CannotDo, DomainError, StaleVersion
from orchestre.portfolio import services as portfolio
from orchestre.portfolio.presenters.effects import preview
from orchestre.portfolio.presenters.stopping import note
from orchestre.resources import policy, services, snapshot
from orchestre.resources.models import CostLine, Role, RoleCapacity, RoleDemand, Worth
from orchestre.resources.presenters.beside import delay_costs
from resources.conftest import YEAR, Small

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


def coming(days: int, length: int = 30) -> dict[str, date]:
    first = timezone.localdate() + timedelta(days=days)
    return {"starts_on": first, "ends_on": first + timedelta(days=length)}


def test_a_move_takes_demands_and_what_is_not_spent(small: Small) -> None:
    ahead, over = coming(40), coming(-60)
    demand = RoleDemand.objects.create(initiative=small.open, role=small.architects, fte=1, **ahead)
    past = RoleDemand.objects.create(initiative=small.open, role=small.architects, fte=1, **over)
    planned = CostLine.objects.create(initiative=small.open, amount_eur=10, **over)
    spent = CostLine.objects.create(initiative=small.open, amount_eur=10, state="spent", **ahead)
    change = portfolio.move(cast.person("claire"), small.open, 14)
    rows = (demand, past, planned, spent)
    for row in rows:
        row.refresh_from_db()
    fortnight = timedelta(days=14)
    assert demand.starts_on == ahead["starts_on"] + fortnight
    assert past.starts_on == over["starts_on"]
    assert planned.ends_on == over["ends_on"] + fortnight
    assert spent.starts_on == ahead["starts_on"]
    assert change is not None
    undo(cast.person("claire"), change)
    demand.refresh_from_db()
    assert demand.starts_on == ahead["starts_on"]


def test_a_copy_has_the_same_means_all_to_be_spent(small: Small) -> None:
    CostLine.objects.create(initiative=small.open, amount_eur=10, state="spent", **YEAR)
    Worth.objects.create(initiative=small.open, delay_cost_eur_per_week=500, method="Workshop")
    copy = portfolio.duplicate(cast.person("claire"), small.open)
    assert sorted(copy.role_demands.values_list("role__code", "fte")) == [
        ("RO-01", 1.5),
        ("RO-02", 1.0),
    ]
    assert copy.cost_lines.get().state == "planned"
    assert copy.worth.method == "Workshop"


def test_a_move_is_told_before_it_is_made(small: Small) -> None:
    role = Role.objects.create(code="RO-05", name="Lawyers")
    RoleCapacity.objects.create(role=role, fte=1.0, **coming(-30, 700))
    start = timezone.localdate().replace(day=1) + timedelta(days=62)
    month = start.replace(day=1)
    after = (month + timedelta(days=31)).replace(day=1)
    window = {"starts_on": month, "ends_on": after}
    one = factories.initiative("One", go_live_on=after, **window)
    two = factories.initiative("Two", starts_on=after, ends_on=after + MONTH, go_live_on=None)
    RoleDemand.objects.create(initiative=one, role=role, fte=1.0, **window)
    RoleDemand.objects.create(
        initiative=two, role=role, fte=0.5, starts_on=after, ends_on=after + MONTH
    )
    Worth.objects.create(initiative=one, delay_cost_eur_per_week=7000)
    told = preview(cast.person("claire"), one, (after - month).days).effects
    assert any(one.startswith("Lawyers: 0.") and "missing in" in one for one in told)
    assert any(sentence.startswith("The delay costs about") for sentence in told)
    back = preview(cast.person("claire"), two, -(after - month).days).effects
    assert any(one.startswith("Lawyers: 0.") and "missing in" in one for one in back)


def test_relief_is_told_too(small: Small) -> None:
    role = Role.objects.create(code="RO-05", name="Lawyers")
    RoleCapacity.objects.create(role=role, fte=1.0, **coming(-30, 700))
    ahead = coming(40, 60)
    one = factories.initiative("One", go_live_on=None, **ahead)
    two = factories.initiative("Two", go_live_on=None, **ahead)
    for initiative in (one, two):
        RoleDemand.objects.create(initiative=initiative, role=role, fte=1.0, **ahead)
    told = preview(cast.person("claire"), one, 182).effects
    assert any(sentence.startswith("Lawyers: relieved by") for sentence in told)


def test_stopping_says_which_hands_and_money_it_frees(small: Small) -> None:
    ahead = coming(35, 90)
    RoleDemand.objects.create(initiative=small.open, role=small.trainers, fte=0.5, **ahead)
    CostLine.objects.create(initiative=small.open, amount_eur=40_000, **ahead)
    CostLine.objects.create(initiative=small.open, amount_eur=5_000, state="committed", **ahead)
    CostLine.objects.create(initiative=small.open, amount_eur=9_000, state="spent", **ahead)
    frees = note(cast.person("claire"), small.open).frees
    assert "Planned money freed: €40k." in frees
    assert "Committed money, to be negotiated: €5k." in frees
    assert any(line.startswith("Hands freed, at most in a month:") for line in frees)


def test_the_list_of_initiatives_shows_what_a_week_costs(small: Small) -> None:
    Worth.objects.create(initiative=small.open, delay_cost_eur_per_week=40_000)
    Worth.objects.create(initiative=small.closed, value_eur_per_year=1)
    assert delay_costs([small.open.pk, small.closed.pk]) == {small.open.pk: "€40k"}


def test_stopped_initiatives_ask_nothing(small: Small) -> None:
    portfolio.stop(cast.person("claire"), small.open, reason="No budget")
    means = snapshot.take()
    assert {ask.initiative for ask in means.asks} == {"IN-9"}
    assert not means.costs


@pytest.mark.parametrize("name", ["rosa", "lina", "marc", "aude"])
def test_only_the_office_writes_roles_and_envelopes(small: Small, name: str) -> None:
    with pytest.raises(CannotDo, match="Only the transformation office"):
        services.add_role(cast.person(name), {"name": "Buyers"})
    with pytest.raises(CannotDo):
        services.add_envelope(cast.person(name), {"name": "Year", "amount_eur": 1, **YEAR})
    with pytest.raises(CannotDo):
        services.say_capacity(cast.person(name), small.trainers, {"fte": 1.0, **YEAR})


def test_the_lead_says_what_the_initiative_asks_and_no_other(small: Small) -> None:
    lina = cast.person("lina")
    services.ask_role(lina, small.open, small.trainers, {"fte": 1.0, **YEAR})
    with pytest.raises(CannotDo):
        services.ask_role(lina, small.closed, small.trainers, {"fte": 1.0, **YEAR})
    assert not policy.visible_demands(lina).filter(initiative=small.closed).exists()


def test_an_archived_initiative_is_read_only(small: Small) -> None:
    portfolio.archive(cast.person("claire"), small.open)
    small.open.refresh_from_db()
    with pytest.raises(CannotDo, match="archived"):
        services.add_cost(cast.person("claire"), small.open, {"amount_eur": 1, **YEAR})


def test_a_capacity_is_not_said_twice_for_the_same_day(small: Small) -> None:
    claire = cast.person("claire")
    with pytest.raises(DomainError, match="already said"):
        services.say_capacity(claire, small.architects, {"fte": 1.0, **YEAR})
    after = {"starts_on": YEAR["ends_on"], "ends_on": date(2028, 6, 1)}
    made = services.say_capacity(claire, small.architects, {"fte": 3.0, **after})
    services.change_capacity(claire, made, {"fte": 4.0}, expected_version=1)
    with pytest.raises(DomainError, match="already said"):
        services.change_capacity(claire, made, {"starts_on": date(2027, 12, 1)})


def test_every_write_is_one_act_that_is_undone(small: Small) -> None:
    claire = cast.person("claire")
    services.add_envelope(claire, {"name": "Year", "amount_eur": 10, **YEAR})
    services.say_worth(claire, small.open, {"value_eur_per_year": 5})
    worth = services.say_worth(claire, small.open, {"ramp_weeks": 4}, expected_version=1)
    assert (worth.value_eur_per_year, worth.ramp_weeks, worth.version) == (5, 4, 2)
    undo(claire, ChangeSet.objects.latest("pk"))
    worth.refresh_from_db()
    assert worth.ramp_weeks == 0


def test_figures_out_of_bounds_are_refused_where_they_are(small: Small) -> None:
    claire = cast.person("claire")
    for write, field in (
        (lambda: services.ask_role(claire, small.open, small.trainers, {"fte": -1, **YEAR}), "fte"),
        (lambda: services.add_cost(claire, small.open, {"amount_eur": -1, **YEAR}), "amount_eur"),
        (lambda: services.add_role(claire, {"name": " "}), "name"),
        (lambda: services.add_role(claire, {"name": "X", "code": "RO-01"}), "code"),
        (lambda: services.say_worth(claire, small.open, {"ramp_weeks": 900}), "ramp_weeks"),
    ):
        with pytest.raises(DomainError) as refused:
            write()
        assert field in refused.value.fields


def test_an_old_version_is_refused(small: Small) -> None:
    claire, paul = cast.person("claire"), cast.person("paul")
    services.change_role(claire, small.trainers, {"name": "Coaches"}, expected_version=1)
    with pytest.raises(StaleVersion):
        services.change_role(paul, small.trainers, {"name": "Teachers"}, expected_version=1)


def test_the_journal_keeps_closed_rows_closed(small: Small) -> None:
    """Lina reads the acts she may read, never the demand of a confidential initiative."""
    from orchestre.journal.policy import hidden_changes  # noqa: PLC0415 - only this test

    aude = cast.person("aude")
    services.ask_role(cast.person("claire"), small.closed, small.trainers, {"fte": 1.0, **YEAR})
    act = ChangeSet.objects.latest("pk")
    hidden = hidden_changes(aude)
    assert hidden is not None
    assert act.changes.filter(hidden).exists()
